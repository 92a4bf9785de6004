/** The reference as Markdown: the whole contract as text, for readers without JavaScript and for programs. */

import { responsesOf } from "../../../document/examples.ts";
import type {
  Document,
  Example,
  Header,
  MediaType,
  OperationEntry,
  Reference,
  RequestBody,
  Schema,
  SchemaObject,
} from "../../../document/model.ts";
import { deref, operations } from "../../../document/operations.ts";
import type { Json } from "../../../shared/json.ts";
import { STREAM_TYPE } from "../../../shared/media-types.ts";
import { at } from "../../../shared/pointer.ts";
import { outsideCode } from "./links.ts";

/** The whole contract in one Markdown document (GitHub's flavour): introduction, operations by tag, and every schema. */
export function markdownReference(document: Document): string {
  return sections(
    introduction(document),
    ...[...byTag(document)].flatMap(([tag, entries]) => [
      `## ${tag}`,
      document.tags?.find(({ name }) => name === tag)?.description,
      ...entries.map((entry) => deeper(operationSection(document, entry), 2)),
    ]),
    schemaSections(document, schemasOf(document)),
  );
}

/** What there is to know of an API before its operations. */
function introduction(document: Document): string {
  const { title, version, summary, description } = document.info;
  return sections(
    `# ${title} (${version})`,
    summary,
    list((document.servers ?? []).map(({ url, description }) => joined(": ", description, `<${url}>`))),
    description,
    securitySchemes(document),
  );
}

/** An operation that leads to more schemas than this leaves them to the whole reference: its page would be no shorter. */
const MOST_SCHEMAS = 200;

/**
 * One operation in one Markdown document, with every schema that it leads to: nothing else is needed to use it.
 *
 * @param reference the address of the whole reference, for an operation that leads to most of it
 */
export function markdownOperation(document: Document, entry: OperationEntry, reference: string): string {
  const section = operationSection(document, entry);
  const schemas = reachable(document, entry);
  if (schemas.length <= MOST_SCHEMAS) return sections(section, schemaSections(document, schemas));
  const anchors = new Set(schemas.map(([name]) => name.toLowerCase()));
  return section.replace(/\]\(#([^)]+)\)/g, (link, anchor: string) =>
    anchors.has(anchor) ? `](${reference}#${anchor})` : link,
  );
}

/**
 * Every value that the contract describes, and every error that it has an example of, in one Markdown document: what
 * readers look for by the word they met, wherever it belongs.
 *
 * @returns nothing when there are neither
 */
export function markdownValues(document: Document): string {
  const values = schemasOf(document).flatMap(([name, schema]) => [...enumerations(schema, name)]);
  const errors = new Map<string, Set<string>>();
  for (const { operation } of operations(document)) {
    for (const { status, response } of responsesOf(document, operation.responses)) {
      const examples = /^[23]/.test(status) ? "" : exampleSections(document, response.content ?? {});
      if (examples) errors.set(status, (errors.get(status) ?? new Set()).add(examples));
    }
  }
  return sections(
    values.length > 0 && "## Values",
    ...values.map(([path, rows]) => sections(`### ${path}`, rows)),
    errors.size > 0 && "## Errors",
    ...[...errors].map(([status, examples]) => sections(`### ${status}`, ...examples)),
  );
}

/** A table for each described enumeration in a schema, by the path of what has it. */
function* enumerations(schema: Schema | undefined, path: string): Generator<[path: string, table: string]> {
  if (typeof schema !== "object") return;
  const values = valueTable(schema);
  if (values) yield [path, values];
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    yield* enumerations(property, `${path}.${name}`);
  yield* enumerations(schema.items, `${path}[]`);
  yield* enumerations(schema["additionalProperties"] as Schema | undefined, `${path}.*`);
  for (const part of alternatives(schema)) yield* enumerations(part, path);
}

export function titleOf({ path, method, operation }: OperationEntry): string {
  return operation.summary ?? operation.operationId ?? `${method.toUpperCase()} ${path}`;
}

type NamedSchema = [name: string, schema: Schema];

function schemasOf(document: Document): NamedSchema[] {
  return Object.entries(document.components?.["schemas"] ?? {}) as NamedSchema[];
}

