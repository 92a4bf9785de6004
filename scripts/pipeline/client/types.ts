/** How the generated client names a type: by its component where it has one, else by where `schema.ts` has it. */

import type { Contract } from "../contract.ts";
import {
  type Document,
  deref,
  type MediaType,
  type OperationEntry,
  type Schema,
  type SchemaObject,
} from "../document.ts";
import { isIdentifier, isKeyword } from "./names.ts";

const COMPONENT = /^#\/components\/schemas\/([^/]+)$/;

/** The component schemas that the client exports under their own names: those whose name is not taken. */
export function exportedSchemas(
  { document }: Contract,
  taken: ReadonlySet<string>,
): Map<string, SchemaObject> {
  const schemas = (document.components?.["schemas"] ?? {}) as Record<string, SchemaObject>;
  return new Map(
    Object.entries(schemas).filter(([name]) => isIdentifier(name) && !isKeyword(name) && !taken.has(name)),
  );
}

/** The name of the component that a schema refers to, if it is an exported one. */
export function componentType(
  schema: Schema | undefined,
  exported: ReadonlyMap<string, unknown>,
): string | undefined {
  const reference = typeof schema === "object" ? schema.$ref : undefined;
  const name = reference && COMPONENT.exec(reference)?.[1];
  if (!name) return undefined;
  return exported.has(name) ? name : `components["schemas"][${JSON.stringify(name)}]`;
}

/** The type of an operation in `schema.ts`, or of something in it. */
export function operationType({ path, method }: OperationEntry, ...members: (string | number)[]): string {
  const index = (name: string | number) => `[${JSON.stringify(name)}]`;
  return `paths${[path, method].map(index).join("")}${members.map(index).join("")}`;
}

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

/** `application/json; charset=utf-8` -> `application/json` */
export function essence(mediaType: string): string {
  return (mediaType.split(";")[0] ?? "").trim().toLowerCase();
}

export function isJson(mediaType: string): boolean {
  return /[/+]json$/.test(essence(mediaType));
}

/** One of several media types: JSON if there is a choice, else the first of those preferred, else the first. */
export function preferred(
  content: Record<string, MediaType> | undefined,
  ...next: string[]
): [mediaType: string, media: MediaType] | undefined {
  const entries = Object.entries(content ?? {});
  const ranks = [isJson, ...next.map((name) => (type: string) => essence(type) === name), () => true];
  for (const fits of ranks) {
    const found = entries.find(([type]) => fits(type));
    if (found) return found;
  }
  return undefined;
}
