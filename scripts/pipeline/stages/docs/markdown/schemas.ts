/** Schemas as Markdown: types in words, tables of fields and of values. */
import type { Document, Reference, Schema, SchemaObject } from "../../../../document/model.ts";
import { deref } from "../../../../document/operations.ts";
import { isBinary } from "../../../../document/schemas.ts";
import { at } from "../../../../shared/pointer.ts";
import { firstParagraph } from "../../../../shared/text.ts";
import { code, joined, sections, table } from "./blocks.ts";

export type NamedSchema = [name: string, schema: Schema];

/** The component schemas in the document's order. */
export function schemasOf(document: Document): NamedSchema[] {
  return Object.entries(document.components?.["schemas"] ?? {}) as NamedSchema[];
}

/** The component schemas that a part of the document leads to by references, in the document's order. */
export function reachable(document: Document, start: object): NamedSchema[] {
  const found = new Set<string>();
  const follow = (node: object) => {
    for (const reference of referencesIn(node)) {
      if (found.has(reference)) continue;
      found.add(reference);
      const target = at(document, reference);
      if (typeof target === "object" && target !== null) follow(target);
    }
  };
  follow(start);
  return schemasOf(document).filter(([name]) => found.has(`#/components/schemas/${name}`));
}

/** The references in each part of a document that was asked for. Many operations lead to the same parts. */
const REFERENCES = new WeakMap<object, readonly string[]>();

/** The references to components in a value, wherever they stand: a discriminator's mapping has them as plain text. */
function referencesIn(node: object): readonly string[] {
  const known = REFERENCES.get(node);
  if (known) return known;
  const found = [...JSON.stringify(node).matchAll(/"(#\/components\/[^"]+)"/g)].map(
    ([, reference = ""]) => reference,
  );
  const references = [...new Set(found)];
  REFERENCES.set(node, references);
  return references;
}

/** A part for each schema, headed by its name. */
export function schemaSections(document: Document, schemas: NamedSchema[]): string {
  return sections(...schemas.map(([name, schema]) => sections(`### ${name}`, schemaBody(document, schema))));
}

function schemaBody(document: Document, schema: Schema): string {
  if (typeof schema === "boolean") return typeOf(schema);
  const rows = fieldTable(document, schema);
  return sections(
    schema.description,
    rows === "" && `Type: ${typeOf(schema)}${limits(schema)}`,
    rows,
    valueTables(schema),
    furtherReading(schema),
  );
}

/** A table of a schema's fields; the empty text where it has none. */
export function fieldTable(document: Document, schema: Schema): string {
  return table(["Field", "Type", "Description"], [...fields(document, schema)]);
}

function furtherReading({ externalDocs }: SchemaObject): string {
  const { description, url } = (externalDocs ?? {}) as { description?: string; url?: string };
  return url ? `[${description ?? "Further reading"}](${url})` : "";
}

/**
 * A row for each property, by its path: `choices[].delta`, `*` for any name. The properties of a component schema are
 * under the heading of that schema.
 */
export function* fields(
  document: Document,
  schema: Schema | undefined,
  path = "",
): Generator<[field: string, type: string, description: string]> {
  if (typeof schema !== "object") return;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const place = path ? `${path}.${name}` : name;
    const label = `${code(place)}${schema.required?.includes(name) ? " (required)" : ""}`;
    yield [label, typeOf(property) + limits(property), remarks(document, property)];
    yield* fields(document, property, place);
  }
  yield* fields(document, schema.items, `${path}[]`);
  yield* fields(document, schema["additionalProperties"] as Schema | undefined, `${path}.*`);
  for (const part of alternatives(schema)) yield* fields(document, part, path);
}

/** The description of a property or a parameter. One that only refers to a component schema has that schema's first paragraph. */
export function remarks(document: Document, schema: Schema): string {
  if (typeof schema === "boolean") return "";
  const named = schema.$ref ? deref<SchemaObject>(document, schema as Reference).description : undefined;
  return joined(
    " ",
    schema.description ?? firstParagraph(named),
    schema.default === undefined ? "" : `Default: ${code(schema.default)}.`,
    ...meanings(schema),
    ...unnamedParts(schema).flatMap((part) => [part.description, ...meanings(part)]),
  );
}

function meanings(schema: SchemaObject): string[] {
  return valuesOf(schema).map(([value, meaning]) => `${code(value)}: ${meaning}`);
}

/** The items and the alternatives of a schema that are not component schemas, which have sections for themselves. */
function unnamedParts(schema: SchemaObject): SchemaObject[] {
  return [schema.items, ...alternatives(schema)].flatMap((part) =>
    typeof part !== "object" || part.$ref ? [] : [part, ...unnamedParts(part)],
  );
}

