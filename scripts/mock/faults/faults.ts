/**
 * What goes wrong on demand: each fault stands for something that happens in production. It is written
 * `name` or `name:argument`, the same in `Prefer: fault=…`, in a scenario and after `--fault`.
 */
import type { Conventions } from "../../openai/conventions.ts";
import { REQUEST_ID, RETRY_AFTER } from "../../openai/headers.ts";
import type { Json } from "../../shared/json.ts";
import { JSON_TYPE } from "../../shared/media-types.ts";
import { htmlReply, type Reply } from "../engine/reply.ts";

/** What a fault may need to know about the request that it applies to. */
interface Surroundings {
  conventions: Conventions;
  /** The contract's own answer of a status, as `Prefer: code=` gives it. */
  errorReply(status: number): Promise<Reply>;
  /** How many times this very request has come, this one included. Asking counts it. */
  attempt(): number;
}

interface Kind {
  /** What its arguments are called, with what they are by default. */
  arguments: Record<string, number>;
  does: string;
  /** The incident of production that it stands for. */
  incident: string;
  apply(reply: Reply, args: number[], around: Surroundings): Reply | Promise<Reply>;
}

export interface Fault {
  /** As it was written: `cut:3`. */
  text: string;
  apply(reply: Reply, around: Surroundings): Reply | Promise<Reply>;
}

const DAY = 86_400_000;

/** Every fault by its name. The table in the mock's README has the same. */
export const FAULTS: Record<string, Kind> = {
  latency: {
    arguments: { ms: 1000 },
    does: "the answer starts after N milliseconds",
    incident: "an upstream with a full queue, a cold start",
    apply: (reply, [ms = 0]) => ({ ...reply, delay: reply.delay + Math.min(ms, DAY) }),
  },
  rate_limit: {
    arguments: { times: 1, retry_after: 1 },
    does: "429 with `Retry-After` (in seconds) the first N times that a token sends the same request, then the answer",
    incident: "a burst of traffic meets a limit per minute",
    apply: async (reply, [times = 0, seconds = 0], { errorReply, attempt }) => {
      if (attempt() > times) return reply;
      const refused = await errorReply(429);
      const headers = { ...refused.head.headers, [RETRY_AFTER]: String(seconds) };
      return { ...refused, delay: reply.delay, head: { ...refused.head, headers } };
    },
  },
  error: {
    arguments: { status: 500 },
    does: "the contract's error of that status",
    incident: "500: a bug in the relay; 503: no upstream can take the request",
    apply: async (reply, [status = 500], { errorReply }) => ({
      ...(await errorReply(status)),
      delay: reply.delay,
    }),
  },
  cut: {
    arguments: { frames: 3 },
    does: "the answer ends after N frames, without `[DONE]`; an answer that is not streamed ends in the middle",
    incident: "an upstream fails, and the relay ends the answer as if it were whole",
    apply: (reply, [frames = 0]) => cut(reply, frames),
  },
  cut_done: {
    arguments: { frames: 3 },
    does: "like `cut`, but `[DONE]` follows: only the missing `finish_reason` tells",
    incident: "a relay that sends `[DONE]` even if its upstream failed",
    apply: (reply, [frames = 0], { conventions: { doneFrame } }) => {
      const ended = cut(reply, frames);
      if (!reply.streamed || doneFrame === undefined) return ended;
      return { ...ended, frames: [...ended.frames, doneFrame] };
    },
  },
  reset: {
    arguments: { frames: 3 },
    does: "the connection is reset after N frames; 0 resets it before the answer",
    incident: "a load balancer is deployed, a worker is killed",
    apply: (reply, [frames = 0]) => ({ ...cut(reply, frames), ending: "reset" }),
  },
  stall: {
    arguments: { frames: 3 },
    does: "nothing more comes after N frames, and the connection stays open",
    incident: "an upstream hangs, and nothing on the way has a timeout",
    apply: (reply, [frames = 0]) => ({ ...cut(reply, frames), ending: "stall" }),
  },
  error_frame: {
    arguments: { frames: 3 },
    does: "the frame after N frames is an error, and the last; an answer that is not streamed is the error itself",
    incident: "an upstream fails after the status was sent",
    apply: async (reply, [frames = 0], { errorReply, conventions }) => {
      const error = await errorReply(500);
      if (!reply.streamed) return error;
      const frame = conventions.errorFrame(JSON.parse(error.frames.join("")) as Json);
      return { ...reply, frames: [...cut(reply, frames).frames, frame] };
    },
  },
  invalid_json: {
    arguments: { frames: 3 },
    does: "the frame after N frames holds JSON that breaks off, as does an answer that is not streamed",
    incident: "a proxy with a small buffer cuts a line",
    apply: (reply, [frames = 0]) => {
      if (!reply.streamed) return cut(reply, 1);
      const at = Math.min(frames, Math.max(0, reply.frames.length - reply.closing));
      const broken = reply.frames.map((frame, index) =>
        index === at
          ? `${String(frame)
              .slice(0, Math.ceil(frame.length / 2))
              .trimEnd()}\n\n`
          : frame,
      );
      return { ...reply, frames: broken };
    },
  },
  split_utf8: {
    arguments: {},
    does: "writes are split inside characters and in the middle of frames",
    incident: "TCP splits a stream of bytes anywhere",
    apply: (reply) => ({ ...reply, frames: splitInside(reply.frames), separate: true }),
  },
  crlf: {
    arguments: {},
    does: "lines of a stream end with CR and LF",
    incident: "a relay on a Windows host or of another standard library",
    apply: (reply) => inStream(reply, (frame) => frame.replaceAll("\n", "\r\n")),
  },
  comments: {
    arguments: {},
    does: "a comment stands before each frame of a stream",
    incident: "a relay that keeps the connection alive",
    apply: (reply) => inStream(reply, (frame) => `: keep-alive\n\n${frame}`),
  },
  no_final_blank: {
    arguments: {},
    does: "a stream's last frame lacks its empty line",
    incident: "a relay that joins frames by empty lines instead of ending each by one",
    apply: (reply) =>
      inStream(reply, (frame, index) =>
        index === reply.frames.length - 1 ? frame.replace(/\r?\n$/, "") : frame,
      ),
  },
  error_200: {
    arguments: {},
    does: "an error under the status 200, whole even where a stream was asked for",
    incident: "a relay that sends its status before it asks the upstream",
    apply: async (reply, _, { errorReply }) => {
      const error = await errorReply(500);
      return { ...error, delay: reply.delay, head: { ...error.head, status: 200 } };
    },
  },
  html_502: {
    arguments: {},
    does: "502 with a page of HTML",
    incident: "the relay is down, and the proxy in front of it answers",
    apply: (reply) => ({ ...htmlReply(502, requestId(reply)), delay: reply.delay }),
  },
  empty: {
    arguments: {},
    does: "200 with an empty body",
    incident: "a relay that crashed while it wrote",
    apply: (reply) => ({
      ...reply,
      head: { status: 200, headers: { ...requestId(reply), "content-type": JSON_TYPE } },
      frames: [],
      streamed: false,
    }),
  },
};

