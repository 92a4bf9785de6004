/** Schemas in one form: OpenAPI 3.0 as 3.1 writes it, references resolved, `allOf` put together. */
import { isDeepStrictEqual } from "node:util";
import type { Document, Schema, SchemaObject } from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import { isObject } from "../../shared/json.ts";

const TYPES = ["array", "boolean", "integer", "null", "number", "object", "string"];

/** What says nothing about values: two schemas that differ in these alone accept the same. */
export const ANNOTATIONS = ["title", "description", "example", "examples", "$comment", "externalDocs"];

/** How deep `allOf` may be nested. */
const MAX_DEPTH = 100;

/** A schema as an object, in the terms of JSON Schema 2020-12. `false` is `{ not: {} }`. */
export function normal(document: Document, schema: unknown, depth = 0): SchemaObject {
  if (schema === false) return { not: {} };
  if (!isObject(schema)) return {};
  if (depth > MAX_DEPTH) return schema as SchemaObject;
  const { $ref, ...beside } = schema as SchemaObject;
  if ($ref !== undefined) {
    // What stands beside a reference applies as well, as in an `allOf`.
    const target = normal(document, deref<object>(document, { $ref }), depth + 1);
    const own = normal(document, beside, depth + 1);
    const notes = Object.entries(own).filter(([keyword]) => ANNOTATIONS.includes(keyword));
    return { ...merged(target, own), ...Object.fromEntries(notes) };
  }
  const { allOf, ...own } = modern(schema as SchemaObject);
  if (!Array.isArray(allOf)) return own;
  return (allOf as Schema[])
    .map((part) => normal(document, part, depth + 1))
    .reduce(merged, own as SchemaObject);
}

/** `nullable` and boolean bounds of OpenAPI 3.0 as 3.1 writes them. */
function modern(schema: SchemaObject): SchemaObject {
  const { nullable, ...rest } = schema;
  const made: SchemaObject = { ...rest };
  for (const [bound, exclusive] of [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const) {
    if (typeof made[exclusive] !== "boolean") continue;
    if (made[exclusive] && made[bound] !== undefined) {
      made[exclusive] = made[bound];
      delete made[bound];
    } else delete made[exclusive];
  }
  if (nullable === true && made.type !== undefined) {
    made.type = [...new Set([...[made.type].flat(), "null"])];
    if (made.enum && !made.enum.includes(null)) made.enum = [...made.enum, null];
  }
  return made;
}

/** Both schemas at once, with the texts of the first. What cannot be put into one keyword stays apart, in `allOf`. */
function merged(first: SchemaObject, second: SchemaObject): SchemaObject {
  const made: SchemaObject = { ...first };
  const apart: Schema[] = [...((first["allOf"] as Schema[] | undefined) ?? [])];
  for (const [keyword, value] of Object.entries(second)) {
    const other = made[keyword];
    if (keyword === "allOf") apart.push(...(value as Schema[]));
    else if (other === undefined) made[keyword] = value;
    else if (!ANNOTATIONS.includes(keyword) && !isDeepStrictEqual(other, value)) {
      const both = MERGE[keyword]?.(other, value);
      if (both === undefined) apart.push({ [keyword]: value });
      else made[keyword] = both;
    }
  }
  if (apart.length > 0) made["allOf"] = apart;
  return made;
}

const least = (a: unknown, b: unknown) => Math.min(Number(a), Number(b));
const most = (a: unknown, b: unknown) => Math.max(Number(a), Number(b));

/** How the values of a keyword become one that demands both. */
const MERGE: Record<string, (a: unknown, b: unknown) => unknown> = {
  required: (a, b) => [...new Set([...(a as string[]), ...(b as string[])])],
  type: (a, b) => typesIn(a).filter((type) => accepts(typesIn(b), type)),
  enum: (a, b) => (a as unknown[]).filter((value) => has(b as unknown[], value)),
  properties: (a, b) => mergedProperties(a as Record<string, Schema>, b as Record<string, Schema>),
  ...Object.fromEntries(["minimum", "exclusiveMinimum"].map((keyword) => [keyword, most])),
  ...Object.fromEntries(["maximum", "exclusiveMaximum"].map((keyword) => [keyword, least])),
  ...Object.fromEntries(["minLength", "minItems", "minProperties"].map((keyword) => [keyword, most])),
  ...Object.fromEntries(["maxLength", "maxItems", "maxProperties"].map((keyword) => [keyword, least])),
};

function mergedProperties(a: Record<string, Schema>, b: Record<string, Schema>): Record<string, Schema> {
  const made = { ...a };
  for (const [name, schema] of Object.entries(b)) {
    const other = Object.hasOwn(made, name) ? made[name] : undefined;
    made[name] =
      other === undefined || isDeepStrictEqual(other, schema) ? schema : { allOf: [other, schema] };
  }
  return made;
}

/** Whether a list has a JSON value. */
export function has(list: readonly unknown[], value: unknown): boolean {
  return list.some((item) => isDeepStrictEqual(item, value));
}

function typesIn(type: unknown): string[] {
  return [type].flat().filter((name): name is string => typeof name === "string");
}

/** Whether one of the types includes another one: an integer is a number. */
export function accepts(types: readonly string[], type: string): boolean {
  return types.includes(type) || (type === "integer" && types.includes("number"));
}

/** The values that `enum` or `const` allow; undefined where any is allowed. */
export function valuesOf(schema: SchemaObject): unknown[] | undefined {
  if (schema.const !== undefined) return [schema.const];
  return Array.isArray(schema.enum) ? schema.enum : undefined;
}

/** The types of the values that a schema accepts, from `type` or from its values; all, if it does not say. */
export function typesOf(schema: SchemaObject): string[] {
  if (schema.type !== undefined) return typesIn(schema.type);
  const values = valuesOf(schema);
  return values === undefined ? TYPES : [...new Set(values.map(typeOf))];
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

/** The schema for values of one of its types alone. */
export function ofType(schema: SchemaObject, type: string): SchemaObject {
  const { enum: values, ...rest } = schema;
  if (values === undefined) return { ...rest, type };
  return { ...rest, type, enum: values.filter((value) => accepts([type], typeOf(value))) };
}

/** Joins a union's branch with what stands beside the union. */
export function branch(document: Document, beside: SchemaObject, part: Schema): SchemaObject {
  return normal(document, { allOf: [beside, part] });
}

/** The members of a keyword that holds a map; none where it is absent. */
export function membersOf(schema: Record<string, unknown>, keyword: string): Record<string, unknown> {
  const members = schema[keyword];
  return isObject(members) ? members : {};
}

/** The names in either of two maps. */
export function namesIn(...maps: object[]): string[] {
  return [...new Set(maps.flatMap((map) => Object.keys(map)))];
}
