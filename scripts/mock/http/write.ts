/** Writes an answer: at once, or as server-sent events, frame by frame. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { setImmediate as tick } from "node:timers/promises";
import { REQUEST_ID, RETRY_AFTER, RETRY_AFTER_MS, SHOULD_RETRY } from "../../openai/headers.ts";
import type { Random } from "../../shared/random.ts";
import { type Head, isBodyless, type Reply } from "../engine/reply.ts";
import { interval, jittered, type Pace, wholeDelay } from "./pace.ts";

/** What SDKs read of an answer, and so a browser must let them (Fetch, CORS protocol). */
const EXPOSED = [REQUEST_ID, RETRY_AFTER, RETRY_AFTER_MS, SHOULD_RETRY];
const EXPOSED_TEXT = EXPOSED.join(", ");
const METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

const HEARTBEAT = ": keep-alive\n\n";
/** The longest time that a timer takes. */
const LONGEST_WAIT = 2 ** 31 - 1;
/** The most characters of frames in one write, so that a slow reader is noticed. */
const BURST = 64 * 1024;
/** Ends a body in chunks (RFC 9112, 7.1). */
const LAST_CHUNK = "0\r\n\r\n";
/** A sender of a refused body that is silent for so long has stopped, and reads the answer. */
const SILENCE = 500;

/** How a reply is written. */
export interface Writing {
  /** How fast it comes. */
  pace: Pace;
  /** Decides the jitter. */
  random: Random;
  /** The connection of a reader that takes nothing for this many milliseconds is closed. */
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
  const isWhole = reply.ending === "end" && !reply.streamed && !reply.separate;
  if (isWhole && delay === 0) return writeAtOnce(request, response, reply);
  const client = new Client(response, writing.patience);
  if (delay > 0 && !(await client.wait(delay))) return;
  if (isWhole) return writeAtOnce(request, response, reply);
  await writeFrames(request, response, client, reply, writing);
}

/** The time that a model takes over an answer that is not a stream. */
function modelDelay({ streamed, tokens }: Reply, { pace, random }: Writing): number {
  if (streamed || tokens === 0) return 0;
  return Math.min(LONGEST_WAIT, jittered(wholeDelay(pace, tokens), pace, random));
}

/**
 * Writes a reply that is not a stream, without delay.
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
  const content = joined(frames);
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

/** Frames as one piece: text, unless one of them is bytes. */
function joined(frames: Reply["frames"]): string | Buffer {
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

async function writeFrames(
  request: IncomingMessage,
  response: ServerResponse,
  client: Client,
  { head, frames, streamed, opening, tokens, ending, separate }: Reply,
  { pace, random }: Writing,
): Promise<void> {
  const unanswered = frames.length === 0 && ending !== "end";
  const isChunked = !unanswered && begin(response, head);
  const piece = (frame: string | Buffer) => (isChunked ? httpChunk(frame) : frame);
  const pause = async (ms: number) => {
    const { heartbeat = 0 } = pace;
    let left = ms;
    for (; streamed && heartbeat > 0 && left > heartbeat; left -= heartbeat) {
      if (!(await client.wait(heartbeat))) return false;
      response.write(piece(HEARTBEAT));
    }
    return client.wait(left);
  };
  const { ttft = 0 } = pace;
  if (streamed && ttft > 0) {
    // Without a wait the head goes out with the first frame, in one write.
    if (!unanswered) response.flushHeaders();
    if (!(await pause(jittered(ttft, pace, random)))) return;
  }
  const step = streamed ? interval(pace, frames.length, tokens) : 0;
  // Frames between which there is no wait go out together.
  let burst: (string | Buffer)[] = [];
  let size = 0;
  let due = 0;
  // Waits are between frames: many a client hangs up at the last one, and the answer should have ended by then.
  for (const [index, frame] of frames.entries()) {
    // Timers count in whole milliseconds.
    const isDue = due >= 1;
    if (index > 0 && (isDue || separate || size > BURST)) {
      if (!(await client.take(joined(burst)))) return;
      burst = [];
      size = 0;
    }
    if (isDue) {
      if (!(await pause(due))) return;
      due = 0;
    } else if (separate && index > 0) await tick();
    burst.push(piece(frame));
    size += frame.length;
    if (step > 0 && index >= opening) due += jittered(step, pace, random);
  }
  if (ending === "end") {
    response.end(joined(isChunked ? [...burst, LAST_CHUNK] : burst));
    return;
  }
  if (!(await client.take(joined(burst)))) return;
  if (ending === "stall") await pause(LONGEST_WAIT);
  // What was written goes first: a reset overtakes what is still in the buffers.
  else if (await client.wait(20)) request.socket.resetAndDestroy();
}

/**
 * Writes the head of an answer whose length is not known. Node would write each of its chunks in four pieces; here they
 * are put together, so that several go out in one write and each is a chunk of HTTP nevertheless (RFC 9112, 7.1).
 *
 * @returns whether the body has to be in chunks: not for HTTP/1.0, and not where something other than Node sends it
 */
function begin(response: ServerResponse, { status, headers }: Head): boolean {
  response.writeHead(status, withCors(headers));
  const isChunked = response.chunkedEncoding;
  response.chunkedEncoding = false;
  return isChunked;
}

function httpChunk(frame: string | Buffer): string | Buffer {
  if (frame.length === 0) return frame;
  const head = `${Buffer.byteLength(frame).toString(16)}\r\n`;
  return typeof frame === "string"
    ? `${head}${frame}\r\n`
    : Buffer.concat([Buffer.from(head), frame, Buffer.from("\r\n")]);
}

/** The client of one answer: waits until the next part is due, or until the client has taken what was written. */
class Client {
  #isGone: boolean;
  #timer: NodeJS.Timeout | undefined;
  #wake = () => {};
  readonly #response: ServerResponse;
  readonly #patience: number;

  constructor(response: ServerResponse, patience: number) {
    this.#response = response;
    this.#patience = patience;
    this.#isGone = response.destroyed;
    response.once("close", () => {
      this.#isGone = true;
      this.#wake();
    });
  }

  /** @returns false at once when the client goes away */
  wait(ms: number): Promise<boolean> {
    return this.#until((wake) => {
      this.#timer = setTimeout(wake, ms);
    });
  }

  /**
   * Writes something, and waits until there is room for more. A client that takes nothing for too long is cut off.
   *
   * @returns false when the client is gone
   */
  async take(content: string | Buffer): Promise<boolean> {
    const response = this.#response;
    if (this.#isGone || content.length === 0 || response.write(content)) return !this.#isGone;
    return this.#until((wake) => {
      response.once("drain", wake);
      this.#timer = setTimeout(() => response.destroy(), this.#patience);
    });
  }

  async #until(begin: (wake: () => void) => void): Promise<boolean> {
    if (this.#isGone) return false;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    begin(resolve);
    await promise;
    clearTimeout(this.#timer);
    return !this.#isGone;
  }
}