/** The schemas that something leads to by references, in the document's order. */
function reachable(document: Document, start: object): NamedSchema[] {
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

/** What the components of a document refer to; many operations lead to the same. */
const REFERENCES = new WeakMap<object, readonly string[]>();

/** The references to components in a value, known by their text wherever they stand: in a discriminator's mapping too. */
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

function schemaSections(document: Document, schemas: NamedSchema[]): string {
  return sections(
    schemas.length > 0 && "## Schemas",
    ...schemas.map(([name, schema]) => sections(`### ${name}`, schemaBody(document, schema))),
  );
}

/** Operations by their first tag: the tags in the document's order, then those it does not list. */
function byTag(document: Document): Map<string, OperationEntry[]> {
  const groups = new Map<string, OperationEntry[]>((document.tags ?? []).map(({ name }) => [name, []]));
  for (const entry of operations(document)) {
    const tag = entry.operation.tags?.[0] ?? "Operations";
    groups.set(tag, [...(groups.get(tag) ?? []), entry]);
  }
  return groups;
}

function securitySchemes(document: Document): string {
  const schemes = Object.entries(document.components?.["securitySchemes"] ?? {}) as [
    string,
    { description?: string },
  ][];
  if (schemes.length === 0) return "";
  return sections(
    "## Authentication",
    list(schemes.map(([name, { description }]) => joined(": ", `**${name}**`, description))),
  );
}

function operationSection(document: Document, entry: OperationEntry): string {
  const { path, method, operation, parameters } = entry;
  const body = operation.requestBody && deref<RequestBody>(document, operation.requestBody);
  return sections(
    `# ${titleOf(entry)}`,
    code(`${method.toUpperCase()} ${path}`),
    operation.deprecated && "**Deprecated.**",
    operation.description,
    parameters.length > 0 && "## Parameters",
    table(
      ["Name", "In", "Type", "Description"],
      parameters.map(({ name, in: place, required, schema, description }) => [
        `${code(name)}${required ? " (required)" : ""}`,
        place,
        schema === undefined ? "" : typeOf(schema) + range(schema),
        description,
      ]),
    ),
    body && "## Request body",
    body?.description,
    body && list(Object.entries(body.content).map(mediaTypeLine)),
    body && exampleSections(document, body.content),
    operation.responses && "## Responses",
    ...responsesOf(document, operation.responses).map(({ status, response }) => {
      const headers = Object.entries(response.headers ?? {});
      return sections(
        `### ${status}`,
        response.description,
        list(Object.entries(response.content ?? {}).map(mediaTypeLine)),
        list(
          headers.map(([name, header]) =>
            joined(": ", `Header ${code(name)}`, deref<Header>(document, header).description),
          ),
        ),
        exampleSections(document, response.content ?? {}),
      );
    }),
    ...(operation["x-codeSamples"] ?? []).flatMap(({ lang, label, source }, index) => [
      index === 0 && "## Samples",
      `### ${label ?? lang}`,
      fenced(lang.toLowerCase(), source),
    ]),
  );
}

/** An example of more characters than this is left to the contract itself: it shows nothing that shorter ones do not. */
const LONGEST_EXAMPLE = 6000;

/** The examples of a body: JSON, or what goes over the wire. */
function exampleSections(document: Document, content: Record<string, MediaType>): string {
  return sections(
    ...Object.entries(content).flatMap(([type, { examples = {} }]) =>
      Object.entries(examples).map(([name, reference]) => {
        const { summary = name, description, value } = deref<Example>(document, reference);
        if (value === undefined) return "";
        const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
        if (text.length > LONGEST_EXAMPLE) return "";
        return sections(
          `*${summary}*, ${code(type)}:`,
          description,
          fenced(typeof value === "string" ? "text" : "json", text),
        );
      }),
    ),
  );
}

function mediaTypeLine([type, { schema }]: [string, MediaType]): string {
  if (schema === undefined) return code(type);
  const events = type === STREAM_TYPE && typeof schema === "object" && schema.contentSchema;
  const text = events ? `server-sent events, the data of each: ${typeOf(events)}` : typeOf(schema);
  return `${code(type)}: ${text}`;
}

function schemaBody(document: Document, schema: Schema): string {
  if (typeof schema === "boolean") return typeOf(schema);
  const rows = [...fields(document, schema)];
  return sections(
    schema.description,
    rows.length === 0 && `Type: ${typeOf(schema)}${range(schema)}`,
    table(["Field", "Type", "Description"], rows),
    valueTables(schema),
  );
}

/**
 * A row for each property, by its path: `choices[].delta`, `*` for any name. The properties of a schema that has a
 * name of its own are under that name.
 */
function* fields(document: Document, schema: Schema | undefined, path = ""): Generator<string[]> {
  if (typeof schema !== "object") return;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const place = path ? `${path}.${name}` : name;
    const label = `${code(place)}${schema.required?.includes(name) ? " (required)" : ""}`;
    yield [label, typeOf(property) + range(property), remarks(document, property)];
    yield* fields(document, property, place);
  }
  yield* fields(document, schema.items, `${path}[]`);
  yield* fields(document, schema["additionalProperties"] as Schema | undefined, `${path}.*`);
  for (const part of alternatives(schema)) yield* fields(document, part, path);
}

