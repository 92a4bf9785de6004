/** One method of the generated client: its signatures, its comment, the call that it makes. */
import { errorClass } from "../../../client/errors.ts";
import { responsesOf } from "../../../document/examples.ts";
import type { Document, OperationEntry, RequestBody, Schema, SchemaObject } from "../../../document/model.ts";
import { deref } from "../../../document/operations.ts";
import { member, members, parts } from "../../../document/schemas.ts";
import { essence, isJson, JSON_TYPE, STREAM_TYPE } from "../../../shared/media-types.ts";
import { firstParagraphLine } from "../../../shared/text.ts";
import { comment, sentence } from "./comment.ts";
import { variable } from "./names.ts";
import { componentType, operationType, preferred } from "./type-names.ts";

const FORM = "multipart/form-data";
const URL_ENCODED = "application/x-www-form-urlencoded";

/** By OpenAI's convention: the member of a request's body that asks for a stream. */
const STREAM = "stream";
/** By OpenAI's convention: the member of an answer that says what went wrong, unless the answer declares it. */
const ERROR = "error";
/** By OpenAI's convention: the member of a chunk's items that is set once the answer is whole. */
const FINISH = "finish_reason";

/** What every method is generated from. */
export interface Source {
  document: Document;
  /** The component schemas that have a name of their own in the client. */
  exported: ReadonlyMap<string, SchemaObject>;
}

interface Argument {
  name: string;
  type: string;
  optional: boolean;
  description: string | undefined;
}

interface Answer {
  type: string;
  /** The media type; undefined where the answer has no content. */
  accept: string | undefined;
  /** It has an `error` member of its own. */
  error: boolean;
  /** Some declared success has no content, though another has. */
  optional: boolean;
  description: string | undefined;
  /** The type of a chunk, where the answer can be a stream; `finish`: see the runtime's `Call`. */
  stream: { chunk: string; finish: [list: string, member: string] | undefined } | undefined;
}

