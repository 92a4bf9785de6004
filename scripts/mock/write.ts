/** Writes an answer: at once, or as server-sent events, frame by frame. */
import { once } from "node:events";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Json } from "../pipeline/document.ts";
import { DONE_FRAME, toFrame } from "./chunks.ts";

/** What SDKs read of an answer, and so a browser must let them (Fetch, CORS protocol). */
const EXPOSED = ["x-request-id", "retry-after", "retry-after-ms", "x-should-retry"];

function corsHeaders(names: string[] = []): Record<string, string> {
  return {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": [...new Set([...EXPOSED, ...names])].join(", "),
  };
}

/** Answers a preflight. The asked-for headers are allowed as they are: SDKs send many of their own. */
export function writePreflight(response: ServerResponse, headers: IncomingHttpHeaders): void {
  const methods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
  response.writeHead(204, {
    ...corsHeaders(),
    "access-control-allow-methods": methods,
    "access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
    "access-control-max-age": "86400",
    allow: methods,
  });
  response.end();
}

export interface Head {
  status: number;
  headers: Record<string, string>;
}

/** Writes an answer at once: as JSON, unless its `content-type` is another. */
export function writeWhole(response: ServerResponse, { status, headers }: Head, body: Json): void {
  const { "content-type": type = "application/json", ...rest } = headers;
  // These statuses have no body (RFC 9110, 6.4.1).
  const empty = body === null || status === 204 || status === 304;
  const text = empty ? "" : /\bjson\b/.test(type) ? JSON.stringify(body) : String(body);
  response.writeHead(status, {
    ...rest,
    ...corsHeaders(Object.keys(headers)),
    ...(text !== "" && { "content-type": type, "content-length": String(Buffer.byteLength(text)) }),
  });
  response.end(text);
}

/** How a stream is paced unless it is told: frames arrive one by one, and nobody waits long. */
const PACE = 5;
const LONGEST = 3000;

/**
 * Streams chunks, each in a frame of its own, then `[DONE]`.
 *
 * @param pace milliseconds between frames; 0 for none
 * @returns when the last frame is written, or at once when the client goes away
 */
export async function writeStream(
  response: ServerResponse,
  { status, headers }: Head,
  chunks: Json[],
  pace = Math.min(PACE, LONGEST / chunks.length),
): Promise<void> {
  response.writeHead(status, {
    ...headers,
    ...corsHeaders(Object.keys(headers)),
    "content-type": "text/event-stream",
    "cache-control": "no-cache",
    "x-accel-buffering": "no",
  });
  response.flushHeaders();
  const gone = new AbortController();
  const { signal } = gone;
  response.once("close", () => gone.abort());
  try {
    let due = 0;
    for (const frame of [...chunks.map(toFrame), DONE_FRAME]) {
      if (!response.write(frame)) await once(response, "drain", { signal });
      due += pace;
      // Timers count in whole milliseconds.
      if (due < 1) continue;
      await sleep(due, undefined, { signal });
      due = 0;
    }
    response.end();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
