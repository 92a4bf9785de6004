/** What an operation answers, as types and as the runtime reads it. */
import { responsesOf } from "../../../document/examples.ts";
import type {
  Document,
  MediaType,
  OperationEntry,
  Response,
  Schema,
  SchemaObject,
} from "../../../document/model.ts";
import { choicesOf } from "../../../document/response-choice.ts";
import { member, members, parts, schemasAt } from "../../../document/schemas.ts";
import { type StreamProtocol, streamProtocol } from "../../../document/stream-shape.ts";
import { isChatStream } from "../../../openai/detect.ts";
import {
  essence,
  isBinaryType,
  isJson,
  isJsonLines,
  isTextType,
  STREAM_TYPE,
} from "../../../shared/media-types.ts";
import { parsePointer } from "../../../shared/pointer.ts";
import { componentType, operationType, preferred } from "./type-names.ts";

/** By OpenAI's convention: the member of an answer that says what went wrong, unless the answer declares it. */
const ERROR = "error";
/** By OpenAI's convention: the member of a chunk's items that is set once the answer is complete. */
const FINISH = "finish_reason";

/** What every method is generated from. */
export interface Source {
  document: Document;
  /** The component schemas that the client exports under their names. */
  exported: ReadonlyMap<string, SchemaObject>;
  /** Names that mean something else in the client, or a component. */
  taken: Set<string>;
  /** The types of queries and of headers that methods take, by the names that they are exported under. */
  parameters: Map<string, string>;
}

/** What an operation answers. */
export interface Answer {
  type: string;
  /** The media type; undefined where the answer has no content. */
  accept: string | undefined;
  /** The answer declares an `error` member. */
  error: boolean;
  /** Some declared success has no content, though another has. */
  optional: boolean;
  /** The response that is described; undefined where the answer has no content. */
  response: Response | undefined;
  /** The type of an answer of another media type of that response. */
  typeFor(mediaType: string): string;
  description: string | undefined;
  /** Members of which a real answer has at least one; empty if nothing is known. */
  expects: string[];
  /** Whether the answer comes as JSON lines. */
  lines: boolean;
  /** Where the answer can be a stream. */
  stream: StreamAnswer | undefined;
}

interface StreamAnswer {
  className: string;
  type: string;
  /** See the runtime's `Call`. */
  finish: [list: string, member: string] | undefined;
  /** How events are read that the contract describes by `x-stream`. */
  protocol: StreamProtocol | undefined;
}

/** What the first success of an operation answers. */
export function answerOf(source: Source, entry: OperationEntry): Answer {
  const { document, exported } = source;
  const responses = responsesOf(document, entry.operation.responses);
  const declared = responses.filter(({ status }) => /^2/.test(status));
  // Where no success is declared, `default` is what describes it.
  const successes = declared.length > 0 ? declared : responses.filter(({ status }) => status === "default");
  // Answers to HEAD, and those with these statuses, have no body, whatever is declared (RFC 9110, 9.3.2, 15.3.5, 15.3.6).
  const withContent = successes.filter(
    ({ status, response }) =>
      entry.method !== "head" && !/^20[45]$/.test(status) && Object.keys(response.content ?? {}).length > 0,
  );
  const [first] = withContent;
  const description = (first ?? successes[0])?.response.description;
  if (!first)
    return {
      type: "undefined",
      accept: undefined,
      error: false,
      optional: false,
      response: undefined,
      typeFor: () => "undefined",
      description,
      expects: [],
      lines: false,
      stream: undefined,
    };
  const choices = choicesOf(first.response);
  // What a request has to ask for is not the usual answer.
  const usual = choices.filter(({ when }) => when === undefined);
  const open = (usual.length > 0 ? usual : choices).map(
    ({ mediaType, media }) => [mediaType, media] as const,
  );
  const [mediaType = "", media] = preferred(Object.fromEntries(open), STREAM_TYPE) ?? [];
  const accept = essence(mediaType);
  const written = (name: string, status: string) =>
    operationType(entry, "responses", /^\d+$/.test(status) ? Number(status) : status, "content", name);
  /** The type of one event of a stream, or of one of the values in JSON lines. */
  const chunkTypeFor = (name: string, { schema }: MediaType, status: string): string => {
    const chunk = chunkSchema(schema);
    const own = written(name, status);
    const inline = typeof chunk === "object" && chunk.type === "array" ? `${own}[number]` : own;
    return componentType(chunk, exported) ?? (chunk === schema ? inline : "unknown");
  };
  const typeFor = (name: string, media: MediaType, status: string): string => {
    if (comesInLines(name, media)) return `AsyncIterable<${chunkTypeFor(name, media, status)}>`;
    if (!isJson(name)) return isTextType(name) ? "string" : "Blob";
    return componentType(media.schema, exported) ?? written(name, status);
  };
  const types = withContent.flatMap(({ status, response }) =>
    Object.entries(response.content ?? {}).flatMap(([name, media]) =>
      essence(name) === accept ? [typeFor(name, media, status)] : [],
    ),
  );
  const optional = withContent.length < successes.length;
  if (optional) types.push("undefined");
  const content = Object.entries(first.response.content ?? {});
  const [streamType = "", events] = content.find(([name]) => essence(name) === STREAM_TYPE) ?? [];
  const json = content
    .filter(([name]) => isJson(name))
    .map(([name, media]) => typeFor(name, media, first.status));
  return {
    type: [...new Set(types)].join(" | "),
    accept,
    error: withContent.some(({ response }) =>
      Object.entries(response.content ?? {}).some(
        ([name, { schema }]) => isJson(name) && member(document, schema, ERROR),
      ),
    ),
    optional,
    response: first.response,
    typeFor: (name) => typeFor(name, first.response.content?.[name] ?? {}, first.status),
    description,
    expects: isJson(accept) ? expectedMembers(document, media?.schema) : [],
    lines: media !== undefined && comesInLines(accept, media),
    stream:
      events &&
      streamOf(source, events, {
        chunkType: chunkTypeFor(streamType, events, first.status),
        types: isJson(accept) ? types : json,
      }),
  };
}

