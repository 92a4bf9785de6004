/** An answer before it is written. Faults change it; `write.ts` writes it. */

import { STATUS_CODES } from "node:http";
import { DONE_FRAME, toFrame } from "../../openai/frames.ts";
import type { Json } from "../../shared/json.ts";
import { isJson, JSON_TYPE, STREAM_TYPE } from "../../shared/media-types.ts";

export interface Head {
  status: number;
  /** By lower-case name. */
  headers: Record<string, string>;
}

export interface Plan {
  head: Head;
  /** What is written, piece by piece: the frames of a stream, or the one text of any other answer. */
  frames: (string | Buffer)[];
  /** Whether it is a stream of server-sent events, whose frames are paced. */
  streamed: boolean;
  /** Milliseconds before anything is written. */
  delay: number;
  /** What follows the last frame: the answer's end, a reset of the connection, or nothing ever. */
  ending: "end" | "reset" | "stall";
  /** Whether each frame has to reach the client by itself, however fast the stream is. */
  separate?: boolean;
}

/** Whether an answer of this status has no body (RFC 9110, 6.4.1). */
export function isBodyless(status: number): boolean {
  return status === 204 || status === 304;
}

/** An answer at once: as JSON, unless its `content-type` is another. */
export function wholePlan({ status, headers }: Head, body: Json): Plan {
  const type = headers["content-type"] ?? JSON_TYPE;
  const empty = body === null || isBodyless(status);
  const { "content-type": _, ...rest } = headers;
  const text = empty ? "" : isJson(type) ? JSON.stringify(body) : String(body);
  return {
    head: { status, headers: text === "" ? rest : { ...headers, "content-type": type } },
    frames: text === "" ? [] : [text],
    streamed: false,
    delay: 0,
    ending: "end",
  };
}

/** An answer as a stream: each chunk in a frame of its own, then `[DONE]`. */
export function streamPlan({ status, headers }: Head, chunks: Json[]): Plan {
  const streaming = {
    ...headers,
    "content-type": STREAM_TYPE,
    "cache-control": "no-cache",
    "x-accel-buffering": "no",
  };
  return {
    head: { status, headers: streaming },
    frames: [...chunks.map(toFrame), DONE_FRAME],
    streamed: true,
    delay: 0,
    ending: "end",
  };
}

/** The page that a proxy in front of a relay answers with: it knows no JSON. */
export function htmlPlan(status: number, headers: Record<string, string>): Plan {
  const title = `${status} ${STATUS_CODES[status] ?? ""}`.trim();
  const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  return wholePlan({ status, headers: { ...headers, "content-type": "text/html" } }, page);
}
