/** The contract's schemas, compiled: to check what comes in, and to choose between scenarios. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Document, Schema, SchemaObject } from "../../document/model.ts";
import { explain, type Violation } from "./explain.ts";

export type Check = (value: unknown) => Violation | undefined;

/** Compiles schemas whose references (`#/components/…`) mean the given document. */
export interface Compiler {
  /**
   * Checks a value and names the first thing wrong with it.
   *
   * @throws {Error} when the schema cannot be compiled
   */
  check(schema: Schema): Check;
  /** Tells whether a value matches; the schema may use `last`, for the last item of a list. */
  matcher(schema: Schema): (value: unknown) => boolean;
}

const CONTRACT = "contract";

export function compiler(document: Document): Compiler {
  // One error is enough, and a body with 20,000 faults then costs no more than one with a single fault.
  const ajv = new Ajv2020({ strict: false, allErrors: false, logger: false });
  addFormats.default(ajv);
  ajv.addKeyword({
    keyword: "last",
    type: "array",
    schemaType: ["object", "boolean"],
    compile: (schema: Schema) => {
      const validate = compile(schema);
      return (list: unknown[]) => list.length === 0 || validate(list.at(-1)) === true;
    },
  });
  ajv.addSchema(document as object, CONTRACT);
  const compiled = new WeakMap<SchemaObject, ValidateFunction>();

  function compile(schema: Schema): ValidateFunction {
    if (typeof schema === "boolean") return ajv.compile(schema);
    const known = compiled.get(schema) ?? ajv.compile(rebase(schema) as object);
    compiled.set(schema, known);
    return known;
  }

  return {
    check: (schema) => {
      const validate = compile(schema);
      return (value) => (validate(value) ? undefined : explain(document, compile, schema, value));
    },
    matcher: (schema) => compile(schema),
  };
}

/** References into the document, as references into the resource that Ajv knows it by. */
function rebase(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(rebase);
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === "$ref" && typeof value === "string" && value.startsWith("#/components/")
        ? [key, `${CONTRACT}${value}`]
        : [key, rebase(value)],
    ),
  );
}
