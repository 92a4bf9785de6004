/** How fast an answer comes. */
import type { Random } from "../../shared/random.ts";

export const DISTRIBUTIONS = ["uniform", "fixed", "normal", "log-normal"] as const;

export interface Pace {
  /** Milliseconds before the first token; default 0. */
  ttft?: number;
  /**
   * Tokens a second; 0 for all at once. By default a stream comes at 200, or faster, so that none takes over 3 seconds,
   * and an answer that is not a stream comes at once.
   */
  tps?: number;
  /** How much the waits differ, as a share of each, from 0 to 1; default 0. */
  jitter?: number;
  /**
   * How they differ: evenly up to that share (`uniform`, the default), with it as the standard deviation (`normal`,
   * `log-normal`), or not at all (`fixed`).
   */
  distribution?: (typeof DISTRIBUTIONS)[number];
  /** Milliseconds of silence after which a comment is sent to keep the connection alive; default never. */
  heartbeat?: number;
}

const TPS = 200;
const LONGEST = 3000;

/** Milliseconds to wait after each frame of a stream of `frames` frames, before jitter. */
export function interval({ tps }: Pace, frames: number, tokens = 0): number {
  // A frame of a very long stream carries several tokens.
  const perFrame = tokens > frames && frames > 0 ? tokens / frames : 1;
  if (tps !== undefined) return tps === 0 ? 0 : (1000 / tps) * perFrame;
  return Math.min(1000 / TPS, LONGEST / frames);
}

/** Milliseconds before an answer that is not a stream: as long as its stream would take. */
export function wholeDelay({ ttft = 0, tps = 0 }: Pace, tokens: number): number {
  return ttft + (tps > 0 ? (1000 / tps) * tokens : 0);
}

/** A wait with its jitter. */
export function jittered(ms: number, { jitter = 0, distribution = "uniform" }: Pace, random: Random): number {
  if (jitter === 0 || distribution === "fixed") return ms;
  if (distribution === "uniform") return ms * (1 + jitter * (2 * random.next() - 1));
  // Box and Muller 1958: two even numbers make a normal one.
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  if (distribution === "normal") return Math.max(0, ms * (1 + jitter * normal));
  // Its mean is that of the wait.
  return ms * Math.exp(jitter * normal - jitter ** 2 / 2);
}
