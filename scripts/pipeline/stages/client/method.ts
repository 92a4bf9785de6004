/** The methods of the generated client that stand for one operation: their signatures, comments and calls. */
import { errorClass } from "../../../client/errors.ts";
import { responsesOf } from "../../../document/examples.ts";
import type { OperationEntry, Schema } from "../../../document/model.ts";
import { member, parts } from "../../../document/schemas.ts";
import { JSON_TYPE, STREAM_TYPE } from "../../../shared/media-types.ts";
import { firstParagraphLine } from "../../../shared/text.ts";
import { type Answer, answerOf, type Source } from "./answer.ts";
import {
  type Argument,
  bodyArgument,
  bodyType,
  bodyWriter,
  headersArgument,
  isForm,
  pathArguments,
  queryArgument,
  requestBody,
} from "./arguments.ts";
import { comment, sentence } from "./comment.ts";
import { serverURL } from "./service.ts";
import { preferred } from "./type-names.ts";
import { headers as headersCode, pathSerializer, querySerializer, splitPath } from "./writing.ts";

/** By OpenAI's convention: the member of a request's body that asks for a stream. */
const STREAM = "stream";

/** A request's body that can ask for a stream, and the types of the bodies that do and do not. */
interface Flag {
  argument: Argument;
  off: string;
  on: string;
  /** The body, for a call with or without a stream. It is named by its variants, so that type errors show their names. */
  any: string;
}

/** What the methods of one operation have in common. */
interface Operation {
  source: Source;
  entry: OperationEntry;
  list: Argument[];
  answer: Answer;
  flag: Flag | undefined;
  /** The members of the runtime's `Call`, as code. */
  call: Record<string, string | undefined>;
}

/**
 * The code of the methods that stand for an operation, indented as a class's members.
 *
 * @param name of the method
 * @param streamName of the method that returns a stream at once; undefined if its name is taken
 */
export function methods(
  source: Source,
  entry: OperationEntry,
  name: string,
  streamName: string | undefined,
): string {
  const path = pathArguments(source, entry);
  const body = bodyArgument(source, entry);
  const query = queryArgument(entry);
  const headers = headersArgument(entry);
  // Those of the document are the base URL of every call.
  const server = entry.servers === source.document.servers ? undefined : serverURL(entry.servers);
  const { security } = entry.operation;
  const answer = answerOf(source, entry);
  const options: Argument = {
    name: "options",
    type: "RequestOptions",
    optional: true,
    description:
      "For this call alone: `signal`, `timeout`, `maxRetries`, `headers`, `extraBody`, `idempotencyKey`.",
  };
  const { stream } = answer;
  const operation: Operation = {
    ...{ source, entry, answer },
    list: [...path.values(), body, query, headers, options].filter((argument) => argument !== undefined),
    flag: stream && body && flagOf(source, entry, body),
    call: {
      path: path.size > 0 ? record(path) : undefined,
      query: query && "query",
      headers: headers && headersCode(entry),
      body: body && "body",
      pathSerializer: path.size > 0 ? pathSerializer(entry) : undefined,
      querySerializer: querySerializer(source.document, entry),
      bodySerializer: bodyWriter(source, entry),
      server: server && JSON.stringify(server),
      open: security?.length === 0 ? "true" : undefined,
      type: body && bodyType(source, entry),
      accept: undefined,
      error: answer.error ? "true" : undefined,
      optional: answer.optional ? "true" : undefined,
      bytes: answer.bytes && JSON.stringify(answer.bytes),
      expects: answer.expects.length > 0 ? strings(answer.expects) : undefined,
      stream: stream?.className,
      finish: stream?.finish && strings(stream.finish),
    },
  };
  return (
    plainMethod(operation, name) + (stream && streamName ? `\n${streamMethod(operation, streamName)}` : "")
  );
}

/** The name of the method that returns a stream: `stream` beside `create`, `translateStream` beside `translate`. */
export function streamMethodName(name: string): string {
  return name === "create" ? STREAM : `${name}Stream`;
}

/** The names of the types of bodies that ask for a whole answer and for a stream, as the `openai` package has them. */
function variantNames(component: string): { off: string; on: string } {
  return { off: `${component}NonStreaming`, on: `${component}Streaming` };
}

/** The aliases of these types, for the operations that use them: `Body & { stream: true }`, by the alias's name. */
export function bodyVariants(source: Source, entries: OperationEntry[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of entries) {
    const body = bodyArgument(source, entry);
    const flag = answerOf(source, entry).stream && body && flagOf(source, entry, body);
    if (!flag || !source.exported.has(flag.argument.type)) continue;
    const { off, on } = variantTypes(source, entry, flag.argument);
    found.set(flag.off, off).set(flag.on, on);
  }
  return new Map([...found].filter(([name, type]) => name !== type));
}

