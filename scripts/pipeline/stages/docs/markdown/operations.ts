/** Operations as Markdown, for readers without JavaScript and for programs. */
import { responsesOf } from "../../../../document/examples.ts";
import type {
  Document,
  Example,
  Header,
  MediaType,
  OperationEntry,
  Parameter,
  RequestBody,
  Response,
  SchemaObject,
} from "../../../../document/model.ts";
import { deref } from "../../../../document/operations.ts";
import { choicesOf } from "../../../../document/response-choice.ts";
import { streamText } from "../../../../openai/published.ts";
import { isBinaryType, isJsonLines, STREAM_TYPE } from "../../../../shared/media-types.ts";
import { firstSamples } from "../samples/index.ts";
import { shortStream } from "../stream-example.ts";
import { choiceWords, pageWords, paginationOf, streamWords } from "../words.ts";
import { code, fenced, joined, list, sections, table } from "./blocks.ts";
import { errorTable } from "./errors.ts";
import {
  anchorOf,
  fields,
  fieldTable,
  limits,
  type NamedSchema,
  reachable,
  remarks,
  schemaSections,
  schemasOf,
  typeOf,
} from "./schemas.ts";

/** An operation that leads to more schemas than this leaves them to the whole reference: its page would be no shorter. */
const MOST_SCHEMAS = 200;

/**
 * One operation in one Markdown document, with every schema that it leads to: nothing else is needed to use it. The
 * order is that of a reader's questions: what it does, a sample, the request's fields, the answer, its fields, errors.
 *
 * @param reference the address of the whole reference, for an operation that leads to most of it
 */
export function markdownOperation(document: Document, entry: OperationEntry, reference: string): string {
  const schemas = reachable(document, entry);
  if (schemas.length > MOST_SCHEMAS) {
    const anchors = new Set(schemas.map(([name]) => anchorOf(name)));
    return operationSection(document, entry).replace(/\]\(#([^)]+)\)/g, (link, anchor: string) =>
      anchors.has(anchor) ? `](${reference}#${anchor})` : link,
    );
  }
  const main = new Set([...bodySchemas(document, entry), ...answerSchemas(document, entry)]);
  const others = schemas.filter(([name]) => !main.has(name));
  return sections(
    operationSection(document, entry, (names) =>
      schemaSections(
        document,
        schemasOf(document).filter(([name]) => names.includes(name)),
      ),
    ),
    others.length > 0 && "## Other schemas",
    schemaSections(document, others as NamedSchema[]),
    moreExamples(document, entry),
  );
}

export function titleOf({ path, method, operation }: OperationEntry): string {
  return operation.summary ?? operation.operationId ?? `${method.toUpperCase()} ${path}`;
}

/**
 * @param fieldsOf gives the fields of the schemas of the request's body and of the answer; without it the fields and
 *   the errors are elsewhere on the page
 */
export function operationSection(
  document: Document,
  entry: OperationEntry,
  fieldsOf?: (names: string[]) => string,
): string {
  const { path, method, operation, parameters } = entry;
  const body = operation.requestBody && deref<RequestBody>(document, operation.requestBody);
  const responses = responsesOf(document, operation.responses);
  const successes = responses.filter(({ status }) => isSuccess(status));
  const errors = responses.filter(({ status }) => !isSuccess(status));
  const pagination = paginationOf(entry);
  return sections(
    `# ${titleOf(entry)}`,
    code(`${method.toUpperCase()} ${path}`),
    operation.deprecated && "**Deprecated.**",
    operation.description,
    pagination && pageWords(pagination),
    ...firstSamples(document, entry).map(({ lang, source }) => fenced(lang.toLowerCase(), source)),
    parameters.length > 0 && "## Parameters",
    table(
      ["Name", "In", "Type", "Description"],
      parameters.flatMap((parameter) => parameterRows(document, parameter)),
    ),
    body && "## Request body",
    body && !(fieldsOf && isRepeated(document, body)) && body.description,
    body && list(Object.entries(body.content).map((one) => mediaTypeLine(one))),
    body && inlineFields(document, body.content),
    body && fieldsOf?.(bodySchemas(document, entry)),
    responses.length > 0 && "## Responses",
    ...successes.map(({ status, response }) =>
      sections(
        `### ${status}`,
        response.description,
        list(
          choicesOf(response).map((choice) =>
            joined(
              " ",
              mediaTypeLine([choice.mediaType, choice.media], choiceWords(choice)),
              streamWords(choice.media),
            ),
          ),
        ),
        inlineFields(document, response.content),
        ...Object.entries(response.content ?? {}).map(([type, media]) => firstExample(document, type, media)),
        headerTable(document, response),
      ),
    ),
    fieldsOf?.(answerSchemas(document, entry)),
    errors.length > 0 && "## Errors",
    fieldsOf
      ? errorTable(document, errors)
      : errors.map(({ status }) => `[${status}](#${status.toLowerCase()})`).join(", "),
  );
}

/** A row for a parameter, and one for each field of an object that has no name. */
function parameterRows(document: Document, { name, in: place, required, schema, description }: Parameter) {
  const own = [`${code(name)}${required ? " (required)" : ""}`, place];
  if (schema === undefined || typeof schema === "boolean") return [[...own, "", description]];
  const remark = remarks(document, { ...schema, ...(description && { description }) });
  const below = [...fields(document, schema, name)];
  return [
    [...own, typeOf(schema) + limits(schema), remark],
    ...below.map(([label, type, text]) => [label, place, type, text]),
  ];
}

