/** The types of the client as a check: a program that was written against the contract must compile against a mutant. */
import type { Document } from "../../document/model.ts";
import { brokenPrograms } from "../diff/programs.ts";
import type { Contract } from "../read/contract.ts";
import type { CheckGroup } from "./mutate.ts";

/** What is in the types as a comment at most. */
const UNTYPED = [
  "description",
  "summary",
  "examples",
  "x-when",
  "x-fill",
  "x-codeSamples",
  "x-enumDescriptions",
];

/**
 * Compiles a program that sends each request of the contract and reads each answer. That takes a second: ask it last.
 *
 * @param repository a folder in which `.tmp/` may be written
 */
export function typesGroup(repository: string, contract: Contract): CheckGroup {
  return {
    name: "types",
    checks: {
      "a consumer's program compiles": async (document: Document) => {
        const [broken] = await brokenPrograms(repository, contract, { ...contract, document }, []);
        if (broken) throw new Error(broken.message);
      },
    },
    // A property may have such a name.
    sees: (path) => !path.some((key, at) => UNTYPED.includes(String(key)) && path[at - 1] !== "properties"),
  };
}