/** The method that returns what the call answers. Where a body may ask for a stream, it has a signature for each case. */
function plainMethod(operation: Operation, name: string): string {
  const { answer, flag, list, call } = operation;
  const { stream } = answer;
  const doc = (streamed?: string) => documentation(operation, streamed);
  const signature = (returned: string, bodyType?: string) => {
    const typed = list.map((argument) =>
      argument === flag?.argument && bodyType ? { ...argument, type: bodyType } : argument,
    );
    return `  ${name}(${parameterList(typed)}): APIPromise<${returned}>`;
  };
  const streamed = answer.accept === STREAM_TYPE;
  if (!stream || !flag || streamed) {
    const accept = answer.accept === JSON_TYPE ? undefined : JSON.stringify(answer.accept ?? "");
    return (
      doc() +
      signature(streamed && stream ? stream.type + (answer.bytes ? " | Blob" : "") : answer.type) +
      run(operation, "call", { ...call, accept })
    );
  }
  const { argument } = flag;
  const asks = isForm(operation.source, operation.entry)
    ? "asksForStream(body)"
    : `body${argument.optional ? "?" : ""}.${STREAM}`;
  const accept = `${asks} ? "${STREAM_TYPE}" : ${JSON.stringify(answer.accept ?? "")}`;
  return [
    `${doc()}${signature(answer.type, flag.off)};\n`,
    `${doc("The answer comes as a stream of chunks.")}${signature(stream.type, flag.on)};\n`,
    `${doc(`\`${STREAM}\` decides how the answer comes.`)}${signature(`${answer.type} | ${stream.type}`, flag.any)};\n`,
    // One of several forms of the body may not have the flag.
    signature(`${answer.type} | ${stream.type}`, `${argument.type} & { ${STREAM}?: unknown }`) +
      run(operation, "call", { ...call, accept }),
  ].join("");
}

/** The method that returns a stream at once, which puts the answer together as it comes. */
function streamMethod(operation: Operation, name: string): string {
  const { answer, flag, list, call } = operation;
  const typed = list.map((argument) =>
    argument === flag?.argument ? { ...argument, type: flag.any } : argument,
  );
  const form = isForm(operation.source, operation.entry);
  const body = flag ? (form ? "withStream(body)" : `{ ...body, ${STREAM}: true }`) : call["body"];
  return (
    documentation(
      operation,
      "The answer comes as a stream, which puts it together: listen to it, iterate it, or ask it for the complete answer.",
    ) +
    `  ${name}(${parameterList(typed)}): ${answer.stream?.type}` +
    run(operation, "stream", { ...call, body, accept: JSON.stringify(STREAM_TYPE) })
  );
}

function run({ entry }: Operation, how: "call" | "stream", call: Operation["call"]): string {
  return ` {\n    return this.#api.${how}("${entry.method}", ${JSON.stringify(splitPath(entry.path).path)}, ${objectLiteral(call)}, options);\n  }\n`;
}

/** The boolean member of the body that asks for a stream, if it has one. */
function flagOf(source: Source, entry: OperationEntry, argument: Argument): Flag | undefined {
  const [, media] = preferred(requestBody(source, entry)?.content) ?? [];
  if (!flagTypes(source, media?.schema).includes("boolean")) return undefined;
  const variants = variantTypes(source, entry, argument);
  const names = variantNames(argument.type);
  const named =
    source.exported.has(argument.type) && !source.taken.has(names.off) && !source.taken.has(names.on);
  return named
    ? { argument, ...names, any: `${names.off} | ${names.on}` }
    : { argument, ...variants, any: argument.type };
}

function variantTypes(
  source: Source,
  entry: OperationEntry,
  { type }: Argument,
): { off: string; on: string } {
  const [, media] = preferred(requestBody(source, entry)?.content) ?? [];
  const off = flagTypes(source, media?.schema).includes("null") ? "false | null" : "false";
  // What a `FormData` asks for, no type can tell.
  const typed = type.replace(/^FormData \| /, "");
  return { off: `${typed} & { ${STREAM}?: ${off} }`, on: `${typed} & { ${STREAM}: true }` };
}

function flagTypes({ document }: Source, schema: Schema | undefined): string[] {
  return [...parts(document, member(document, schema, STREAM))].flatMap(({ type }) => type ?? []);
}

/**
 * @param streamed for the signatures after the first: what they are for, in place of what the document says at
 *   length
 */
function documentation({ source, entry, list, answer }: Operation, streamed: string | undefined): string {
  const { document } = source;
  const { operation, method, path } = entry;
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

/** Members as the code of an object; those without a value are left out. */
export function objectLiteral(members: Record<string, string | undefined>): string {
  const entries = Object.entries(members).flatMap(([name, value]) =>
    value === undefined ? [] : [name === value ? name : `${name}: ${value}`],
  );
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

function strings(list: readonly string[]): string {
  return `[${list.map((text) => JSON.stringify(text)).join(", ")}]`;
}