/** What is said of a property; of one that is a named schema and no more, how that begins. */
function remarks(document: Document, schema: Schema): string {
  if (typeof schema === "boolean") return "";
  const named = schema.$ref ? deref<SchemaObject>(document, schema as Reference).description : undefined;
  return joined(
    " ",
    schema.description ?? named?.trim().split(/\n\s*\n/)[0],
    schema.default === undefined ? "" : `Default: ${code(schema.default)}.`,
    ...valuesOf(schema).map(([value, meaning]) => `${code(value)}: ${meaning}`),
  );
}

/** What a schema accepts, in words and links: `string or null`, `array of [Tool](#tool)`. */
function typeOf(schema: Schema): string {
  if (typeof schema === "boolean") return schema ? "anything" : "nothing";
  if (schema.$ref) {
    const name = schema.$ref.split("/").at(-1) ?? "";
    return `[${name}](#${name.toLowerCase()})`;
  }
  if (schema.const !== undefined) return code(schema.const);
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

/** The limits of a schema's values, in brackets. */
function range(schema: Schema): string {
  if (typeof schema === "boolean") return "";
  const limits: [string, string][] = [
    ["minimum", "≥ "],
    ["exclusiveMinimum", "> "],
    ["maximum", "≤ "],
    ["exclusiveMaximum", "< "],
    ["minLength", "characters ≥ "],
    ["maxLength", "characters ≤ "],
    ["minItems", "items ≥ "],
    ["maxItems", "items ≤ "],
    ["maxProperties", "properties ≤ "],
    ["pattern", "pattern "],
  ];
  const found = limits.filter(([keyword]) => schema[keyword] !== undefined);
  return found.length === 0
    ? ""
    : ` (${found.map(([keyword, text]) => `${text}${code(schema[keyword] as Json)}`).join(", ")})`;
}

/** The values of an enumeration that are described, and how. */
function valuesOf(schema: SchemaObject): [string, string][] {
  return Object.entries((schema["x-enumDescriptions"] ?? {}) as Record<string, string>);
}

/** A table of an enumeration's values. */
function valueTable(schema: SchemaObject): string {
  return table(
    ["Value", "Description"],
    valuesOf(schema).map(([value, meaning]) => [code(value), meaning]),
  );
}

/** A table of an enumeration's values, and of those of its alternatives. */
function valueTables(schema: Schema): string {
  return typeof schema === "boolean"
    ? ""
    : sections(valueTable(schema), ...alternatives(schema).map(valueTables));
}

/** The schemas that a schema is combined of. */
function alternatives(schema: SchemaObject): Schema[] {
  return ["allOf", "anyOf", "oneOf"].flatMap((keyword) => (schema[keyword] ?? []) as Schema[]);
}

function code(value: Json): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

/** Text whose headings stand below those around it. */
function deeper(text: string, levels: number): string {
  return outsideCode(text, (prose) => prose.replace(/^#+ /gm, (mark) => "#".repeat(levels) + mark));
}

/** Code in a fence that is longer than any within it. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/^`+/gm)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

function list(lines: string[]): string {
  return lines.map((line) => `- ${line.trim().replaceAll("\n", "\n  ")}`).join("\n");
}

function table(head: string[], rows: (string | undefined)[][]): string {
  if (rows.length === 0) return "";
  const line = (cells: (string | undefined)[]) =>
    `| ${cells
      .map((cell) =>
        (cell ?? "")
          .trim()
          .replaceAll("|", "\\|")
          .replace(/\s*\n\s*/g, " "),
      )
      .join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function joined(separator: string, ...parts: (string | undefined)[]): string {
  return parts
    .filter(Boolean)
    .map((part) => part?.trim())
    .join(separator);
}

/** Blocks of Markdown, an empty line between them; what is empty or absent leaves no gap. */
function sections(...blocks: (string | false | undefined)[]): string {
  return blocks
    .filter(Boolean)
    .map((block) => String(block).trim())
    .join("\n\n");
}
