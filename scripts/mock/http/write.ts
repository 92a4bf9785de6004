/** Writes an answer: at once, or as server-sent events, frame by frame. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep, setImmediate as tick } from "node:timers/promises";
import type { Random } from "../../shared/random.ts";
import { isBodyless, type Plan } from "../engine/plan.ts";
import { interval, type Pace } from "./pace.ts";

/** What SDKs read of an answer, and so a browser must let them (Fetch, CORS protocol). */
const EXPOSED = ["x-request-id", "retry-after", "retry-after-ms", "x-should-retry"];
const METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

const HEARTBEAT = ": keep-alive\n\n";
/** A reader that takes nothing for so long has gone. */
const DRAIN_TIMEOUT = 60_000;
/** A sender of a refused body that is silent for so long has stopped, and reads the answer. */
const SILENCE = 500;

function corsHeaders(names: string[] = []): Record<string, string> {
  return {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": [...EXPOSED, ...names.filter((name) => !EXPOSED.includes(name))].join(
      ", ",
    ),
  };
}

/** Answers a preflight. The asked-for headers are allowed as they are: SDKs send many of their own. */
export function writePreflight(response: ServerResponse, headers: IncomingHttpHeaders): void {
  response.writeHead(204, {
    ...corsHeaders(),
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
 * Writes an answer as planned.
 *
 * @param pace how fast the frames of a stream come
 * @param random decides the jitter
 * @returns when everything is written, or at once when the client goes away
 */
export async function write(
  request: IncomingMessage,
  response: ServerResponse,
  plan: Plan,
  pace: Pace,
  random: Random,
): Promise<void> {
  if (plan.ending === "end" && plan.delay === 0 && !plan.streamed && !plan.separate)
    return writeAtOnce(request, response, plan);
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  try {
    await writePaced(request, response, plan, pace, random, gone.signal);
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
}

/** Writes an answer that is no stream, without delay. */
export async function writeAtOnce(
  request: IncomingMessage,
  response: ServerResponse,
  plan: Plan,
): Promise<void> {
  const text = plan.frames.join("");
  const { status, headers } = plan.head;
  response.writeHead(status, {
    ...headers,
    ...corsHeaders(Object.keys(headers)),
    ...(!isBodyless(status) && { "content-length": String(Buffer.byteLength(text)) }),
  });
  if (!request.complete && !response.shouldKeepAlive) {
    // What arrives at a closed connection is answered by a reset, which may overtake the answer.
    response.write(text);
    await discarded(request);
    response.end();
  } else response.end(text);
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
  { head, frames, streamed, delay, ending, separate }: Plan,
  pace: Pace,
  random: Random,
  signal: AbortSignal,
): Promise<void> {
  if (delay > 0) await sleep(delay, undefined, { signal });
  const unanswered = frames.length === 0 && ending !== "end";
  if (!unanswered) {
    response.writeHead(head.status, { ...head.headers, ...corsHeaders(Object.keys(head.headers)) });
    response.flushHeaders();
  }
  const wait = async (ms: number) => {
    const { heartbeat = 0 } = pace;
    let left = ms;
    for (; streamed && heartbeat > 0 && left > heartbeat; left -= heartbeat) {
      await sleep(heartbeat, undefined, { signal });
      response.write(HEARTBEAT);
    }
    await sleep(left, undefined, { signal });
  };
  const { jitter = 0, ttft = 0 } = pace;
  if (streamed && ttft > 0) await wait(ttft);
  const step = streamed ? interval(pace, frames.length) : 0;
  let due = 0;
  // Waits are between frames: many a client hangs up at the last one, and the answer should have ended by then.
  for (const [index, frame] of frames.entries()) {
    // Timers count in whole milliseconds.
    if (due >= 1) {
      await wait(due);
      due = 0;
    } else if (separate && index > 0) await tick(undefined, { signal });
    if (!response.write(frame)) await drained(response, signal);
    if (step > 0) due += step * (1 + jitter * (2 * random.next() - 1));
  }
  if (ending === "end") response.end();
  else if (ending === "stall") await wait(2 ** 31 - 1);
  else {
    // What was written goes first: a reset overtakes what is still in the buffers.
    await sleep(20, undefined, { signal });
    request.socket.resetAndDestroy();
  }
}

/** Waits until the reader has taken what is written; one that takes nothing for too long is cut off. */
function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const slow = setTimeout(() => response.destroy(), DRAIN_TIMEOUT);
  const gone = () => reject(signal.reason);
  response.once("drain", resolve);
  signal.addEventListener("abort", gone);
  return promise.finally(() => {
    clearTimeout(slow);
    response.off("drain", resolve);
    signal.removeEventListener("abort", gone);
  });
}
