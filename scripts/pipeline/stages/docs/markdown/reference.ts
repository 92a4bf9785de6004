/** The whole contract in one Markdown document (GitHub's flavour), and its named values and errors in another. */
import { responsesOf } from "../../../../document/examples.ts";
import type { Document, OperationEntry, RequestBody, Schema } from "../../../../document/model.ts";
import { deref, operations } from "../../../../document/operations.ts";
import { deeper, joined, list, sections } from "./blocks.ts";
import { errorExamples, isSuccess, operationSection, titleOf } from "./operations.ts";
import { enumerations, type NamedSchema, schemaSections, schemasOf } from "./schemas.ts";

/** Introduction, operations by tag, and every schema. */
export function markdownReference(document: Document): string {
  const schemas = schemasOf(document);
  return sections(
    introduction(document),
    ...[...byTag(document)].flatMap(([tag, entries]) => [
      `## ${tag}`,
      document.tags?.find(({ name }) => name === tag)?.description,
      ...entries.map((entry) => deeper(operationSection(document, entry), 2)),
    ]),
    errorSections(document),
    schemas.length > 0 && "## Schemas",
    schemaSections(document, schemas),
  );
}

/**
 * Every value that the contract describes, and every error that it has an example of: what readers look for by the
 * word they met, wherever it belongs.
 *
 * @returns the empty text when there are neither
 */
export function markdownValues(document: Document): string {
  const values = [...schemasOf(document), ...inlineSchemas(document)].flatMap(([name, schema]) => [
    ...enumerations(schema, name),
  ]);
  return sections(
    errorSections(document),
    values.length > 0 && "## Values",
    ...values.map(([path, rows]) => sections(`### ${path}`, rows)),
  );
}

/** The schemas of parameters and bodies that are not components, each once, under the names of their operations. */
function inlineSchemas(document: Document): NamedSchema[] {
  const names = new Map<Schema, string>();
  for (const entry of operations(document)) {
    const { operation, parameters } = entry;
    const id = operation.operationId ?? titleOf(entry);
    const body = operation.requestBody && deref<RequestBody>(document, operation.requestBody);
    const contents = [body, ...responsesOf(document, operation.responses).map(({ response }) => response)];
    const parts: [string, Schema | undefined][] = [
      ...parameters.map(({ name, schema }): [string, Schema | undefined] => [`${id}.${name}`, schema]),
      ...contents
        .flatMap((part) => Object.values(part?.content ?? {}))
        .map(({ schema }): [string, Schema | undefined] => [id, schema]),
    ];
    for (const [name, schema] of parts)
      if (schema !== undefined && !names.has(schema)) names.set(schema, name);
  }
  return [...names].map(([schema, name]) => [name, schema]);
}

/** Each status that is an error, with what it means and its examples. */
function errorSections(document: Document): string {
  const errors = new Map<string, { meaning: string; examples: Set<string> }>();
  for (const { operation } of operations(document)) {
    for (const { status, response } of responsesOf(document, operation.responses)) {
      const examples = isSuccess(status) ? "" : errorExamples(document, response);
      if (!examples) continue;
      const error = errors.get(status) ?? { meaning: response.description, examples: new Set() };
      errors.set(status, error);
      error.examples.add(examples);
    }
  }
  return sections(
    errors.size > 0 && "## Errors",
    ...[...errors].map(([status, { meaning, examples }]) =>
      sections(`### ${status}`, meaning, ...uniqueBlocks(examples)),
    ),
  );
}

/** Operations share errors that differ in a word of their description: each JSON body stands once. */
function uniqueBlocks(examples: Iterable<string>): string[] {
  const seen = new Set<string>();
  return [...examples].filter((text) => {
    const body = /```[\s\S]*/.exec(text)?.[0] ?? text;
    return !seen.has(body) && seen.add(body);
  });
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

/** Operations by their first tag: the tags in the document's order, then those it does not list. */
function byTag(document: Document): Map<string, OperationEntry[]> {
  const groups = new Map<string, OperationEntry[]>((document.tags ?? []).map(({ name }) => [name, []]));
  for (const entry of operations(document)) {
    const tag = entry.operation.tags?.[0] ?? "Operations";
    groups.set(tag, [...(groups.get(tag) ?? []), entry]);
  }
  return groups;
}
