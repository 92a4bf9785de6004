/** The extensions of the contract, with types. Their JSON Schemas are in `openapi/extensions/`. */
import type { Ajv2020 } from "ajv/dist/2020.js";
import * as extensions from "../../openapi/extensions/problems.mjs";
import { addListKeywords as add } from "../../openapi/extensions/x-when.mjs";
import type { Json } from "../shared/json.ts";
import type { Document } from "./model.ts";

/** Something wrong with an extension. */
export interface ExtensionProblem {
  message: string;
  /** Where, below the extension. */
  path: (string | number)[];
}

type Extension = "x-when" | "x-fill" | "x-stream" | "x-pagination";

/** Checks the value of an extension against the JSON Schema of that extension. */
export const problemsOf: (extension: Extension, value: unknown) => ExtensionProblem[] = extensions.problemsOf;

/** Checks the `x-fill` of an example: its form, and whether its pointers lead somewhere. */
export const fillProblems: (
  example: { value: Json | undefined; "x-fill": Record<string, Json> },
  document: Document,
) => ExtensionProblem[] = extensions.fillProblems;

/** Adds `last` and `lastOf`, which an `x-when` may use. */
export const addListKeywords: (ajv: Ajv2020) => void = add;

/**
 * The value of an extension.
 *
 * @returns undefined where there is none, or one of another form: other vendors use such names too, and lint reports it
 */
export function valid<T>(extension: Extension, value: unknown): T | undefined {
  return value === undefined || problemsOf(extension, value).length > 0 ? undefined : (value as T);
}