/** The code of the method that stands for an operation, indented as a class's member. */
export function method(source: Source, entry: OperationEntry, name: string): string {
  const path = pathArguments(source, entry);
  const body = bodyArgument(source, entry);
  const query = queryArgument(entry);
  const answer = answerOf(source, entry);
  const options: Argument = {
    name: "options",
    type: "RequestOptions",
    optional: true,
    description:
      "For this call alone: `signal`, `timeout`, `maxRetries`, `headers`, `extraBody`, `idempotencyKey`.",
  };
  const list = [...path.values(), body, query, options].filter((argument) => argument !== undefined);
  const doc = (streamed: string | undefined) => documentation(source, entry, list, answer, streamed);
  const signature = (returned: string, stream?: string) => {
    const typed = list.map((argument) =>
      argument === body && stream ? { ...argument, type: `${argument.type} & { ${stream} }` } : argument,
    );
    return `  ${name}(${parameterList(typed)}): APIPromise<${returned}>`;
  };

  const flag = body && flagOf(source, entry);
  const whole = answer.accept === STREAM_TYPE ? undefined : answer.type;
  const chunks = answer.stream && `Stream<${[answer.stream.chunk, ...(whole ? [whole] : [])].join(", ")}>`;
  const call = (accept: string | undefined) => ({
    path: path.size > 0 ? record(path) : undefined,
    query: query && "query",
    styles: queryStyles(source, entry),
    body: body && "body",
    type: body && bodyType(source, entry),
    accept,
    error: answer.error ? "true" : undefined,
    optional: answer.optional ? "true" : undefined,
    finish:
      answer.stream?.finish && `[${answer.stream.finish.map((part) => JSON.stringify(part)).join(", ")}]`,
  });
  const run = (accept: string | undefined) =>
    ` {\n    return this.#api.call("${entry.method}", ${JSON.stringify(entry.path)}, ${objectLiteral(call(accept))}, options);\n  }\n`;

  if (!chunks || !flag || answer.accept === STREAM_TYPE) {
    const accept = answer.accept === JSON_TYPE ? undefined : JSON.stringify(answer.accept ?? "");
    return (
      doc(undefined) + signature(answer.accept === STREAM_TYPE && chunks ? chunks : answer.type) + run(accept)
    );
  }
  const media = JSON.stringify(answer.accept ?? "");
  const off = flag.nullable ? "false | null" : "false";
  return [
    `${doc(undefined)}${signature(answer.type, `${STREAM}?: ${off}`)};\n`,
    `${doc("The answer comes as a stream of chunks.")}${signature(chunks, `${STREAM}: true`)};\n`,
    `${doc(`\`${STREAM}\` decides how the answer comes.`)}${signature(`${answer.type} | ${chunks}`)};\n`,
    // One of several forms of the body may not have the flag.
    signature(`${answer.type} | ${chunks}`, `${STREAM}?: unknown`) +
      run(`body${body.optional ? "?" : ""}.${STREAM} ? "${STREAM_TYPE}" : ${media}`),
  ].join("");
}

/** Path parameters in the order of the path, by name. */
function pathArguments({ exported }: Source, entry: OperationEntry): Map<string, Argument> {
  const taken = new Set(["body", "query", "options"]);
  const found = new Map<string, Argument>();
  for (const [, name = ""] of entry.path.matchAll(/\{([^{}]+)\}/g)) {
    const declared = entry.parameters.find((parameter) => parameter.in === "path" && parameter.name === name);
    const argument = variable(name, taken);
    taken.add(argument);
    const type =
      declared &&
      (componentType(declared.schema, exported) ?? operationType(entry, "parameters", "path", name));
    found.set(name, {
      name: argument,
      type: type ?? "string",
      optional: false,
      description: declared?.description,
    });
  }
  return found;
}

function bodyArgument(source: Source, entry: OperationEntry): Argument | undefined {
  const body = requestBody(source, entry);
  const chosen = body && preferred(body.content, URL_ENCODED, FORM);
  if (!chosen) return undefined;
  const [mediaType, media] = chosen;
  const kind = essence(mediaType);
  const inSchema = operationType(entry, "requestBody");
  const typed =
    componentType(media.schema, source.exported) ??
    `NonNullable<${inSchema}>["content"][${JSON.stringify(mediaType)}]`;
  const type =
    isJson(kind) || kind === URL_ENCODED ? typed : kind === FORM ? "FormData" : `RequestInit["body"]`;
  return { name: "body", type, optional: body.required !== true, description: body.description };
}

/** The body's media type where it is not JSON, as code. */
function bodyType(source: Source, entry: OperationEntry): string | undefined {
  const [mediaType] = preferred(requestBody(source, entry)?.content, URL_ENCODED, FORM) ?? [];
  return mediaType === undefined || essence(mediaType) === JSON_TYPE
    ? undefined
    : JSON.stringify(essence(mediaType));
}

function queryArgument(entry: OperationEntry): Argument | undefined {
  const declared = entry.parameters.filter((parameter) => parameter.in === "query");
  if (declared.length === 0) return undefined;
  const optional = !declared.some(({ required }) => required);
  const type = operationType(entry, "parameters", "query");
  const names = declared.map(({ name }) => `\`${name}\``).join(", ");
  return { name: "query", type: optional ? `NonNullable<${type}>` : type, optional, description: names };
}

type Styled = OperationEntry["parameters"][number] & { style?: string; explode?: boolean };

/** The query parameters that openapi-fetch would not write as the document says, as code. */
function queryStyles({ document }: Source, { parameters }: OperationEntry): string | undefined {
  const entries = parameters.flatMap((parameter) => {
    const { style = "form", explode = style === "form" }: Styled = parameter;
    const types = [...parts(document, parameter.schema)].flatMap(({ type }) => type ?? []);
    const usual =
      (!types.includes("array") || (style === "form" && explode)) &&
      (!types.includes("object") || (style === "deepObject" && explode));
    return parameter.in !== "query" || usual
      ? []
      : [`${JSON.stringify(parameter.name)}: { style: ${JSON.stringify(style)}, explode: ${explode} }`];
  });
  return entries.length > 0 ? `{ ${entries.join(", ")} }` : undefined;
}

/** The boolean member of the body that asks for a stream. */
function flagOf(source: Source, entry: OperationEntry): { nullable: boolean } | undefined {
  const [, media] = preferred(requestBody(source, entry)?.content) ?? [];
  const flag = member(source.document, media?.schema, STREAM);
  const types = [...parts(source.document, flag)].flatMap(({ type }) => type ?? []);
  return types.includes("boolean") ? { nullable: types.includes("null") } : undefined;
}

