/** Reads the body of a request: bounded, decoded, parsed. */
import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import zlib from "node:zlib";
import type { Json } from "../../shared/json.ts";
import { covers, essence, isJson, JSON_TYPE } from "../../shared/media-types.ts";
import { memoize } from "../../shared/memoize.ts";
import { messageOf } from "../../shared/text.ts";
import { RequestProblem } from "../engine/request-problem.ts";
import { isForm, readFields } from "./read-form.ts";

export const DEFAULT_LIMITS: Limits = {
  body: 50 * 1024 * 1024,
  depth: 256,
  items: 20_000,
  values: 500_000,
  answer: 8 * 1024 * 1024,
  patience: 60_000,
};

export interface Limits {
  /** The largest body in bytes, decompressed. Default: 50 MiB, as much as OpenAI's own API takes with images. */
  body: number;
  /** How deep JSON may be nested. Default: 256. */
  depth: number;
  /** How many items a list of the body may have, such as `messages`. Default: 20,000. */
  items: number;
  /** How many values JSON may hold in all; the default is parsed in a moment. Default: 500,000. */
  values: number;
  /** By how many bytes `n`, `logprobs` and streams of many choices may make an answer larger. Default: 8 MiB. */
  answer: number;
  /** For how many milliseconds a reader may take nothing of its answer. Default: a minute. */
  patience: number;
}

export interface Body {
  /** The parsed JSON; undefined where the request has none. */
  value: Json | undefined;
  /** The fields of a form. */
  fields?: [name: string, value: string][];
  /** Whether the text is of a media type that is neither JSON nor a form. */
  foreign: boolean;
  /** The text as it came. */
  text: string;
}

const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [...'"\\,[]{}'].map(
  (character) => character.charCodeAt(0),
);

const UTF8 = new TextDecoder("utf-8", { fatal: true });
const gunzip = promisify(zlib.gunzip);
/** By content coding (RFC 9110, 8.4.1). Node has zstd since 22.15. */
const decoders = new Map<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>([
  ["gzip", gunzip],
  ["x-gzip", gunzip],
  ["deflate", promisify(zlib.inflate)],
  ["br", promisify(zlib.brotliDecompress)],
  ...(zlib.zstdDecompress ? [["zstd", promisify(zlib.zstdDecompress)] as const] : []),
]);
/** The most codings of one body. After each of them it may be as large as the limit. */
const MOST_CODINGS = 3;

/**
 * The body of a request.
 *
 * @param accepted the media types that the operation declares; empty where it takes no body, which then is ignored
 * @throws {RequestProblem} 413 for a larger body, 415 for another media type or encoding, 400 for what should be JSON
 *   and is not
 */
export async function readBody(request: IncomingMessage, accepted: string[], limits: Limits): Promise<Body> {
  const { body: limit } = limits;
  const raw = await collect(request, limit);
  if (raw.length === 0 || accepted.length === 0) return { value: undefined, foreign: false, text: "" };
  const type = request.headers["content-type"];
  const declared = type === undefined ? undefined : essence(type);
  if (declared !== undefined && !accepted.some((range) => covers(range, declared)))
    throw new RequestProblem(
      415,
      "unsupported_media_type",
      `A body of ${declared || "no media type"} is not supported. Send 'Content-Type: ${accepted[0]}'.`,
    );
  const encoding = request.headers["content-encoding"];
  const bytes = encoding === undefined ? raw : await decompress(raw, encoding, limit);
  if (type !== undefined && isForm(type)) {
    const fields = await readFields(new Uint8Array(bytes), type, limits);
    // A field may be JSON.
    for (const [, text] of fields)
      if (/^\s*[[{]/.test(text)) assertParsable(text, limits.depth, limits.values);
    return { value: undefined, fields, foreign: false, text: bytes.toString() };
  }
  if (!isJson(declared ?? assumedType(accepted)))
    return { value: undefined, foreign: true, text: bytes.toString() };
  const text = decodeText(bytes);
  return { value: parseBounded(text, limits), foreign: false, text };
}

/** The type of a body that names none: JSON if that is accepted, else bytes. */
function assumedType(accepted: readonly string[]): string {
  return accepted.some((range) => isJson(range) || covers(range, JSON_TYPE)) ? JSON_TYPE : "";
}

/**
 * The JSON of a body, whatever its media type: curl and many a client declare another one.
 *
 * @throws {RequestProblem} 413 for a larger body, 400 for what is not JSON
 */
export async function readJson(request: IncomingMessage, limits: Limits): Promise<Json> {
  const raw = await collect(request, limits.body);
  const bytes = await decompress(raw, request.headers["content-encoding"] ?? "", limits.body);
  return parseBounded(decodeText(bytes), limits);
}

function parseBounded(text: string, { depth, items, values }: Limits): Json {
  assertParsable(text, depth, values);
  const value = parse(text);
  assertItems(value, items);
  return value;
}

/**
 * Depth and values are counted in the text: a parser, or code that walks its value, may run out of stack, and nothing else
 * is answered while it parses. Quoted texts, which are most of a large body, are skipped.
 */
function assertParsable(text: string, depthLimit: number, valueLimit: number): void {
  if (text.length <= 2 * depthLimit) return;
  let depth = 0;
  let values = 1;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) index = endOfText(text, index);
    else if (code === COMMA) values += 1;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth += 1;
      values += 1;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth -= 1;
    if (depth > depthLimit)
      throw new RequestProblem(
        400,
        "invalid_json",
        `The body is JSON nested deeper than ${depthLimit} levels.`,
      );
    if (values > valueLimit)
      throw new RequestProblem(413, "request_too_large", `The body has more than ${valueLimit} values.`);
  }
}

