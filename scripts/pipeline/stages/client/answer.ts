/** What an operation answers, as types and as the runtime reads it. */
import { responsesOf } from "../../../document/examples.ts";
import type { Document, OperationEntry, Schema, SchemaObject } from "../../../document/model.ts";
import { member, members, parts } from "../../../document/schemas.ts";
import { isChatStream } from "../../../openai/detect.ts";
import { essence, isBinaryType, isJson, STREAM_TYPE } from "../../../shared/media-types.ts";
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
  taken: ReadonlySet<string>;
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
  /** The media type of bytes that may come in place of a stream. */
  bytes?: string | undefined;
  description: string | undefined;
  /** Members of which a real answer has at least one; empty if nothing is known. */
  expects: string[];
  /** Where the answer can be a stream: its class and type; `finish`: see the runtime's `Call`. */
  stream: { className: string; type: string; finish: [list: string, member: string] | undefined } | undefined;
}

/** What the first success of an operation answers. */
export function answerOf(source: Source, entry: OperationEntry): Answer {
  const { document, exported } = source;
  const responses = responsesOf(document, entry.operation.responses);
  const declared = responses.filter(({ status }) => /^2/.test(status));
  // Where no success is declared, `default` is what describes it.
  const successes = declared.length > 0 ? declared : responses.filter(({ status }) => status === "default");
  // An answer to HEAD has no body, whatever is declared (RFC 9110, 9.3.2).
  const withContent = successes.filter(
    ({ response }) => entry.method !== "head" && Object.keys(response.content ?? {}).length > 0,
  );
  const [first] = withContent;
  const description = (first ?? successes[0])?.response.description;
  if (!first)
    return {
      type: "undefined",
      accept: undefined,
      error: false,
      optional: false,
      description,
      expects: [],
      stream: undefined,
    };
  const [mediaType = "", media] = preferred(first.response.content, STREAM_TYPE) ?? [];
  const accept = essence(mediaType);
  const types = withContent.flatMap(({ status, response }) =>
    Object.entries(response.content ?? {}).flatMap(([name, { schema }]) => {
      if (essence(name) !== accept) return [];
      if (!isJson(accept)) return [accept.startsWith("text/") ? "string" : "Blob"];
      const key = /^\d+$/.test(status) ? Number(status) : status;
      return [componentType(schema, exported) ?? operationType(entry, "responses", key, "content", name)];
    }),
  );
  const optional = withContent.length < successes.length;
  if (optional) types.push("undefined");
  const content = Object.entries(first.response.content ?? {});
  const events = content.find(([name]) => essence(name) === STREAM_TYPE)?.[1];
  const bytes = accept === STREAM_TYPE ? content.find(([name]) => isBinaryType(name))?.[0] : undefined;
  return {
    type: [...new Set(types)].join(" | "),
    accept,
    error: withContent.some(({ response }) =>
      Object.entries(response.content ?? {}).some(
        ([name, { schema }]) => isJson(name) && member(document, schema, ERROR),
      ),
    ),
    optional,
    bytes,
    description,
    expects: isJson(accept) ? expectedMembers(document, media?.schema) : [],
    stream: events && streamOf(source, chunkSchema(events.schema), isJson(accept) ? types : []),
  };
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

/** @param types of the answer that does not come in chunks */
function streamOf(
  { document, exported }: Source,
  chunk: Schema | undefined,
  types: string[],
): Answer["stream"] {
  const list = members(document, chunk).find(([, { items }]) => member(document, items, FINISH));
  const finish: [string, string] | undefined = list && [list[0], FINISH];
  const chunkType = componentType(chunk, exported) ?? "unknown";
  if (!isChatStream(document, chunk)) return { className: "Stream", type: `Stream<${chunkType}>`, finish };
  const whole = [...new Set(types)].filter((type) => type !== "undefined").join(" | ") || "unknown";
  const className = "ChatCompletionStream";
  return { className, type: `${className}<${chunkType}, ${whole}>`, finish };
}
