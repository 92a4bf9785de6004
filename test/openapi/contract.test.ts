/** The checks of the contract, on the contract. */
import { describe, it } from "vitest";
import { checks } from "./checks/index.ts";
import { contract } from "./validator.ts";

describe.each(checks)("The contract, by its $name,", (group) => {
  it.each(Object.entries(group.checks))("%s", async (_, holds) => {
    await holds(contract);
  });
});