/** Where the quote is that ends a text; past the end for a text that does not end. */
function endOfText(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text.charCodeAt(at - 1 - escapes) === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return at;
  }
  return text.length;
}

function assertItems(value: Json, limit: number): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, list] of Object.entries(value)) {
    if (!Array.isArray(list) || list.length <= limit) continue;
    throw new RequestProblem(413, "request_too_large", `${name} has more than ${limit} items.`, {
      field: name,
    });
  }
}

async function collect(request: IncomingMessage, limit: number): Promise<Buffer> {
  const { "content-length": announced, "transfer-encoding": coded } = request.headers;
  if (Number(announced ?? 0) > limit) throw tooLarge(limit);
  if (coded !== undefined && coded.toLowerCase() !== "chunked")
    throw new RequestProblem(
      501,
      "unsupported_encoding",
      `The transfer coding ${coded} is not supported. Send the body as it is, or 'chunked' (RFC 9112, 6.1).`,
    );
  // A request with neither field has no body (RFC 9112, 6.3).
  if ((announced === undefined && coded === undefined) || request.readableEnded) return Buffer.alloc(0);
  if (request.destroyed) throw brokenOff();
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const parts: Buffer[] = [];
  let size = 0;
  // Events, because an async iterator costs more than all else that is done to read a small body.
  request
    .on("data", (part: Buffer) => {
      size += part.length;
      if (size <= limit) parts.push(part);
      else {
        // What is left is read and dropped: a sender that is cut off in the middle does not get to read why.
        parts.length = 0;
        reject(tooLarge(limit));
      }
    })
    .on("end", () => resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)))
    .on("error", reject)
    // Every request closes, and to make an error takes time.
    .on("close", () => request.readableEnded || reject(brokenOff()));
  return promise;
}

function brokenOff(): Error {
  return new Error("The request broke off.");
}

/** @param encoding the header `Content-Encoding`: the codings in the order in which they were applied */
async function decompress(raw: Buffer, encoding: string, limit: number): Promise<Buffer> {
  const names = encoding.toLowerCase().split(",");
  const codings = names.map((name) => name.trim()).filter((name) => name !== "" && name !== "identity");
  let bytes = raw;
  for (const name of codings.toReversed()) {
    const decode = codings.length > MOST_CODINGS ? undefined : decoders.get(name);
    if (!decode) throw unsupported(codings);
    try {
      bytes = await decode(bytes, { maxOutputLength: limit });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(limit);
      throw new RequestProblem(
        400,
        "invalid_encoding",
        `The body is not ${name}, though the request says so.`,
      );
    }
  }
  return bytes;
}

function unsupported(codings: readonly string[]): RequestProblem {
  const known = [...decoders.keys()].join(", ");
  return new RequestProblem(
    415,
    "unsupported_encoding",
    `A body encoded as ${codings.join(", ")} is not supported. Send it plain, or as ${known}.`,
    { headers: { "accept-encoding": known } },
  );
}

function decodeText(raw: Buffer): string {
  try {
    // Drops a byte order mark, which RFC 8259, 8.1 lets a parser ignore.
    return UTF8.decode(raw);
  } catch {
    throw new RequestProblem(
      400,
      "invalid_json",
      "The body is not UTF-8, so it is not JSON (RFC 8259, 8.1).",
    );
  }
}

/** A load test sends a few bodies again and again. Their values are shared, so nothing may change them. */
const parse = memoize(parseJson, { most: 200, longest: 2000 });

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new RequestProblem(400, "invalid_json", `The body is not JSON: ${messageOf(error)}.`);
  }
}

function tooLarge(limit: number): RequestProblem {
  return new RequestProblem(413, "request_too_large", `The body is larger than ${limit} bytes.`);
}

/** The query's parameters by name; a repeated one as a list. */
export function readQuery(parameters: URLSearchParams): Record<string, string | string[]> {
  const query = new Map<string, string | string[]>();
  for (const [name, value] of parameters) {
    const known = query.get(name);
    if (known === undefined) query.set(name, value);
    else if (Array.isArray(known)) known.push(value);
    else query.set(name, [known, value]);
  }
  return Object.fromEntries(query);
}
