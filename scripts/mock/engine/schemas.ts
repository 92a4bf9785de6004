/** The contract's schemas, compiled: to check what comes in, and to choose between scenarios. */
import { _, Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { addListKeywords } from "../../document/extensions.ts";
import type { Document, Schema, SchemaObject } from "../../document/model.ts";
import { patterns } from "../../document/pattern.ts";
import { rebase } from "../../document/rebase.ts";
import { digestOf } from "../../shared/digest.ts";
import { memoizeIn } from "../../shared/memoize.ts";
import { explainer, type Violation } from "./explain.ts";
import { FORMATS } from "./formats.ts";
import type { Ready } from "./ready.ts";

export type Check = (value: unknown) => Violation | undefined;

/** Compiles schemas whose references (`#/components/…`) mean the given document. */
export interface Compiler {
  /**
   * Checks a value and names the first thing wrong with it.
   *
   * @throws {Error} when the schema cannot be compiled
   */
  check(schema: Schema): Check;
  /** Tells whether a value matches; the schema may use `last` and `lastOf`, for the last items of a list. */
  matcher(schema: Schema): (value: unknown) => boolean;
}

const CONTRACT = "contract";

const constant = (verdict: boolean) =>
  Object.assign(() => verdict, { errors: null }) as unknown as ValidateFunction;
const [ANYTHING, NOTHING] = [constant(true), constant(false)];

/**
 * An Ajv for schemas whose texts come from anyone.
 *
 * @param strict whether a `pattern` is refused that nothing bounds in time; default false
 * @param source whether the code of each validator is kept, to be written into a file; default false
 * @param verbose whether an error holds the schema that refuses; default false
 */
export function schemaCompiler({ strict = false, source = false, verbose = false } = {}): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    verbose,
    // One error is enough, and a body with 20,000 faults then costs no more than one with a single fault.
    allErrors: false,
    // What is not a schema does not compile, which says so as well as the meta-schema, and that takes 100 ms to compile.
    validateSchema: false,
    logger: false,
    // 1.1 is a multiple of 0.01, though binary fractions say otherwise.
    multipleOfPrecision: 8,
    code: {
      // A check made smaller first is no faster later, and takes a fifth longer to compile.
      optimize: false,
      source,
      // In a file, these are the names of what it imports.
      formats: _`formats`,
      regExp: Object.assign(patterns(strict), { code: "pattern" }),
    },
  });
  addFormats.default(ajv);
  for (const [name, format] of Object.entries(FORMATS)) ajv.addFormat(name, format);
  return ajv;
}

/** The same with a document as the resource `contract`, and the keywords of `x-when`. */
export function contractAjv(document: Document, strict: boolean, source = false): Ajv2020 {
  const ajv = schemaCompiler({ strict, source });
  addListKeywords(ajv);
  ajv.addSchema(document as object, CONTRACT);
  return ajv;
}

/** A schema as `contractAjv` compiles it: what it refers to is in the document. */
export function rebased(schema: SchemaObject): object {
  return rebase(schema, CONTRACT, "#/components/") as object;
}

/** The name of a rebased schema among validators that were compiled before. */
export function validatorKey(schema: object): string {
  return digestOf(JSON.stringify(schema));
}

/**
 * @param strict whether a `pattern` is refused that nothing bounds in time; default false
 * @param ready validators of this document's schemas that were compiled before, by `validatorKey`; default: none
 */
export function compiler(document: Document, strict = false, ready: Ready["validators"] = {}): Compiler {
  let ajv: Ajv2020 | undefined;
  const compiled = memoizeIn(new WeakMap<SchemaObject, ValidateFunction>(), (schema) => {
    const whole = rebased(schema);
    const made = ready[validatorKey(whole)];
    if (made) return made;
    ajv ??= contractAjv(document, strict);
    return ajv.compile(whole);
  });

  function compile(schema: Schema): ValidateFunction {
    if (typeof schema === "boolean") return schema ? ANYTHING : NOTHING;
    return compiled(schema);
  }

  const explain = explainer(document, compile);
  return {
    check: (schema) => {
      const validate = compile(schema);
      return (value) => (validate(value) ? undefined : explain(schema, value));
    },
    matcher: (schema) => compile(schema),
  };
}
