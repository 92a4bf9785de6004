/** Stage: the contract's TypeScript types, `schema.ts`. */
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { banner } from "./banner.ts";
import type { Contract, Files } from "./contract.ts";
import type { Schema } from "./document.ts";
import { InputError, type Problem } from "./problem.ts";
import { untie } from "./types/recursion.ts";

/**
 * @throws {InputError} when a schema needs itself with nothing between, which no type can express
 */
export async function types(contract: Contract): Promise<Files> {
  const nodes = await openapiTS(JSON.stringify(contract.document), {
    // A member with a default may still be left out of a request.
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    silent: true,
    transform: (schema) => openEnum(schema as Schema),
  });
  const problems: Problem[] = [];
  const untied = untie(nodes, (chain) =>
    problems.push({
      place: contract.locate(["components", "schemas", chain[0] ?? ""]),
      message: `${chain[0]} consists of itself: ${chain.join(" -> ")}.`,
      advice: "Put a property or a list between: validation would never end, and no type can express it.",
    }),
  );
  if (problems.length > 0) throw new InputError(...problems);
  return new Map([["schema.ts", banner(contract, "//") + astToString(untied).replaceAll(REMARKS, "")]]);
}

/** What openapi-typescript says of itself in the descriptions of a discriminator's properties. */
const REMARKS =
  / \(enum property replaced by openapi-typescript\)|\n[ *]+@description discriminator enum property added by openapi-typescript(?=\n)/g;

/**
 * Known values of an open string, `anyOf: [{enum}, {type: string}]`, as `"a" | "b" | (string & {})`: plain `string`
 * would swallow the values, and editors would no longer offer them.
 */
function openEnum(schema: Schema): ts.TypeNode | undefined {
  if (typeof schema !== "object" || !Array.isArray(schema["anyOf"])) return undefined;
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
  const { factory, SyntaxKind } = ts;
  return factory.createUnionTypeNode([
    ...[...known].map((value) => factory.createLiteralTypeNode(factory.createStringLiteral(value))),
    factory.createIntersectionTypeNode([
      factory.createKeywordTypeNode(SyntaxKind.StringKeyword),
      factory.createTypeLiteralNode([]),
    ]),
    ...(nullable ? [factory.createLiteralTypeNode(factory.createNull())] : []),
  ]);
}
