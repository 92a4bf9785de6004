/** The methods of the generated client that stand for one operation: their signatures, comments and calls. */
import { errorClass } from "../../../client/errors.ts";
import { responsesOf } from "../../../document/examples.ts";
import type { OperationEntry } from "../../../document/model.ts";
import { paginationOf } from "../../../document/pagination.ts";
import { isJson, JSON_TYPE, STREAM_TYPE } from "../../../shared/media-types.ts";
import { firstParagraphLine } from "../../../shared/text.ts";
import { type Answer, acceptedTypes, answerOf, otherTypes, type Source } from "./answer-types.ts";
import {
  type Argument,
  bodyArgument,
  bodyType,
  bodyWriter,
  changed,
  cookiesArgument,
  headersArgument,
  parameterList,
  pathArguments,
  queryArgument,
} from "./arguments.ts";
import { acceptCode, type Choices, choicesFor, isStreamFlag, streamingBody } from "./choices.ts";
import { comment, sentence } from "./comment.ts";
import { itemType } from "./items.ts";
import { objectLiteral } from "./names.ts";
import { operationAuth, serverURL } from "./service.ts";
import { head, type Signature, UNSEEN } from "./signature.ts";
import { allHeaders, pathSerializer, querySerializer, splitPath } from "./writing.ts";

/** What the methods of one operation have in common. */
interface Operation {
  source: Source;
  entry: OperationEntry;
  list: Argument[];
  answer: Answer;
  /** What the body can ask for. */
  choices: Choices | undefined;
  /** Media types that may come in place of those; see the runtime's `Call`. */
  others: string[];
  /** The members of the runtime's `Call`, as code. */
  call: Record<string, string | undefined>;
}

/**
 * The methods that stand for an operation, each by its signatures, indented as a class's members.
 *
 * @param name of the method
 * @param streamName of the method that returns a stream at once; undefined if its name is taken
 */
export function methods(
  source: Source,
  entry: OperationEntry,
  name: string,
  streamName: string | undefined,
): Signature[][] {
  const path = pathArguments(source, entry);
  const body = bodyArgument(source, entry);
  const query = queryArgument(source, entry);
  const headers = headersArgument(source, entry);
  const cookies = cookiesArgument(entry);
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
  const choices = choicesFor(source, entry, answer, body);
  const asked = [answer.accept ?? "", ...(choices?.list.map(({ accept }) => accept) ?? [])];
  const others = otherTypes(answer, asked);
  const operation: Operation = {
    ...{ source, entry, answer, choices, others },
    list: [...path.values(), body, query, headers, cookies, options].filter(
      (argument) => argument !== undefined,
    ),
    call: {
      path: path.size > 0 ? record(path) : undefined,
      query: query && "query",
      headers: allHeaders(entry, { headers: headers !== undefined, cookies: cookies !== undefined }),
      body: body && "body",
      init: serializers({
        pathSerializer: path.size > 0 ? pathSerializer(entry) : undefined,
        querySerializer: querySerializer(source.document, entry),
        bodySerializer: body && bodyWriter(source, entry),
      }),
      server: server && JSON.stringify(server),
      auth: security?.length === 0 ? "undefined" : operationAuth(source.document, entry),
      type: body && bodyType(source, entry),
      accept: undefined,
      error: answer.error ? "true" : undefined,
      optional: answer.optional ? "true" : undefined,
      others: others.length > 0 ? strings(others) : undefined,
      read: reader(answer, others, asked),
      expects: answer.expects.length > 0 ? strings(answer.expects) : undefined,
      stream: stream?.className,
      finish: stream?.finish && strings(stream.finish),
    },
  };
  return [
    plainMethod(operation, name),
    ...(stream && streamName ? [[streamMethod(operation, streamName)]] : []),
  ];
}

/** The serializers that an operation needs, as code; undefined where it needs none. */
function serializers(found: Record<string, string | undefined>): string | undefined {
  return Object.values(found).some(Boolean) ? objectLiteral(found) : undefined;
}

/** The name of the method that returns a stream: `stream` beside `create`, `translateStream` beside `translate`. */
export function streamMethodName(name: string): string {
  return name === "create" ? "stream" : `${name}Stream`;
}

/** The aliases of these types, for the operations that use them: `Body & { stream: true }`, by the alias's name. */
export function bodyVariants(source: Source, entries: OperationEntry[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of entries) {
    const choices = choicesFor(source, entry, answerOf(source, entry), bodyArgument(source, entry));
    if (choices?.variants) for (const [name, type] of choices.variants) found.set(name, type);
  }
  return found;
}

/** The method that returns what the call answers. Where the body decides which, it has a signature for each case. */
function plainMethod(operation: Operation, name: string): Signature[] {
  const { answer, choices, list, call, others } = operation;
  const usual = [
    answer.accept === STREAM_TYPE && answer.stream ? answer.stream.type : answer.type,
    ...others.map((type) =>
      type === STREAM_TYPE && answer.stream ? answer.stream.type : answer.typeFor(type),
    ),
  ];
  if (!choices) {
    const accept = answer.accept === JSON_TYPE ? undefined : JSON.stringify(answer.accept ?? "");
    return (
      pagesMethod(operation, name) ??
      acceptMethod(operation, name, usual) ?? [
        {
          ...documentation(operation),
          head: head(name, list, usual),
          body: run(operation, "call", { ...call, accept }),
        },
      ]
    );
  }
  const { argument } = choices;
  const withBody = (returned: readonly string[], type: string) =>
    head(name, changed(list, argument, { type }), returned);
  const any = [...usual, ...choices.list.map(({ type }) => type)];
  const isFlag = isStreamFlag(choices.list);
  const whole = { ...documentation(operation), head: withBody(usual, choices.off) };
  const asked = choices.list.map(({ member, values, type, body }) => {
    const told = isFlag ? "The answer comes as a stream of chunks." : askedText(member, values);
    return { ...documentation(operation, told), head: withBody([type], body) };
  });
  const [choice] = choices.list;
  const decides = `\`${choice?.member}\` decides how the answer comes.`;
  const members = [...new Set(choices.list.map(({ member }) => `${member}?: unknown`))].join("; ");
  return [
    ...(isFlag ? [whole, ...asked] : [...asked, whole]),
    { ...documentation(operation, decides), head: withBody(any, choices.any) },
    {
      ...UNSEEN,
      // One of several forms of the body may not have the member.
      head: withBody(any, `${argument.type} & { ${members} }`),
      body: run(operation, "call", { ...call, accept: acceptCode(choices, answer.accept ?? "") }),
    },
  ];
}

