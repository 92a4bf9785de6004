/** What schemas are made of, behind references and combinations. */
import type { Document, Schema, SchemaObject } from "./model.ts";
import { deref } from "./operations.ts";

/** The schema of an object's member, looked for in all that the object's schema is made of. */
export function member(
  document: Document,
  schema: Schema | undefined,
  name: string,
): SchemaObject | undefined {
  return members(document, schema).find(([found]) => found === name)?.[1];
}

/** The members of an object, looked for in all that the object's schema is made of. */
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

/** What a schema is made of: itself, behind references, and what it combines; each once, as they may go in circles. */
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
