/** Stage: the contract's TypeScript types, `schema.ts`. */
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { banner } from "./banner.ts";
import type { Contract, Files } from "./contract.ts";
import type { Schema } from "./document.ts";

export async function types(contract: Contract): Promise<Files> {
  const nodes = await openapiTS(JSON.stringify(contract.document), {
    // A member with a default may still be left out of a request.
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    silent: true,
    transform: (schema) => openEnum(schema as Schema),
  });
  return new Map([["schema.ts", banner(contract, "//") + astToString(nodes)]]);
}

/**
 * Known values of an open string, `anyOf: [{enum}, {type: string}]`, as `"a" | "b" | (string & {})`: plain `string`
 * would swallow the values, and editors would no longer offer them.
 */
function openEnum(schema: Schema): ts.TypeNode | undefined {
  if (typeof schema !== "object" || !Array.isArray(schema["anyOf"])) return undefined;
  const branches = schema["anyOf"] as Schema[];
  const known = branches.flatMap((branch) => (typeof branch === "object" && branch.enum) || []);
  const open = branches.some(
    (branch) => typeof branch === "object" && branch.type === "string" && !branch.enum,
  );
  const others = branches.filter(
    (branch) => typeof branch !== "object" || !["string", "null"].includes(String(branch.type)),
  );
  if (known.length === 0 || !open || others.length > 0 || !known.every((value) => typeof value === "string"))
    return undefined;
  const nullable = branches.some((branch) => typeof branch === "object" && branch.type === "null");
  const { factory, SyntaxKind } = ts;
  return factory.createUnionTypeNode([
    ...known.map((value) => factory.createLiteralTypeNode(factory.createStringLiteral(value))),
    factory.createIntersectionTypeNode([
      factory.createKeywordTypeNode(SyntaxKind.StringKeyword),
      factory.createTypeLiteralNode([]),
    ]),
    ...(nullable ? [factory.createLiteralTypeNode(factory.createNull())] : []),
  ]);
}
