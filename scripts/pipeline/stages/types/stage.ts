/** Stage: the contract's TypeScript types, `schema.ts`. */
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { mediaTypes } from "../../../document/examples.ts";
import type { Document, Schema } from "../../../document/model.ts";
import { InputError, type Problem } from "../../../shared/input-error.ts";
import { at } from "../../../shared/pointer.ts";
import type { Contract, Files } from "../../read/contract.ts";
import { banner } from "../banner.ts";
import { untie } from "./recursion.ts";

/**
 * @throws {InputError} when a schema needs itself with nothing between, which no type can express, or is otherwise
 *   beyond openapi-typescript
 */
export async function types(contract: Contract): Promise<Files> {
  const nodes = await openapiTS(prepare(contract.document), {
    // A member with a default may still be left out of a request.
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    silent: true,
    transform: (schema) => openEnum(schema as Schema),
  }).catch((error: Error) => {
    throw new InputError({
      place: { file: contract.root },
      message: `openapi-typescript cannot take this document: ${error.message}.`,
      advice: "Look for a schema of an unusual form. The other stages can be run alone, by their names.",
    });
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

/**
 * The document as openapi-typescript takes it, in JSON: it looks for references in the data of examples, of which types say
 * nothing, and does not know that a discriminator may name a schema as well as refer to it.
 */
function prepare(original: Document): string {
  const document = structuredClone(original);
  delete document.components?.["examples"];
  for (const media of mediaTypes(document)) {
    delete media.example;
    delete media.examples;
  }
  const schemas = document.components?.["schemas"] ?? {};
  return JSON.stringify(document, (key, value: unknown) => {
    if (key !== "discriminator" || !isDiscriminator(value)) return value;
    const mapping = Object.entries(value.mapping)
      .map(([kind, name]) => [kind, Object.hasOwn(schemas, name) ? `#/components/schemas/${name}` : name])
      .filter(([, target]) => target?.startsWith("#/") && at(document, target) !== undefined);
    return { ...value, mapping: Object.fromEntries(mapping) };
  });
}

function isDiscriminator(value: unknown): value is { mapping: Record<string, string> } {
  const mapping =
    typeof value === "object" && value !== null && "mapping" in value ? value.mapping : undefined;
  return (
    typeof mapping === "object" &&
    mapping !== null &&
    Object.values(mapping).every((target) => typeof target === "string")
  );
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
