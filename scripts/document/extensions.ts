/** The extensions `x-when` and `x-fill` of a response example: what `openapi/extensions/` says of them, with types. */
import * as extensions from "../../openapi/extensions/problems.mjs";
import type { Json } from "../shared/json.ts";
import type { Document } from "./model.ts";

/** Something wrong with an extension. */
export interface ExtensionProblem {
  message: string;
  /** Where, below the extension. */
  path: (string | number)[];
}

/** Checks the value of an extension against the JSON Schema of that extension. */
export const problemsOf: (extension: "x-when" | "x-fill", value: unknown) => ExtensionProblem[] =
  extensions.problemsOf;

/** Checks the `x-fill` of an example: how it is written, and whether its pointers lead somewhere. */
export const fillProblems: (
  example: { value: Json | undefined; "x-fill": Record<string, Json> },
  document: Document,
) => ExtensionProblem[] = extensions.fillProblems;
