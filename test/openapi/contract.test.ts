/** The checks of the contract, on the contract. */
import { describe, it } from "vitest";
import { checks } from "./checks/index.ts";
import { contract } from "./validator.ts";

describe.each(Object.entries(checks))("The contract, by its %s,", (_, group) => {
  it.each(Object.entries(group))("%s", (_, holds) => holds(contract));
});
