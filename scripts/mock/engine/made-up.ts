/** Makes the answers that the contract describes by a schema alone. */
import { sample as readable } from "@stoplight/json-schema-sampler";
import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import type { Document, Schema, SchemaObject } from "../../document/model.ts";
import { withReferences } from "../../document/rebase.ts";
import { copy, isObject, type Json, type Members } from "../../shared/json.ts";
import { at, parsePointer, put, toPointer } from "../../shared/pointer.ts";
import { sampled } from "../scenarios/sampler.ts";
import { schemaCompiler } from "./schemas.ts";

/** How many milliseconds the parts of a readable value that are wrong may take to be replaced. */
const REPAIR_TIME = 2000;
/** Texts of the common formats, which read better than what is made of their expressions. */
const TEXTS = [
  ...["2026-01-31T12:00:00Z", "2026-01-31", "12:00:00Z", "P1D", "https://example.com", "user@example.com"],
  ...["123e4567-e89b-12d3-a456-426614174000", "example.com", "127.0.0.1", "::1", "/", "a", "1", "AAAA"],
];
/** What a value may cost: the parts of the schema that the readable sampler visits. */
const TICKS = 2500;

/**
 * A value for a schema of the document: one that a person can read, such as `"string"`, in which each part that the
 * schema refuses is replaced by a valid one. The same schema gets the same value.
 *
 * @returns a valid value wherever one is found within a few seconds, else the readable one
 */
export async function madeUp(document: Document, schema: Schema): Promise<Json> {
  if (typeof schema === "boolean") return {};
  const whole = standalone(document, schema);
  const ajv = schemaCompiler({ verbose: true });
  const end = performance.now() + REPAIR_TIME;
  return allowed(whole, { compile: (part) => ajv.compile(part), end, within: [] }).catch(
    () => readableValue(whole) ?? {},
  );
}

interface Making {
  compile(schema: SchemaObject): ValidateFunction;
  /** When to give up, as `performance.now()` tells the time. */
  end: number;
  /** The branches of unions that the value is inside of, as texts: one that is chosen in itself again has no end. */
  within: readonly string[];
}

/** A value that a schema allows. @throws {Error} where none is found, or the schema does not compile */
async function allowed(schema: SchemaObject, making: Making): Promise<Json> {
  const validate = making.compile(schema);
  let made: Json = readableValue(schema) ?? {};
  while (!validate(made)) {
    // The last error is that of a whole union, after those of its branches.
    const error = validate.errors?.at(-1);
    if (error === undefined || performance.now() > making.end) return validValue(schema);
    made = await repaired(made, schema, error, making);
  }
  return made;
}

/** The value with the part replaced that an error is about. */
async function repaired(value: Json, whole: SchemaObject, error: ErrorObject, making: Making): Promise<Json> {
  const { params, instancePath, parentSchema } = error;
  const names = parsePointer(instancePath);
  const surplus = params["additionalProperty"] ?? params["unevaluatedProperty"] ?? params["propertyName"];
  if (typeof surplus === "string") return without(value, [...names, surplus]);
  if (names.length > 0 && isCutShort(at(value, instancePath))) return without(value, names);
  const missing: unknown = params["missingProperty"];
  if (typeof missing !== "string")
    return put(value, instancePath, await partFor(standalone(whole, parentSchema as SchemaObject), making));
  const schema: Schema = (parentSchema as SchemaObject).properties?.[missing] ?? true;
  const part = typeof schema === "boolean" ? {} : await partFor(standalone(whole, schema), making);
  return put(value, toPointer([...names, missing]), part);
}

/** A value for a schema that refused the readable one: a readable one of a branch of its union, or any. */
async function partFor(schema: SchemaObject, making: Making): Promise<Json> {
  const fits = making.compile(schema);
  const { oneOf = [], anyOf = [], ...beside } = schema as SchemaObject & Record<"oneOf" | "anyOf", Schema[]>;
  const base = readableValue(beside as SchemaObject);
  const simple = [readableValue(schema), base, ...TEXTS].find((one) => one !== undefined && fits(one));
  if (simple !== undefined) return simple;
  for (const branch of [...oneOf, ...anyOf]) {
    if (performance.now() > making.end) break;
    if (typeof branch === "boolean") continue;
    const whole = standalone(schema, branch);
    const text = JSON.stringify(whole);
    if (making.within.includes(text)) continue;
    const inside = { ...making, within: [...making.within, text] };
    const value = await allowed(whole, inside).catch(() => undefined);
    const all = isObject(base) && isObject(value) ? [value, { ...base, ...value }] : [value];
    const found = all.find((one) => one !== undefined && fits(one));
    if (found !== undefined) return found;
  }
  return validValue(schema);
}

/** Whether a value is what the sampler puts where a schema refers to itself. */
function isCutShort(value: unknown): boolean {
  return value === null || value === undefined || (isObject(value) && Object.keys(value).length === 0);
}

/** What the sampler makes of a schema. A copy, since parts of it are replaced, and it may hold the schema's own examples. */
function readableValue(schema: SchemaObject): Json | undefined {
  try {
    const value = readable(schema as Parameters<typeof readable>[0], { ticks: TICKS }, schema);
    return value === undefined ? undefined : copy(value as Json);
  } catch {
    return undefined;
  }
}

/** Any valid value, however it looks. @throws {RequestProblem} where none is found */
function validValue(schema: SchemaObject): Promise<Json> {
  return sampled(schema as Json, 0, "");
}

/** A schema with what it refers to, in `$defs`. */
function standalone(root: object, schema: SchemaObject): SchemaObject {
  const names = new Map<string, string>();
  const nameOf = (reference: string) => {
    if (!reference.startsWith("#")) return reference;
    const name = names.get(reference) ?? `part${names.size}`;
    names.set(reference, name);
    return `#/$defs/${name}`;
  };
  const { $defs: _, ...own } = schema as SchemaObject & { $defs?: unknown };
  const made = withReferences(own, nameOf);
  const $defs: Members = {};
  // The map grows while it is walked: what is referred to refers to more.
  for (const [reference, name] of names) $defs[name] = withReferences(at(root, reference) ?? true, nameOf);
  return { ...(made as object), $defs } as SchemaObject;
}

/** The value without a member or an item; it is changed. */
function without(value: Json, names: string[]): Json {
  const holder = at(value, toPointer(names.slice(0, -1)));
  const name = names.at(-1) ?? "";
  if (Array.isArray(holder)) holder.splice(Number(name), 1);
  else if (isObject(holder)) delete holder[name];
  return value;
}
