/** How the generated client names a type: by its component where it has one, else by where `schema.ts` has it. */

import type { MediaType, OperationEntry, Schema, SchemaObject } from "../../../document/model.ts";
import { essence, isJson } from "../../../shared/media-types.ts";
import type { Contract } from "../../read/contract.ts";
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

/** The type of a value that is a text, a number or a boolean, or one of some; undefined for anything else. */
export function scalarType(schema: Schema | undefined): string | undefined {
  if (typeof schema !== "object" || schema.$ref !== undefined) return undefined;
  const { type, enum: values, anyOf, oneOf, allOf, not } = schema;
  if ([anyOf, oneOf, allOf, not].some((keyword) => keyword !== undefined)) return undefined;
  if (values) return values.length > 0 ? values.map((value) => JSON.stringify(value)).join(" | ") : undefined;
  if (type === "integer") return "number";
  return type === "string" || type === "number" || type === "boolean" ? type : undefined;
}

/** The type of an operation in `schema.ts`, or of something in it. */
export function operationType({ path, method }: OperationEntry, ...members: (string | number)[]): string {
  const index = (name: string | number) => `[${JSON.stringify(name)}]`;
  return `paths${[path, method].map(index).join("")}${members.map(index).join("")}`;
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
