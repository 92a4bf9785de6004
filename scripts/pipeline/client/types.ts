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

/** The schema of an object's member, looked for behind references and in `allOf`. */
export function member(
  document: Document,
  schema: Schema | undefined,
  name: string,
): SchemaObject | undefined {
  for (const part of parts(document, schema)) {
    const found = part.properties?.[name];
    if (typeof found === "object") return deref(document, found as SchemaObject);
  }
  return undefined;
}

/** The members of an object, looked for behind references and in `allOf`. */
export function members(
  document: Document,
  schema: Schema | undefined,
): [name: string, schema: SchemaObject][] {
  return parts(document, schema).flatMap((part) =>
    Object.entries(part.properties ?? {}).flatMap(([name, found]) =>
      typeof found === "object"
        ? [[name, deref(document, found as SchemaObject)] as [string, SchemaObject]]
        : [],
    ),
  );
}

function parts(document: Document, schema: Schema | undefined): SchemaObject[] {
  if (typeof schema !== "object") return [];
  const resolved = deref(document, schema as SchemaObject);
  const all = (resolved["allOf"] ?? []) as Schema[];
  return [resolved, ...all.flatMap((part) => parts(document, part))];
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
