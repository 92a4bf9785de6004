/**
 * What goes wrong on demand: each fault stands for something that production does once a month. It is written
 * `name` or `name:argument`, the same in `Prefer: fault=…`, in a scenario and after `--fault`.
 */
import { DONE_FRAME } from "../../openai/frames.ts";
import { htmlPlan, type Plan } from "../engine/plan.ts";

/** What a fault may need to know of the request that it befalls. */
interface Surroundings {
  /** The contract's own answer of a status, as `Prefer: code=` gives it. */
  errorPlan(status: number): Promise<Plan>;
  /** How many times this very request has come, this one included. Asking counts it. */
  attempt(): number;
}

interface Kind {
  /** What its arguments are called, with what they are by default. */
  arguments: Record<string, number>;
  does: string;
  /** The incident of production that it stands for. */
  incident: string;
  apply(plan: Plan, args: number[], around: Surroundings): Plan | Promise<Plan>;
}

export interface Fault {
  /** As it was written: `cut:3`. */
  text: string;
  apply(plan: Plan, around: Surroundings): Plan | Promise<Plan>;
}

const DAY = 86_400_000;

/** Every fault by its name. The README's table is made of this. */
export const FAULTS: Record<string, Kind> = {
  latency: {
    arguments: { ms: 1000 },
    does: "the answer starts after that many milliseconds",
    incident: "an upstream with a full queue, a cold start",
    apply: (plan, [ms = 0]) => ({ ...plan, delay: plan.delay + Math.min(ms, DAY) }),
  },
  rate_limit: {
    arguments: { times: 1, retry_after: 1 },
    does: "429 with `Retry-After` (in seconds) for so many sendings of the same request by the same token, then its answer",
    incident: "a burst of traffic meets a limit per minute",
    apply: async (plan, [times = 0, seconds = 0], { errorPlan, attempt }) => {
      if (attempt() > times) return plan;
      const refused = await errorPlan(429);
      const headers = { ...refused.head.headers, "retry-after": String(seconds) };
      return { ...refused, delay: plan.delay, head: { ...refused.head, headers } };
    },
  },
  error: {
    arguments: { status: 500 },
    does: "the contract's error of that status",
    incident: "500: a bug in the relay; 503: no upstream can take the request",
    apply: async (plan, [status = 500], { errorPlan }) => ({
      ...(await errorPlan(status)),
      delay: plan.delay,
    }),
  },
  cut: {
    arguments: { frames: 3 },
    does: "the answer ends after so many frames, without `[DONE]`; one that is no stream ends in the middle",
    incident: "an upstream fails, and the relay ends the answer as if it were whole",
    apply: (plan, [frames = 0]) => cut(plan, frames),
  },
  cut_done: {
    arguments: { frames: 3 },
    does: "like `cut`, but `[DONE]` follows: only the missing `finish_reason` tells",
    incident: "a relay that sends `[DONE]` whatever its upstream did",
    apply: (plan, [frames = 0]) =>
      plan.streamed ? { ...plan, frames: [...cut(plan, frames).frames, DONE_FRAME] } : cut(plan, frames),
  },
  reset: {
    arguments: { frames: 3 },
    does: "the connection is reset after so many frames; 0 resets it before the answer",
    incident: "a load balancer is deployed, a worker is killed",
    apply: (plan, [frames = 0]) => ({ ...cut(plan, frames), ending: "reset" }),
  },
  stall: {
    arguments: { frames: 3 },
    does: "nothing more comes after so many frames, and the connection stays open",
    incident: "an upstream hangs, and nobody between has a timeout",
    apply: (plan, [frames = 0]) => ({ ...cut(plan, frames), ending: "stall" }),
  },
  error_frame: {
    arguments: { frames: 3 },
    does: "after so many frames comes one with an error, the last; an answer that is no stream is the error",
    incident: "an upstream fails after the status was sent",
    apply: async (plan, [frames = 0], { errorPlan }) => {
      const error = await errorPlan(500);
      if (!plan.streamed) return error;
      return { ...plan, frames: [...cut(plan, frames).frames, `data: ${error.frames.join("")}\n\n`] };
    },
  },
  invalid_json: {
    arguments: { frames: 3 },
    does: "the frame after so many holds JSON that breaks off; so does an answer that is no stream",
    incident: "a proxy with a small buffer cuts a line",
    apply: (plan, [frames = 0]) => {
      if (!plan.streamed) return cut(plan, 1);
      const at = Math.min(frames, plan.frames.length - 2);
      const broken = plan.frames.map((frame, index) =>
        index === at
          ? `${String(frame)
              .slice(0, Math.ceil(frame.length / 2))
              .trimEnd()}\n\n`
          : frame,
      );
      return { ...plan, frames: broken };
    },
  },
  split_utf8: {
    arguments: {},
    does: "what is written is split inside of characters, and in the middle of frames",
    incident: "TCP, which knows no characters",
    apply: (plan) => ({ ...plan, frames: splitInside(plan.frames), separate: true }),
  },
  crlf: {
    arguments: {},
    does: "lines of a stream end with CR and LF",
    incident: "a relay on a Windows host or of another standard library",
    apply: (plan) => inStream(plan, (frame) => frame.replaceAll("\n", "\r\n")),
  },
  comments: {
    arguments: {},
    does: "a comment stands before each frame of a stream",
    incident: "a relay that keeps the connection alive",
    apply: (plan) => inStream(plan, (frame) => `: keep-alive\n\n${frame}`),
  },
  no_final_blank: {
    arguments: {},
    does: "a stream's last frame lacks its empty line",
    incident: "a relay that joins frames by empty lines instead of ending each by one",
    apply: (plan) =>
      inStream(plan, (frame, index) =>
        index === plan.frames.length - 1 ? frame.replace(/\r?\n$/, "") : frame,
      ),
  },
  error_200: {
    arguments: {},
    does: "an error under the status 200, whole even where a stream was asked for",
    incident: "a relay that sends its status before it asks the upstream",
    apply: async (plan, _, { errorPlan }) => {
      const error = await errorPlan(500);
      return { ...error, delay: plan.delay, head: { ...error.head, status: 200 } };
    },
  },
  html_502: {
    arguments: {},
    does: "502 with a page of HTML",
    incident: "the relay is down, and the proxy in front of it answers",
    apply: (plan) => ({ ...htmlPlan(502, requestId(plan)), delay: plan.delay }),
  },
  empty: {
    arguments: {},
    does: "200 with an empty body",
    incident: "a relay that crashed while it wrote",
    apply: (plan) => ({
      ...plan,
      head: { status: 200, headers: { ...requestId(plan), "content-type": "application/json" } },
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
    return `${args[0]} is no error: give a status from 400 to 599.`;
  return { text, apply: (plan, around) => kind.apply(plan, args, around) };
}

/** The first frames of a stream; of another answer the first half, or nothing for none. */
function cut(plan: Plan, frames: number): Plan {
  if (plan.streamed)
    return { ...plan, frames: plan.frames.slice(0, Math.min(frames, plan.frames.length - 2)) };
  if (frames === 0) return { ...plan, frames: [] };
  const text = plan.frames.join("");
  return { ...plan, frames: [text.slice(0, Math.floor(text.length / 2))] };
}

function inStream(plan: Plan, change: (frame: string, index: number) => string): Plan {
  if (!plan.streamed) return plan;
  return { ...plan, frames: plan.frames.map((frame, index) => change(String(frame), index)) };
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

function requestId({ head }: Plan): Record<string, string> {
  const id = head.headers["x-request-id"];
  return id === undefined ? {} : { "x-request-id": id };
}