/** The method of an operation whose answer `Accept` chooses, which the option `accept` sets; undefined for any other. */
function acceptMethod(operation: Operation, name: string, usual: string[]): Signature[] | undefined {
  const { answer, list, call, others } = operation;
  const types = acceptedTypes(answer, others);
  if (types.length === 0) return undefined;
  const options = list.find((argument) => argument.name === "options");
  const withOptions = (returned: readonly string[], type: string, optional: boolean) =>
    head(name, changed(list, options, { type, optional }), returned);
  const asked = types.map((type) => {
    const accept = `accept: ${JSON.stringify(type)}`;
    const told = documentation(operation, `With \`${accept}\`.`);
    return { ...told, head: withOptions([answer.typeFor(type)], `RequestOptions & { ${accept} }`, false) };
  });
  const any = [...usual, ...types.map(answer.typeFor)];
  const accept = `options?.accept ?? ${JSON.stringify(answer.accept)}`;
  return [
    ...asked,
    { ...documentation(operation), head: withOptions(usual, "RequestOptions", true) },
    {
      ...UNSEEN,
      head: withOptions(any, "RequestOptions & { accept?: string }", true),
      body: run(operation, "call", { ...call, accept, read: "readOther" }),
    },
  ];
}

/** Whether an answer of this type is neither JSON nor a stream. */
function isOther(type: string): boolean {
  return !isJson(type) && type !== STREAM_TYPE;
}

/** What reads an answer that may be something else than JSON or events. */
function reader({ lines, optional }: Answer, others: string[], asked: string[]): string | undefined {
  if (lines && others.length === 0 && asked.length === 1) return "readLines";
  return others.length > 0 || optional || asked.some(isOther) ? "readOther" : undefined;
}

function askedText(member: string, values: readonly unknown[]): string {
  return `With ${values.map((value) => `\`${member}: ${JSON.stringify(value)}\``).join(" or ")}.`;
}

/** The method of an operation that gives a list page by page; undefined for any other. */
function pagesMethod(operation: Operation, name: string): Signature[] | undefined {
  const { source, entry, answer, list, call } = operation;
  const pagination = paginationOf(entry);
  if (!pagination || answer.accept !== JSON_TYPE) return undefined;
  const types = `${answer.type}, ${itemType(source, entry, answer, pagination)}`;
  const args = `"${entry.method}", ${JSON.stringify(splitPath(entry.path).path)}, ${objectLiteral(call)}, options`;
  return [
    {
      ...documentation(operation),
      head: `  ${name}(${parameterList(list)}): PagePromise<${types}>`,
      body: ` {\n    return listPages(this.#api, ${args}, ${JSON.stringify(pagination)});\n  }\n`,
    },
  ];
}

/** The method that returns a stream at once, which puts the answer together as it comes. */
function streamMethod(operation: Operation, name: string): Signature {
  const { answer, choices, list, call } = operation;
  const typed = choices ? changed(list, choices.argument, { type: choices.any }) : list;
  const body = choices ? streamingBody(choices) : call["body"];
  const told =
    "The answer comes as a stream, which puts it together: listen to it, iterate it, or ask it for the complete answer.";
  const accept = JSON.stringify(STREAM_TYPE);
  return {
    ...documentation(operation, told),
    head: `  ${name}(${parameterList(typed)}): ${answer.stream?.type}`,
    body: run(operation, "stream", { ...call, others: undefined, read: undefined, body, accept }),
  };
}

function run({ entry }: Operation, how: "call" | "stream", call: Operation["call"]): string {
  return ` {\n    return this.#api.${how}("${entry.method}", ${JSON.stringify(splitPath(entry.path).path)}, ${objectLiteral(call)}, options);\n  }\n`;
}

/**
 * @param streamed for the signatures after the first: what they are for, in place of what the document says at
 *   length
 */
function documentation(
  { source, entry, list, answer }: Operation,
  streamed?: string,
): Pick<Signature, "comment" | "summary"> {
  const { document } = source;
  const { operation, method, path } = entry;
  const errors = responsesOf(document, operation.responses).filter(({ status }) => !/^[123]/.test(status));
  const summary = sentence(operation.summary) ?? `\`${method.toUpperCase()} ${path}\``;
  const text = comment(
    "  ",
    [summary, streamed ?? operation.description],
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
  return { comment: text, summary };
}

function record(list: Map<string, Argument>): string {
  const entries = [...list].map(([name, argument]) =>
    name === argument.name ? name : `${JSON.stringify(name)}: ${argument.name}`,
  );
  return `{ ${entries.join(", ")} }`;
}

function strings(list: readonly string[]): string {
  return `[${list.map((text) => JSON.stringify(text)).join(", ")}]`;
}
