/** The reply to a request before it is written. Faults change it; `http/write.ts` writes it. */

import { STATUS_CODES } from "node:http";
import type { StreamProtocol } from "../../document/stream-shape.ts";
import type { Conventions } from "../../openai/conventions.ts";
import { framesOf } from "../../openai/events.ts";
import { DONE_FRAME, toFrames } from "../../openai/frames.ts";
import type { Json } from "../../shared/json.ts";
import { essence, isJson, JSON_TYPE, STREAM_TYPE } from "../../shared/media-types.ts";

export interface Head {
  status: number;
  /** By lower-case name. */
  headers: Record<string, string>;
}

/** A status, headers and a body that is not serialized yet. */
export interface Answer extends Head {
  body: Json;
}

export interface Reply {
  head: Head;
  /** What is written, piece by piece: the frames of a stream, or the one text of any other reply. */
  frames: (string | Buffer)[];
  /** Whether it is a stream of server-sent events, whose frames are paced. */
  streamed: boolean;
  /** How many frames at the beginning carry no token: they come together with the first one that does. */
  opening: number;
  /** How many frames at the end are not to be cut off alone: the last chunk and what follows it. */
  closing: number;
  /** How many tokens it carries; 0 where that is not known. */
  tokens: number;
  /** Milliseconds before anything is written. */
  delay: number;
  /** What follows the last frame: the end of the response, a reset of the connection, or nothing ever. */
  ending: "end" | "reset" | "stall";
  /** Whether each frame has to reach the client by itself, however fast the stream is. */
  separate?: boolean;
}

const WHOLE = { streamed: false, opening: 0, closing: 0, tokens: 0, delay: 0, ending: "end" } as const;

/** Whether a response of this status has no body (RFC 9110, 6.4.1). */
export function isBodyless(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

/** A reply in one piece: JSON, unless its `content-type` is another. */
export function wholeReply({ status, headers }: Head, body: Json | Buffer): Reply {
  const type = headers["content-type"] ?? JSON_TYPE;
  if (Buffer.isBuffer(body)) return { ...WHOLE, head: { status, headers }, frames: [body] };
  // Where the contract has JSON, null is a value of it, and else no body at all.
  const isEmpty = isBodyless(status) || (body === null && !isJson(headers["content-type"] ?? ""));
  const text = isEmpty ? "" : isJson(type) || typeof body !== "string" ? JSON.stringify(body) : body;
  if (text !== "")
    return { ...WHOLE, head: { status, headers: { ...headers, "content-type": type } }, frames: [text] };
  const { "content-type": _, ...rest } = headers;
  return { ...WHOLE, head: { status, headers: rest }, frames: [] };
}

/** The text of a reply. A fault may have cut a frame inside a character, so bytes are joined as bytes. */
export function textOf(frames: Reply["frames"]): string {
  if (frames.every((frame) => typeof frame === "string")) return frames.join("");
  return Buffer.concat(frames.map((frame) => Buffer.from(frame))).toString();
}

/** A reply as a stream: each chunk is a frame, then comes what ends a stream by the conventions. */
export function streamReply(
  { status, headers }: Head,
  chunks: Json[],
  { carriesTokens, doneFrame }: Conventions,
): Reply {
  const first = chunks.findIndex((chunk) => carriesTokens(chunk));
  return {
    ...WHOLE,
    head: { status, headers: streamHeaders(headers) },
    frames: [...toFrames(chunks), ...(doneFrame === undefined ? [] : [doneFrame])],
    streamed: true,
    opening: Math.max(0, first),
    closing: doneFrame === undefined ? 1 : 2,
  };
}

/** A reply as a stream of events, written as the contract describes them. */
export function eventReply({ status, headers }: Head, protocol: StreamProtocol, events: Json[]): Reply {
  return {
    ...WHOLE,
    head: { status, headers: streamHeaders(headers) },
    frames: [...framesOf(protocol, events), ...(protocol.done ? [DONE_FRAME] : [])],
    streamed: true,
    closing: protocol.done ? 2 : 1,
  };
}

/** A reply of frames as they were written down, text and all. */
export function rawReply({ status, headers }: Head, text: string): Reply {
  const frames: string[] = [];
  let start = 0;
  for (const { 0: end, index } of text.matchAll(/\r\n\r\n|\n\n|\r\r/g)) {
    frames.push(text.slice(start, index + end.length));
    start = index + end.length;
  }
  if (start < text.length) frames.push(text.slice(start));
  return {
    ...WHOLE,
    head: { status, headers: streamHeaders(headers) },
    frames,
    streamed: true,
  };
}

/** Whether a `content-type` says that a text is a stream. */
export function isStreamType(type: string | undefined): boolean {
  return type !== undefined && essence(type) === STREAM_TYPE;
}

function streamHeaders(headers: Head["headers"]): Head["headers"] {
  return { "cache-control": "no-cache", "x-accel-buffering": "no", ...headers, "content-type": STREAM_TYPE };
}

/** The page that a proxy in front of a relay answers with: it knows no JSON. */
export function htmlReply(status: number, headers: Record<string, string>): Reply {
  const title = `${status} ${STATUS_CODES[status] ?? ""}`.trim();
  const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  return wholeReply({ status, headers: { ...headers, "content-type": "text/html" } }, page);
}