/**
 * The media types that may come though nothing in the body asks for them: bytes in place of a stream, and those that the
 * request selects by more than a member of the body. `Content-Type` tells.
 *
 * @param asked those that the body asks for
 */
export function otherTypes({ response, accept }: Answer, asked: readonly string[]): string[] {
  if (!response || accept === undefined) return [];
  return choicesOf(response)
    .filter(
      ({ mediaType, when }) => when !== undefined || (accept === STREAM_TYPE && isBinaryType(mediaType)),
    )
    .map(({ mediaType }) => mediaType)
    .filter((name) => essence(name) !== accept && !asked.includes(essence(name)));
}

/** The media types beside JSON that a request gets if it accepts them. */
export function acceptedTypes({ response, accept }: Answer, others: readonly string[]): string[] {
  if (!response || accept === undefined || !isJson(accept)) return [];
  return choicesOf(response)
    .filter(({ when }) => when === undefined)
    .map(({ mediaType }) => mediaType)
    .filter(
      (name) =>
        !isJson(name) && essence(name) !== STREAM_TYPE && !name.includes("*") && !others.includes(name),
    );
}

/**
 * The members that make an answer what it is: the required ones, of which lists say more than objects, and those more than
 * texts that an error may have as well.
 */
function expectedMembers(document: Document, schema: Schema | undefined): string[] {
  const required = new Set([...parts(document, schema)].flatMap((part) => part.required ?? []));
  const found = members(document, schema).filter(([name]) => required.has(name));
  const ofType = (wanted: string) =>
    found.filter(([, member]) => [...parts(document, member)].some(({ type }) => type === wanted));
  const kinds = [ofType("array"), ofType("object"), found];
  const [best = []] = kinds.filter((kind) => kind.length > 0);
  return [...new Set(best.map(([name]) => name))];
}

/** A stream is text, in whose schema `contentSchema` describes the chunks; some documents put the chunk there. */
function chunkSchema(schema: Schema | undefined): Schema | undefined {
  if (typeof schema !== "object") return undefined;
  return schema.contentSchema ?? (schema.type === "string" ? undefined : schema);
}

/** Whether the values of an answer come one by one, and the contract says what they are. */
function comesInLines(mediaType: string, { schema }: MediaType): boolean {
  return isJsonLines(mediaType) && chunkSchema(schema) !== undefined;
}

/** @param types `chunkType`: of one event; `types`: of the answer that does not come in chunks */
function streamOf(
  { document, exported }: Source,
  media: MediaType,
  { chunkType, types }: { chunkType: string; types: string[] },
): StreamAnswer {
  const chunk = chunkSchema(media.schema);
  const list = members(document, chunk).find(([, { items }]) => member(document, items, FINISH));
  const finish: [string, string] | undefined = list && [list[0], FINISH];
  const whole = [...new Set(types)].filter((type) => type !== "undefined").join(" | ") || "unknown";
  if (isChatStream(document, chunk)) {
    const className = "ChatCompletionStream";
    return { className, type: `${className}<${chunkType}, ${whole}>`, finish, protocol: undefined };
  }
  if (media["x-stream"] === undefined)
    return { className: "Stream", type: `Stream<${chunkType}>`, finish, protocol: undefined };
  const protocol = streamProtocol(media);
  const event = protocol.name === "event" ? `NamedEvent<${chunkType}>` : chunkType;
  const { result } = protocol;
  const answer =
    result && "pointer" in result ? resultType(document, exported, chunk, result.pointer) : undefined;
  const both = answer ? [event, answer === "unknown" ? whole : answer] : [event];
  return {
    className: `eventStream(${protocolCode(protocol)})`,
    type: `EventStream<${both.join(", ")}>`,
    finish: undefined,
    protocol,
  };
}

/** The protocol as code, without what is empty. */
function protocolCode(protocol: StreamProtocol): string {
  const said = Object.entries(protocol).filter(([, value]) => value !== false && String(value) !== "");
  return JSON.stringify(Object.fromEntries(said));
}

/** The type of the whole answer at a place of an event; `unknown` where it has no name. */
function resultType(
  document: Document,
  exported: Source["exported"],
  chunk: Schema | undefined,
  pointer: string,
): string {
  const found = schemasAt(document, chunk, parsePointer(pointer));
  const types = new Set(found.map((schema) => componentType(schema, exported)));
  const [only] = types;
  return types.size === 1 && only ? only : "unknown";
}