function answerOf({ document, exported }: Source, entry: OperationEntry): Answer {
  const responses = responsesOf(document, entry.operation.responses);
  const declared = responses.filter(({ status }) => /^2/.test(status));
  // Where no success is declared, `default` is what describes it.
  const successes = declared.length > 0 ? declared : responses.filter(({ status }) => status === "default");
  const withContent = successes.filter(({ response }) => Object.keys(response.content ?? {}).length > 0);
  const [first] = withContent;
  const description = (first ?? successes[0])?.response.description;
  if (!first)
    return {
      type: "undefined",
      accept: undefined,
      error: false,
      optional: false,
      description,
      stream: undefined,
    };
  const accept = essence(preferred(first.response.content, STREAM_TYPE)?.[0] ?? "");
  const types = withContent.flatMap(({ status, response }) =>
    Object.entries(response.content ?? {}).flatMap(([mediaType, media]) => {
      if (essence(mediaType) !== accept) return [];
      if (!isJson(accept)) return [accept.startsWith("text/") ? "string" : "Blob"];
      const key = /^\d+$/.test(status) ? Number(status) : status;
      return [
        componentType(media.schema, exported) ?? operationType(entry, "responses", key, "content", mediaType),
      ];
    }),
  );
  const optional = withContent.length < successes.length;
  if (optional) types.push("undefined");
  const events = first.response.content?.[STREAM_TYPE];
  return {
    type: [...new Set(types)].join(" | "),
    accept,
    error: withContent.some(({ response }) =>
      Object.entries(response.content ?? {}).some(
        ([mediaType, { schema }]) => isJson(mediaType) && member(document, schema, ERROR),
      ),
    ),
    optional,
    description,
    stream: events && streamOf(document, exported, chunkSchema(events.schema)),
  };
}

/** A stream is text, in whose schema `contentSchema` describes the chunks; some documents put the chunk there. */
function chunkSchema(schema: Schema | undefined): Schema | undefined {
  if (typeof schema !== "object") return undefined;
  return schema.contentSchema ?? (schema.type === "string" ? undefined : schema);
}

function streamOf(
  document: Document,
  exported: Source["exported"],
  chunk: Schema | undefined,
): Answer["stream"] {
  const list = members(document, chunk).find(([, { items }]) => member(document, items, FINISH));
  return { chunk: componentType(chunk, exported) ?? "unknown", finish: list && [list[0], FINISH] };
}

/**
 * @param streamed for the signatures after the first: what they are for, in place of what the document says at
 *   length
 */
function documentation(
  { document }: Source,
  { operation, method, path }: OperationEntry,
  list: Argument[],
  answer: Answer,
  streamed: string | undefined,
): string {
  const errors = responsesOf(document, operation.responses).filter(({ status }) => !/^[123]/.test(status));
  return comment(
    "  ",
    [sentence(operation.summary) ?? `\`${method.toUpperCase()} ${path}\``, streamed ?? operation.description],
    [
      ...list.map((argument): [string, string | undefined] => [
        `param ${argument.name}`,
        argument.description,
      ]),
      ["returns", answer.description],
      ...(streamed ? [] : errors).map(({ status, response }): [string, string | undefined] => {
        const known = /^\d+$/.test(status);
        const Class = known ? errorClass(Number(status)) : errorClass(0);
        return [
          `throws {${Class.name}}`,
          `${known ? `${status}: ` : ""}${firstParagraphLine(response.description)}`,
        ];
      }),
      ["deprecated", operation.deprecated ? "The service may drop it." : undefined],
    ],
  );
}

function requestBody({ document }: Source, { operation }: OperationEntry): RequestBody | undefined {
  return operation.requestBody && deref(document, operation.requestBody);
}

/** Only the last arguments can be left out: an optional one before a required one is passed as `undefined`. */
function parameterList(list: Argument[]): string {
  return list
    .map(({ name, type, optional }, index) => {
      if (!optional) return `${name}: ${type}`;
      const last = list.slice(index + 1).every((later) => later.optional);
      return last ? `${name}?: ${type}` : `${name}: ${type} | undefined`;
    })
    .join(", ");
}

function record(list: Map<string, Argument>): string {
  const entries = [...list].map(([name, argument]) =>
    name === argument.name ? name : `${JSON.stringify(name)}: ${argument.name}`,
  );
  return `{ ${entries.join(", ")} }`;
}

function objectLiteral(members: Record<string, string | undefined>): string {
  const entries = Object.entries(members).flatMap(([name, value]) =>
    value === undefined ? [] : [name === value ? name : `${name}: ${value}`],
  );
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}
