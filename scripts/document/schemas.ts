/** The parts of schemas, behind references and combinations (`allOf`, `anyOf`, `oneOf`). */
import { isBinaryType } from "../shared/media-types.ts";
import type { Document, Schema, SchemaObject } from "./model.ts";
import { deref } from "./operations.ts";

/**
 * Whether a schema describes bytes: `format: binary` of OpenAPI 3.0, or a `contentMediaType` that is not text, without a
 * `contentEncoding`, of 3.1.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#working-with-binary-data
 */
export function isBinary(schema: object): boolean {
  const { type, format, contentMediaType, contentEncoding, contentSchema } = schema as SchemaObject;
  if (type !== undefined && ![type].flat().includes("string")) return false;
  if (format === "binary") return true;
  if (contentEncoding !== undefined || contentSchema !== undefined) return false;
  return typeof contentMediaType === "string" && isBinaryType(contentMediaType);
}

/** The schema of a property, in any part of an object's schema; undefined if there is none. */
export function member(
  document: Document,
  schema: Schema | undefined,
  name: string,
): SchemaObject | undefined {
  return members(document, schema).find(([found]) => found === name)?.[1];
}

/** The properties of an object, in all parts of its schema. */
export function members(
  document: Document,
  schema: Schema | undefined,
): [name: string, schema: SchemaObject][] {
  return [...parts(document, schema)].flatMap((part) =>
    Object.entries(part.properties ?? {}).flatMap(([name, found]) =>
      typeof found === "object"
        ? [[name, deref(document, found as SchemaObject)] as [string, SchemaObject]]
        : [],
    ),
  );
}

/** The schemas of what is at a path of members, in all parts of an object's schema. */
export function schemasAt(document: Document, schema: Schema | undefined, path: readonly string[]): Schema[] {
  let found: Schema[] = schema === undefined ? [] : [schema];
  for (const name of path)
    found = found.flatMap((one) =>
      [...parts(document, one)].flatMap(({ properties = {} }): Schema[] => {
        const member = Object.hasOwn(properties, name) ? properties[name] : undefined;
        return member === undefined ? [] : [member];
      }),
    );
  return found;
}

/** A schema and those that it combines, behind references. Each is there once, since references may form a circle. */
export function parts(
  document: Document,
  schema: Schema | undefined,
  seen = new Set<SchemaObject>(),
): Set<SchemaObject> {
  if (typeof schema !== "object") return seen;
  const resolved = deref(document, schema as SchemaObject);
  if (seen.has(resolved)) return seen;
  seen.add(resolved);
  for (const keyword of ["allOf", "anyOf", "oneOf"])
    for (const part of (resolved[keyword] ?? []) as Schema[]) parts(document, part, seen);
  return seen;
}