/** The fields of bodies whose schemas have no names, and so no sections. */
function inlineFields(document: Document, content: Record<string, MediaType> = {}): string {
  return sections(
    ...Object.values(content).map(({ schema }) => {
      const inline = typeof schema === "object" ? (schema.contentSchema ?? schema) : undefined;
      return inline === undefined ? "" : fieldTable(document, inline);
    }),
  );
}

/** Whether the description of a body is how that of its schema begins, too. */
function isRepeated(document: Document, { description = "", content }: RequestBody): boolean {
  return Object.values(content).some(
    ({ schema }) =>
      typeof schema === "object" &&
      deref<SchemaObject>(document, schema as { $ref: string }).description?.startsWith(description.trim()),
  );
}

export function isSuccess(status: string): boolean {
  return /^[23]/.test(status);
}

/** The names of the component schemas that the request's body is described by. */
function bodySchemas(document: Document, { operation }: OperationEntry): string[] {
  const body = operation.requestBody && deref<RequestBody>(document, operation.requestBody);
  return namesIn(Object.values(body?.content ?? {}));
}

/** The names of the component schemas that the successful answers are described by. */
function answerSchemas(document: Document, { operation }: OperationEntry): string[] {
  return responsesOf(document, operation.responses)
    .filter(({ status }) => isSuccess(status))
    .flatMap(({ response }) => namesIn(Object.values(response.content ?? {})));
}

function namesIn(media: MediaType[]): string[] {
  return media.flatMap(({ schema }) => {
    const events = typeof schema === "object" ? schema.contentSchema : undefined;
    const reference = typeof events === "object" ? events.$ref : (schema as SchemaObject | undefined)?.$ref;
    const [, name] = /^#\/components\/schemas\/([^/]+)$/.exec(reference ?? "") ?? [];
    return name ? [name] : [];
  });
}

function headerTable(document: Document, { headers = {} }: Response): string {
  return table(
    ["Header", "Description"],
    Object.entries(headers).map(([name, header]) => [
      code(name),
      deref<Header>(document, header).description,
    ]),
  );
}

/** An example of more characters than this is left to the contract: it shows nothing that shorter ones do not. */
const LONGEST_EXAMPLE = 6000;

interface ShownExample {
  summary: string;
  description: string | undefined;
  language: "json" | "text";
  text: string;
}

/** The examples of one media type: JSON, or the text that goes over the wire. */
function examplesOf(document: Document, type: string, media: MediaType): ShownExample[] {
  return Object.entries(media.examples ?? {}).flatMap(([name, reference]) => {
    const { summary = name, description, value: stated } = deref<Example>(document, reference);
    const value = type === STREAM_TYPE && Array.isArray(stated) ? streamText(media, stated) : stated;
    if (value === undefined) return [];
    const isText = typeof value === "string";
    const text = isText
      ? type === STREAM_TYPE
        ? shortStream(value)
        : value
      : JSON.stringify(value, null, 2);
    if (text.length > LONGEST_EXAMPLE) return [];
    return [{ summary, description, language: isText ? "text" : "json", text }];
  });
}

function firstExample(document: Document, type: string, media: MediaType): string {
  const [example] = examplesOf(document, type, media);
  return example ? sections(`As ${code(type)}:`, fenced(example.language, example.text)) : "";
}

/** The request examples, and the answers beyond those shown unfolded. */
function moreExamples(document: Document, { operation }: OperationEntry): string {
  const body = operation.requestBody && deref<RequestBody>(document, operation.requestBody);
  const answers = responsesOf(document, operation.responses)
    .filter(({ status }) => isSuccess(status))
    .flatMap(({ response }) => Object.entries(response.content ?? {}))
    .filter(([type]) => type !== STREAM_TYPE)
    .flatMap(([type, media]) => examplesOf(document, type, media).slice(1));
  const requests = Object.entries(body?.content ?? {}).flatMap(([type, media]) =>
    examplesOf(document, type, media),
  );
  return sections(
    exampleList("## Example requests", requests),
    exampleList("## More example answers", answers),
  );
}

function exampleList(heading: string, examples: ShownExample[]): string {
  if (examples.length === 0) return "";
  return sections(
    heading,
    ...examples.map(({ summary, description, language, text }) =>
      sections(description, fenced(language, text, summary)),
    ),
  );
}

/** Each example of an error response, with its meaning. */
export function errorExamples(document: Document, { content = {} }: Response): string {
  return sections(
    ...Object.entries(content).flatMap(([type, media]) =>
      examplesOf(document, type, media).map(({ summary, description, language, text }) =>
        sections(joined(" ", `**${summary}.**`, description), fenced(language, text)),
      ),
    ),
  );
}

function mediaTypeLine([type, { schema }]: [string, MediaType], when = ""): string {
  if (schema === undefined) return joined(", ", code(type), when);
  const items = typeof schema === "object" ? schema.contentSchema : undefined;
  const isBytes = typeof schema === "object" && isBinaryType(type) && !schema.$ref;
  const kind = type === STREAM_TYPE ? "server-sent events, the data of each" : "JSON, a value a line, each";
  const isList = items !== undefined && (type === STREAM_TYPE || isJsonLines(type));
  const text = isList ? `${kind}: ${typeOf(items)}` : typeOf(schema);
  // That of a component schema stands in its section.
  const description = typeof schema === "object" && !schema.$ref ? schema.description : undefined;
  return joined(
    ". ",
    joined(", ", `${code(type)}: ${isBytes && !isList ? "bytes" : text}`, when),
    description?.trim().replace(/\s+/g, " "),
  );
}
