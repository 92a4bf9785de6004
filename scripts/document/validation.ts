/** Values checked against the schemas of a document. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { memoizeIn } from "../shared/memoize.ts";
import type { Document, Schema } from "./model.ts";
import { rebase } from "./rebase.ts";

/** One thing that is wrong with a value. */
interface SchemaViolation {
  /** A JSON Pointer into the value: the member that is wrong, or that is missing. */
  pointer: string;
  message: string;
  expected: string;
}

/** Checks a value; the list is empty for a valid one and holds at most 20 violations. */
export type Validate = (value: unknown) => SchemaViolation[];

const CONTRACT = "contract";
const MOST = 20;

/**
 * Compiles schemas whose references (`#/components/…`) mean the given document. Each schema object is compiled once.
 *
 * @returns a function from a schema to its check; it throws an Error for a schema that does not compile
 */
export function validation(document: Document): (schema: Schema) => Validate {
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, validateSchema: false });
  addFormats.default(ajv);
  ajv.addSchema(document as object, CONTRACT);
  const compiled = memoizeIn(new Map<Schema, ValidateFunction>(), (schema) =>
    ajv.compile(rebase(schema, CONTRACT, "#/") as object | boolean),
  );
  return (schema) => {
    const validate = compiled(schema);
    return (value) => (validate(value) ? [] : violations(validate.errors ?? []));
  };
}

const STANDALONE = new WeakMap<object, Validate | undefined>();

/**
 * Compiles a JSON Schema that stands alone, such as the one a request holds its answer to. Each schema object is
 * compiled once.
 *
 * @returns a check; undefined for a schema that does not compile
 */
export function standalone(schema: unknown): Validate | undefined {
  if (typeof schema === "boolean") return compileAlone(schema);
  if (typeof schema !== "object" || schema === null) return undefined;
  if (!STANDALONE.has(schema)) STANDALONE.set(schema, compileAlone(schema));
  return STANDALONE.get(schema);
}

function compileAlone(schema: object | boolean): Validate | undefined {
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, validateSchema: false });
  addFormats.default(ajv);
  const { $schema: _, $id: __, ...rest } = Object(schema) as Record<string, unknown>;
  try {
    const validate = ajv.compile(typeof schema === "boolean" ? schema : rest);
    return (value) => (validate(value) ? [] : violations(validate.errors ?? []));
  } catch {
    return undefined;
  }
}

/**
 * The errors that explain the most: of a union, those of the branch that came furthest into the value; of one place,
 * the first.
 */
function violations(errors: ErrorObject[]): SchemaViolation[] {
  const found = errors.map((error) => ({ error, pointer: pointerOf(error) }));
  const isUnion = ({ keyword }: ErrorObject) => keyword === "anyOf" || keyword === "oneOf";
  const deeper = found.filter(
    ({ error, pointer }) =>
      !isUnion(error) ||
      !found.some((other) => !isUnion(other.error) && other.pointer.startsWith(`${pointer}/`)),
  );
  // A branch of a union that fails at once says less than one that fails at a member.
  const told = deeper.filter(
    ({ error, pointer }) =>
      !/\/(anyOf|oneOf)\/\d+\//.test(error.schemaPath) ||
      !deeper.some((other) => other.pointer.startsWith(`${pointer}/`)),
  );
  const byPlace = new Map(told.toReversed().map((entry) => [entry.pointer, entry]));
  return [...byPlace.values()]
    .toReversed()
    .slice(0, MOST)
    .map(({ error, pointer }) => ({
      pointer,
      message: error.keyword === "required" ? "is missing" : (error.message ?? error.keyword),
      expected: expectedBy(error),
    }));
}

function pointerOf({ keyword, instancePath, params }: ErrorObject): string {
  const name = keyword === "required" ? params["missingProperty"] : undefined;
  return typeof name === "string" ? `${instancePath}/${name}` : instancePath;
}

function expectedBy({ keyword, params, schema }: ErrorObject): string {
  if (keyword === "type") return [params["type"]].flat().join(" or ");
  if (keyword === "required") return "a value";
  if (keyword === "const") return JSON.stringify(params["allowedValue"]);
  if (keyword === "enum")
    return (params["allowedValues"] as unknown[]).map((one) => JSON.stringify(one)).join(" or ");
  return `${keyword} ${typeof schema === "object" ? "" : String(schema ?? "")}`.trim();
}
