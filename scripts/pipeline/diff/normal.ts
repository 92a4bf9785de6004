/** Schemas in one form: OpenAPI 3.0 as 3.1 writes it, references resolved, `allOf` put together. */
import { isDeepStrictEqual } from "node:util";
import type { Document, Schema, SchemaObject } from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import { InputError } from "../../shared/input-error.ts";
import { isObject } from "../../shared/json.ts";

const TYPES = ["array", "boolean", "integer", "null", "number", "object", "string"];

/** What says nothing about values: two schemas that differ in these alone accept the same. */
export const ANNOTATIONS = ["title", "description", "example", "examples", "$comment", "externalDocs"];

/** How many references and `allOf` may lead from a schema to what it consists of. */
const MAX_DEPTH = 200;

/** What references of a document mean, so that each is put together once however often it is met. */
const targets = new WeakMap<Document, Map<string, SchemaObject>>();

/**
 * A schema as an object, in the terms of JSON Schema 2020-12. `false` is `{ not: {} }`.
 *
 * @throws {InputError} when the schema consists of more than `MAX_DEPTH` others, each in the other
 */
export function normal(document: Document, schema: unknown, depth = 0): SchemaObject {
  if (schema === false) return { not: {} };
  if (!isObject(schema)) return {};
  const { $ref, ...beside } = schema as SchemaObject;
  if ($ref !== undefined) {
    // What stands beside a reference applies as well, as in an `allOf`.
    const target = targetOf(document, $ref, depth + 1);
    const own = normal(document, beside, depth + 1);
    const notes = Object.entries(own).filter(([keyword]) => ANNOTATIONS.includes(keyword));
    return { ...merged(target, own), ...Object.fromEntries(notes) };
  }
  const { allOf, ...own } = modern(schema as SchemaObject);
  if (!Array.isArray(allOf)) return own;
  const made: SchemaObject = { ...own, ...(own.properties && { properties: { ...own.properties } }) };
  for (const part of allOf as Schema[]) mergeInto(made, normal(document, part, depth + 1));
  return made;
}

function targetOf(document: Document, $ref: string, depth: number): SchemaObject {
  const known = targets.get(document) ?? new Map<string, SchemaObject>();
  targets.set(document, known);
  const before = known.get($ref);
  if (before) return before;
  if (depth > MAX_DEPTH)
    throw new InputError({
      message: `The schema ${$ref} is the last of more than ${MAX_DEPTH}, each of which consists of the next one.`,
      advice: "Look for a long chain of allOf or $ref among the components.",
    });
  // A schema that consists of itself demands no more by that.
  known.set($ref, {});
  const found = normal(document, deref<object>(document, { $ref }), depth);
  known.set($ref, found);
  return found;
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
  const made: SchemaObject = { ...first, ...(first.properties && { properties: { ...first.properties } }) };
  mergeInto(made, second);
  return made;
}

/** @param made is changed, its `properties` too: an `allOf` of thousands would copy them thousands of times */
function mergeInto(made: SchemaObject, second: SchemaObject): void {
  const apart: Schema[] = [];
  for (const [keyword, value] of Object.entries(second)) {
    const other = made[keyword];
    if (keyword === "allOf") apart.push(...(value as Schema[]));
    else if (keyword === "properties") {
      made.properties ??= {};
      mergeProperties(made.properties, value as Record<string, Schema>);
    } else if (other === undefined) made[keyword] = value;
    else if (!ANNOTATIONS.includes(keyword) && !isDeepStrictEqual(other, value)) {
      const both = MERGE[keyword]?.(other, value);
      if (both === undefined) apart.push({ [keyword]: value });
      else made[keyword] = both;
    }
  }
  if (apart.length > 0) made["allOf"] = [...((made["allOf"] as Schema[] | undefined) ?? []), ...apart];
}

const least = (a: unknown, b: unknown) => Math.min(Number(a), Number(b));
const most = (a: unknown, b: unknown) => Math.max(Number(a), Number(b));

/** How the values of a keyword become one that demands both. */
const MERGE: Record<string, (a: unknown, b: unknown) => unknown> = {
  required: (a, b) => [...new Set([...(a as string[]), ...(b as string[])])],
  type: (a, b) => typesIn(a).filter((type) => accepts(typesIn(b), type)),
  enum: (a, b) => (a as unknown[]).filter(within(b as unknown[])),
  ...Object.fromEntries(["minimum", "exclusiveMinimum"].map((keyword) => [keyword, most])),
  ...Object.fromEntries(["maximum", "exclusiveMaximum"].map((keyword) => [keyword, least])),
  ...Object.fromEntries(["minLength", "minItems", "minProperties"].map((keyword) => [keyword, most])),
  ...Object.fromEntries(["maxLength", "maxItems", "maxProperties"].map((keyword) => [keyword, least])),
};

function mergeProperties(made: Record<string, Schema>, more: Record<string, Schema>): void {
  for (const [name, schema] of Object.entries(more)) {
    const other = Object.hasOwn(made, name) ? made[name] : undefined;
    if (other === undefined) made[name] = schema;
    else if (!isDeepStrictEqual(other, schema)) made[name] = { allOf: [...partsOf(other), schema] };
  }
}

/** The parts of a schema that is nothing but an `allOf`; else itself. */
function partsOf(schema: Schema): Schema[] {
  const parts = isObject(schema) && Object.keys(schema).length === 1 ? schema["allOf"] : undefined;
  return Array.isArray(parts) ? parts : [schema];
}

/** A test whether a list has a JSON value, which takes no longer for a long list of scalars. */
export function within(list: readonly unknown[]): (value: unknown) => boolean {
  const scalars = new Set(list);
  const objects = list.filter((item) => typeof item === "object" && item !== null);
  return (value) => scalars.has(value) || objects.some((item) => isDeepStrictEqual(item, value));
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
