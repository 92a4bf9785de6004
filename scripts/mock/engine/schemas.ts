/** The contract's schemas, compiled: to check what comes in, and to choose between scenarios. */
import { Ajv2020, type FormatDefinition, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { addListKeywords } from "../../document/extensions.ts";
import type { Document, Schema, SchemaObject } from "../../document/model.ts";
import { rebase } from "../../document/rebase.ts";
import { schemaPattern } from "../scenarios/pattern.ts";
import { explainer, type Violation } from "./explain.ts";

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

/** Texts come from anyone. Ajv asks a pattern for `test`, and tells patterns apart by `toString`. */
function engineOf(strict: boolean): (source: string, flags: string) => RegExp {
  return (source, flags) => {
    const { test, text } = schemaPattern(source, flags, strict);
    return { test, toString: () => text } as unknown as RegExp;
  };
}

type TextTest = (text: string) => boolean;
type KnownFormat = NonNullable<Ajv2020["formats"][string]>;

/** The expression of a format might run out of stack over a text of more characters. */
const FORMATTED = 100_000;
/** Formats of texts that may well be longer, such as an image in a `data:` URL. */
const LONG_FORMATS = ["byte", "uri", "uri-reference", "url"];

/** A format that is not asked about a longer text. */
function boundedFormat(name: string, format: KnownFormat): KnownFormat {
  const { validate = format, ...rest } = Object(format) as FormatDefinition<string>;
  if (validate === true || ("type" in rest && rest.type !== "string")) return format;
  const test = validate instanceof RegExp ? (text: string) => validate.test(text) : (validate as TextTest);
  const isLong = LONG_FORMATS.includes(name);
  return { ...rest, validate: (text: string) => (text.length > FORMATTED ? isLong : test(text)) };
}

/**
 * @param strict whether a `pattern` is refused that nothing bounds in time; default false
 * @param verbose whether an error holds the schema that refuses; default false
 */
export function schemaCompiler({ strict = false, verbose = false } = {}): Ajv2020 {
  // One error is enough, and a body with 20,000 faults then costs no more than one with a single fault.
  const ajv = new Ajv2020({
    strict: false,
    verbose,
    allErrors: false,
    // What is no schema does not compile, which says so as well as the meta-schema, and that takes 100 ms to compile.
    validateSchema: false,
    logger: false,
    // 1.1 is a multiple of 0.01, though binary fractions say otherwise.
    multipleOfPrecision: 8,
    // A check made smaller first is no faster later, and takes a fifth longer to compile.
    code: { optimize: false, regExp: Object.assign(engineOf(strict), { code: "new RegExp" }) },
  });
  addFormats.default(ajv);
  for (const [name, format] of Object.entries(ajv.formats)) {
    if (format) ajv.addFormat(name, boundedFormat(name, format));
  }
  return ajv;
}

/** @param strict whether a `pattern` is refused that nothing bounds in time; default false */
export function compiler(document: Document, strict = false): Compiler {
  const ajv = schemaCompiler({ strict });
  addListKeywords(ajv, compile);
  ajv.addSchema(document as object, CONTRACT);
  const compiled = new WeakMap<SchemaObject, ValidateFunction>();

  function compile(schema: Schema): ValidateFunction {
    if (typeof schema === "boolean") return schema ? ANYTHING : NOTHING;
    const known = compiled.get(schema) ?? ajv.compile(rebase(schema, CONTRACT, "#/components/") as object);
    compiled.set(schema, known);
    return known;
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