/** The part of a page that a heading begins, as GitHub names it. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, "")
    .replaceAll(" ", "-");
}

/** What a schema accepts, in words and links: `string or null`, `array of [Tool](#tool)`. */
export function typeOf(schema: Schema): string {
  if (typeof schema === "boolean") return schema ? "anything" : "nothing";
  if (schema.$ref) {
    const name = schema.$ref.split("/").at(-1) ?? "";
    return `[${name}](#${anchorOf(name)})`;
  }
  if (schema.const !== undefined) return code(schema.const);
  if (isBinary(schema)) return [schema.type].flat().includes("null") ? "bytes or null" : "bytes";
  if (schema.enum) return schema.enum.map(code).join(", ");
  for (const [keyword, word] of [
    ["oneOf", " or "],
    ["anyOf", " or "],
    ["allOf", " and "],
  ] as const) {
    const parts = schema[keyword];
    if (Array.isArray(parts)) return [...new Set((parts as Schema[]).map(typeOf))].join(word);
  }
  const types = [schema.type ?? []].flat();
  if (types.length === 0) return schema.properties ? "object" : "anything";
  return types
    .map((type) => (type === "array" && schema.items ? `array of ${typeOf(schema.items)}` : type))
    .join(" or ");
}

/** The limits of a schema's values, in brackets: ` (0 to 2)`, ` (1 to 64 characters)`. */
export function limits(schema: Schema): string {
  if (typeof schema === "boolean") return "";
  const of = (keyword: string) => schema[keyword] as number | undefined;
  const found = [
    range(of("minimum"), of("maximum")),
    of("exclusiveMinimum") !== undefined && `more than ${of("exclusiveMinimum")}`,
    of("exclusiveMaximum") !== undefined && `less than ${of("exclusiveMaximum")}`,
    of("multipleOf") !== undefined && `multiple of ${of("multipleOf")}`,
    size(of("minLength"), of("maxLength"), "character", "characters"),
    size(of("minItems"), of("maxItems"), "item", "items"),
    size(of("minProperties"), of("maxProperties"), "property", "properties"),
    schema["uniqueItems"] === true && "no item twice",
    schema["pattern"] !== undefined && `pattern ${code(schema["pattern"] as string)}`,
  ].filter(Boolean);
  return found.length === 0 ? "" : ` (${found.join(", ")})`;
}

/** In the words that Redoc's page is given: see `redoc-script.ts`. */
function range(least: number | undefined, most: number | undefined): string {
  if (least !== undefined && most !== undefined)
    return least === most ? `exactly ${least}` : `${least} to ${most}`;
  if (least !== undefined) return `at least ${least}`;
  return most === undefined ? "" : `at most ${most}`;
}

function size(least: number | undefined, most: number | undefined, one: string, several: string): string {
  if (least === 1 && most === undefined) return "not empty";
  const words = range(least, most);
  return words && `${words} ${most === 1 ? one : several}`;
}

/** The described values of an enumeration: each value and its meaning. */
function valuesOf(schema: SchemaObject): [string, string][] {
  return Object.entries((schema["x-enumDescriptions"] ?? {}) as Record<string, string>);
}

function valueTable(schema: SchemaObject): string {
  return table(
    ["Value", "Description"],
    valuesOf(schema).map(([value, meaning]) => [code(value), meaning]),
  );
}

/** A table of an enumeration's values; what its unnamed parts are, and their values. */
function valueTables(schema: SchemaObject): string {
  return sections(
    valueTable(schema),
    ...unnamedParts(schema).map((part) => sections(part.description, valueTable(part))),
  );
}

/** A table for each described enumeration in a schema, by the path of the field that has it. */
export function* enumerations(
  schema: Schema | undefined,
  path: string,
): Generator<[path: string, table: string]> {
  if (typeof schema !== "object") return;
  const values = valueTable(schema);
  if (values) yield [path, values];
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    yield* enumerations(property, `${path}.${name}`);
  yield* enumerations(schema.items, `${path}[]`);
  yield* enumerations(schema["additionalProperties"] as Schema | undefined, `${path}.*`);
  for (const part of alternatives(schema)) yield* enumerations(part, path);
}

/** The schemas that a schema is combined of. */
function alternatives(schema: SchemaObject): Schema[] {
  return ["allOf", "anyOf", "oneOf"].flatMap((keyword) => (schema[keyword] ?? []) as Schema[]);
}
