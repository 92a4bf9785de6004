/** The schemas whose type is better than what openapi-typescript makes of them. */
import ts from "typescript";
import type { Schema } from "../../../document/model.ts";
import { isBinary } from "../../../document/schemas.ts";

const { factory, SyntaxKind } = ts;

/** The type of a schema; undefined to leave it to openapi-typescript. */
export function typeOf(schema: unknown): ts.TypeNode | undefined {
  if (typeof schema !== "object" || schema === null) return undefined;
  return isBinary(schema) ? bytes(schema) : openEnum(schema as Exclude<Schema, boolean>);
}

/** Bytes are a `Blob`, in a form and as a body. */
function bytes({ type }: { type?: string | string[] }): ts.TypeNode {
  const blob = factory.createTypeReferenceNode("Blob");
  if (!Array.isArray(type) || !type.includes("null")) return blob;
  return factory.createUnionTypeNode([blob, factory.createLiteralTypeNode(factory.createNull())]);
}

/**
 * Known values of an open string, `anyOf: [{enum}, {type: string}]`, as `"a" | "b" | (string & {})`: plain `string`
 * would swallow the values, and editors would no longer offer them.
 */
function openEnum(schema: Exclude<Schema, boolean>): ts.TypeNode | undefined {
  if (!Array.isArray(schema["anyOf"])) return undefined;
  const known = new Set<string>();
  let open = false;
  let nullable = false;
  for (const branch of schema["anyOf"] as Schema[]) {
    if (typeof branch !== "object") return undefined;
    const values = branch.enum ?? [];
    const types = [branch.type ?? []].flat();
    const fits = [...values.map((value) => (value === null ? "null" : typeof value)), ...types].every(
      (type) => type === "string" || type === "null",
    );
    if (!fits || (values.length === 0 && types.length === 0)) return undefined;
    for (const value of values) if (typeof value === "string") known.add(value);
    if (values.length === 0 && types.includes("string")) open = true;
    if (values.includes(null) || (values.length === 0 && types.includes("null"))) nullable = true;
  }
  if (!open || known.size === 0) return undefined;
  return factory.createUnionTypeNode([
    ...[...known].map((value) => factory.createLiteralTypeNode(factory.createStringLiteral(value))),
    factory.createIntersectionTypeNode([
      factory.createKeywordTypeNode(SyntaxKind.StringKeyword),
      factory.createTypeLiteralNode([]),
    ]),
    ...(nullable ? [factory.createLiteralTypeNode(factory.createNull())] : []),
  ]);
}