/** @returns the fault, or in words what is wrong with how it is written */
export function parseFault(text: string): Fault | string {
  const [name = "", ...written] = text.split(":");
  const kind = Object.hasOwn(FAULTS, name) ? FAULTS[name] : undefined;
  if (!kind) return `there is no fault ${name}. There is ${Object.keys(FAULTS).join(", ")}.`;
  const defaults = Object.entries(kind.arguments);
  if (written.length > defaults.length || !written.every((value) => /^\d{1,9}$/.test(value)))
    return `write it ${[name, ...defaults.map(([argument]) => argument.toUpperCase())].join(":")}${
      defaults.length > 0 ? ", with whole numbers" : ", without argument"
    }.`;
  const args = defaults.map(([, value], index) => Number(written[index] ?? value));
  if (name === "error" && !(Number(args[0]) >= 400 && Number(args[0]) <= 599))
    return `${args[0]} is not an error: give a status from 400 to 599.`;
  return { text, apply: (reply, around) => kind.apply(reply, args, around) };
}

/** The first frames of a stream; of another answer the first half, or nothing for none. */
function cut(reply: Reply, frames: number): Reply {
  if (reply.streamed)
    return {
      ...reply,
      frames: reply.frames.slice(0, Math.max(0, Math.min(frames, reply.frames.length - reply.closing))),
    };
  if (frames === 0) return { ...reply, frames: [] };
  const text = reply.frames.join("");
  return { ...reply, frames: [text.slice(0, Math.floor(text.length / 2))] };
}

function inStream(reply: Reply, change: (frame: string, index: number) => string): Reply {
  if (!reply.streamed) return reply;
  return { ...reply, frames: reply.frames.map((frame, index) => change(String(frame), index)) };
}

/** Cuts after the first byte of each character that has several, and in the middle of each frame of ASCII alone. */
function splitInside(frames: readonly (string | Buffer)[]): Buffer[] {
  return frames.flatMap((frame) => {
    const bytes = Buffer.from(frame);
    const cuts = [...bytes.keys()].filter((index) => Number(bytes[index]) >= 0xc0).map((index) => index + 1);
    const ends = [...(cuts.length > 0 ? cuts : [Math.ceil(bytes.length / 2)]), bytes.length];
    return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
  });
}

function requestId({ head }: Reply): Record<string, string> {
  const id = head.headers[REQUEST_ID];
  return id === undefined ? {} : { [REQUEST_ID]: id };
}
