/** How fast a stream comes. */
export interface Pace {
  /** Milliseconds before the first frame; default 0. */
  ttft?: number;
  /**
   * Tokens (frames) a second; 0 for all at once. By default 200, and more in a long stream, so that none takes over
   * 3 seconds.
   */
  tps?: number;
  /** By how much of itself each wait may be longer or shorter, from 0 to 1; default 0. */
  jitter?: number;
  /** Milliseconds of silence after which a comment is sent to keep the connection alive; default never. */
  heartbeat?: number;
}

const TPS = 200;
const LONGEST = 3000;

/** Milliseconds to wait after each of so many frames, before jitter. */
export function interval({ tps }: Pace, frames: number): number {
  if (tps !== undefined) return tps === 0 ? 0 : 1000 / tps;
  return Math.min(1000 / TPS, LONGEST / frames);
}
