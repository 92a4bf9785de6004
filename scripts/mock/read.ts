/** Reads a request: bounded, decoded, parsed. */
import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import type { Json } from "../pipeline/document.ts";
import { messageOf } from "../words.ts";
import { RequestProblem } from "./problem.ts";

/** As much as OpenAI's own API takes in a request with images. */
export const DEFAULT_BODY_LIMIT = 50 * 1024 * 1024;

export interface Body {
  /** The parsed JSON; undefined where the request has no body. */
  value: Json | undefined;
  /** The text, for whoever needs the very same bytes. */
  text: string;
}

const decoders = { gzip: promisify(gunzip), deflate: promisify(inflate), br: promisify(brotliDecompress) };

/**
 * The JSON body of a request.
 *
 * @param accepted the media types that the operation declares; empty where it takes no body, which then is ignored
 * @param limit the largest body in bytes, decompressed
 * @throws {RequestProblem} 413 for a larger body, 415 for another media type or encoding, 400 for what is not JSON
 */
export async function readBody(request: IncomingMessage, accepted: string[], limit: number): Promise<Body> {
  const raw = await collect(request, limit);
  if (raw.length === 0 || accepted.length === 0) return { value: undefined, text: "" };
  const type = request.headers["content-type"];
  const essence = type?.split(";")[0]?.trim().toLowerCase();
  if (essence !== undefined && !accepted.includes(essence))
    throw new RequestProblem(
      415,
      "unsupported_media_type",
      `A body of ${essence || "no media type"} is not supported. Send 'Content-Type: ${accepted[0]}'.`,
    );
  const text = decodeText(await decompress(raw, request.headers["content-encoding"], limit));
  return { value: parse(text), text };
}

async function collect(request: IncomingMessage, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > limit) throw tooLarge(limit);
  try {
    for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > limit) throw tooLarge(limit);
      parts.push(part);
    }
  } finally {
    // What is left is read and dropped: a sender that is cut off in the middle does not get to read why.
    request.resume();
  }
  return Buffer.concat(parts);
}

async function decompress(raw: Buffer, encoding: string | undefined, limit: number): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? "identity";
  if (name === "identity" || name === "") return raw;
  const decode = name in decoders ? decoders[name as keyof typeof decoders] : undefined;
  if (!decode)
    throw new RequestProblem(
      415,
      "unsupported_encoding",
      `A body encoded as ${name} is not supported. Send it plain, or as ${Object.keys(decoders).join(", ")}.`,
    );
  try {
    return await decode(raw, { maxOutputLength: limit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(limit);
    throw new RequestProblem(400, "invalid_encoding", `The body is not ${name}, though the request says so.`);
  }
}

function decodeText(raw: Buffer): string {
  try {
    // Drops a byte order mark, which RFC 8259, 8.1 lets a parser ignore.
    return new TextDecoder("utf-8", { fatal: true }).decode(raw);
  } catch {
    throw new RequestProblem(
      400,
      "invalid_json",
      "The body is not UTF-8, so it is not JSON (RFC 8259, 8.1).",
    );
  }
}

function parse(text: string): Json {
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
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length > 1 ? values : (values[0] ?? "")];
    }),
  );
}
