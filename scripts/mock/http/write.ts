/** Writes an answer: at once, or as server-sent events, frame by frame. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep, setImmediate as tick } from "node:timers/promises";
import { REQUEST_ID, RETRY_AFTER, RETRY_AFTER_MS, SHOULD_RETRY } from "../../openai/headers.ts";
import type { Random } from "../../shared/random.ts";
import { isBodyless, type Reply } from "../engine/reply.ts";
import { interval, jittered, type Pace, wholeDelay } from "./pace.ts";

/** What SDKs read of an answer, and so a browser must let them (Fetch, CORS protocol). */
const EXPOSED = [REQUEST_ID, RETRY_AFTER, RETRY_AFTER_MS, SHOULD_RETRY];
const EXPOSED_TEXT = EXPOSED.join(", ");
const METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

const HEARTBEAT = ": keep-alive\n\n";
/** The longest time that a timer takes. */
const LONGEST_WAIT = 2 ** 31 - 1;
/** A sender of a refused body that is silent for so long has stopped, and reads the answer. */
const SILENCE = 500;

/** How a reply is written. */
export interface Writing {
  /** How fast it comes. */
  pace: Pace;
  /** Decides the jitter. */
  random: Random;
  /** A reader that takes nothing for so many milliseconds is cut off. */
  patience: number;
}

/** The headers with those that let pages of any origin read the answer and its headers. */
function withCors(headers: Record<string, string>): Record<string, string> {
  let exposed = EXPOSED_TEXT;
  for (const name in headers) if (!EXPOSED.includes(name)) exposed += `, ${name}`;
  return { ...headers, "access-control-allow-origin": "*", "access-control-expose-headers": exposed };
}

/** Answers a preflight. The asked-for headers are allowed as they are: SDKs send many of their own. */
export function writePreflight(response: ServerResponse, headers: IncomingHttpHeaders): void {
  response.writeHead(204, {
    ...withCors({}),
    "access-control-allow-methods": METHODS,
    "access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
    "access-control-max-age": "86400",
    // A page of another host may reach this one (Private Network Access).
    ...(headers["access-control-request-private-network"] && {
      "access-control-allow-private-network": "true",
    }),
    allow: METHODS,
  });
  response.end();
}

/**
 * Writes a reply.
 *
 * @returns when everything is written, or at once when the client goes away
 */
export async function write(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  writing: Writing,
): Promise<void> {
  const delay = reply.delay + modelDelay(reply, writing);
  if (reply.ending === "end" && delay === 0 && !reply.streamed && !reply.separate)
    return writeAtOnce(request, response, reply);
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort();
  });
  try {
    await writePaced(request, response, { ...reply, delay }, writing, gone.signal);
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
}

/** The time that a model takes over an answer that is no stream. */
function modelDelay({ streamed, tokens, head }: Reply, { pace, random }: Writing): number {
  if (streamed || tokens === 0 || head.status >= 400) return 0;
  return Math.min(LONGEST_WAIT, jittered(wholeDelay(pace, tokens), pace, random));
}

/**
 * Writes a reply that is no stream, without delay.
 *
 * @param shared whether pages of other origins may read it; default true
 */
export async function writeAtOnce(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  shared = true,
): Promise<void> {
  const { frames } = reply;
  const content = contentOf(frames);
  const { status, headers } = reply.head;
  const sent = shared ? withCors(headers) : { ...headers };
  if (!isBodyless(status)) sent["content-length"] = String(Buffer.byteLength(content));
  response.writeHead(status, sent);
  if (!request.complete && !response.shouldKeepAlive) {
    // What arrives at a closed connection is answered by a reset, which may overtake the answer.
    response.write(content);
    await discarded(request);
    response.end();
  } else response.end(content);
}

function contentOf(frames: Reply["frames"]): string | Buffer {
  const [first = ""] = frames;
  if (frames.length < 2) return first;
  const isText = frames.every((frame) => typeof frame === "string");
  return isText ? frames.join("") : Buffer.concat(frames.map((frame) => Buffer.from(frame)));
}

/** Reads and drops what is left of a request, until nothing more comes. */
async function discarded(request: IncomingMessage): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const silent = setTimeout(resolve, SILENCE);
  request
    .on("data", () => silent.refresh())
    .once("close", resolve)
    .once("end", resolve);
  request.resume();
  await promise;
  clearTimeout(silent);
}

async function writePaced(
  request: IncomingMessage,
  response: ServerResponse,
  { head, frames, streamed, opening, tokens, delay, ending, separate }: Reply,
  { pace, random, patience }: Writing,
  signal: AbortSignal,
): Promise<void> {
  if (delay > 0) await sleep(delay, undefined, { signal });
  const unanswered = frames.length === 0 && ending !== "end";
  if (!unanswered) response.writeHead(head.status, withCors(head.headers));
  const wait = async (ms: number) => {
    const { heartbeat = 0 } = pace;
    let left = ms;
    for (; streamed && heartbeat > 0 && left > heartbeat; left -= heartbeat) {
      await sleep(heartbeat, undefined, { signal });
      response.write(HEARTBEAT);
    }
    await sleep(left, undefined, { signal });
  };
  const { ttft = 0 } = pace;
  if (streamed && ttft > 0) {
    // Without a wait the head goes out with the first frame, in one write.
    if (!unanswered) response.flushHeaders();
    await wait(jittered(ttft, pace, random));
  }
  const step = streamed ? interval(pace, frames.length, tokens) : 0;
  let due = 0;
  // Waits are between frames: many a client hangs up at the last one, and the answer should have ended by then.
  for (const [index, frame] of frames.entries()) {
    // Timers count in whole milliseconds.
    if (due >= 1) {
      await wait(due);
      due = 0;
    } else if (separate && index > 0) await tick(undefined, { signal });
    if (!response.write(frame)) await drained(response, patience, signal);
    if (step > 0 && index >= opening) due += jittered(step, pace, random);
  }
  if (ending === "end") response.end();
  else if (ending === "stall") await wait(LONGEST_WAIT);
  else {
    // What was written goes first: a reset overtakes what is still in the buffers.
    await sleep(20, undefined, { signal });
    request.socket.resetAndDestroy();
  }
}

/** Waits until the reader has taken what is written; one that takes nothing for too long is cut off. */
function drained(response: ServerResponse, patience: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const slow = setTimeout(() => response.destroy(), patience);
  const gone = () => reject(signal.reason);
  response.once("drain", resolve);
  signal.addEventListener("abort", gone);
  return promise.finally(() => {
    clearTimeout(slow);
    response.off("drain", resolve);
    signal.removeEventListener("abort", gone);
  });
}
