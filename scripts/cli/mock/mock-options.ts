/** The options of the mock, from those of the command line. */
import cluster from "node:cluster";
import { DISTRIBUTIONS, type Pace } from "../../mock/http/pace.ts";
import type { MockOptions } from "../../mock/index.ts";
import { InputError } from "../../shared/input-error.ts";
import { numberFrom, wholeNumber } from "../numbers.ts";
import { logJson, logLine, requestLog } from "./log.ts";
import type { Values } from "./options.ts";

const DAY = 86_400_000;
const MOST_TPS = 1_000_000;
const MOST_PER_MINUTE = 1_000_000_000;

/** @throws {InputError} naming the option that is wrong */
export function mockOptions(values: Values): Omit<MockOptions, "document"> {
  const { scenarios, models, seed, chaos, fault, rpm, tpm, prefix, heartbeat, pace } = values;
  return {
    ...(scenarios && { scenarios }),
    ...(values.strict && { strict: true }),
    ...(models !== undefined && { models: list("models", models) }),
    ...(values["api-key"] && { apiKeys: values["api-key"] }),
    ...((rpm !== undefined || tpm !== undefined) && {
      rateLimit: {
        ...(rpm !== undefined && { requests: wholeNumber("rpm", rpm, MOST_PER_MINUTE) }),
        ...(tpm !== undefined && { tokens: wholeNumber("tpm", tpm, MOST_PER_MINUTE) }),
      },
    }),
    ...(prefix !== undefined && { prefix }),
    ...(values.azure && { azure: true }),
    ...(values["admin-token"] !== undefined && { adminToken: values["admin-token"] }),
    ...(seed !== undefined && { seed }),
    ...(fault && { faults: fault }),
    ...(chaos !== undefined && { chaos: numberFrom("chaos", chaos, 1) }),
    ...paceFrom(values),
    ...(heartbeat !== undefined && { heartbeat: wholeNumber("heartbeat", heartbeat, DAY) }),
    ...(pace && { paces: Object.fromEntries(pace.map(modelPace)) }),
    ...(cluster.isWorker && { alone: false, journal: false }),
    ...(!values.quiet && { log: requestLog(values.json ? logJson : logLine) }),
  };
}

type PaceTexts = { [Name in "ttft" | "tps" | "jitter" | "distribution"]?: string | undefined };

function paceFrom({ ttft, tps, jitter, distribution }: PaceTexts): Pace {
  return {
    ...(ttft !== undefined && { ttft: wholeNumber("ttft", ttft, DAY) }),
    ...(tps !== undefined && { tps: numberFrom("tps", tps, MOST_TPS) }),
    ...(jitter !== undefined && { jitter: numberFrom("jitter", jitter, 1) }),
    ...(distribution !== undefined && { distribution: distributionFrom(distribution) }),
  };
}

function distributionFrom(text: string): (typeof DISTRIBUTIONS)[number] {
  const found = DISTRIBUTIONS.find((one) => one === text);
  if (found) return found;
  throw new InputError({ message: `--distribution ${text} is none of ${DISTRIBUTIONS.join(", ")}.` });
}

/** `o3=ttft:800,tps:30` as a model and its pace. */
function modelPace(text: string): [string, Pace] {
  const [, model = "", settings = ""] = /^(.+?)=(.+)$/.exec(text) ?? [];
  const pairs = settings.split(",").map((pair) => pair.split(":"));
  const known = ["ttft", "tps", "jitter", "distribution"];
  if (model === "" || !pairs.every((pair) => pair.length === 2 && known.includes(pair[0] ?? "")))
    throw new InputError({
      message: `--pace ${text}: write it like --pace o3=ttft:800,tps:30, with any of ${known.join(", ")}.`,
    });
  return [model, paceFrom(Object.fromEntries(pairs) as PaceTexts)];
}

function list(option: string, text: string): string[] {
  const items = text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
  if (items.length > 0) return items;
  throw new InputError({ message: `--${option} names none. Write it like --${option} a,b.` });
}
