/** Limits per minute, by requests and by tokens, with the headers by which OpenAI's API tells what is left. */
import { RATE_LIMIT, RETRY_AFTER } from "../../openai/headers.ts";
import { RequestProblem } from "./request-problem.ts";

/** What a token may use in a minute. */
export interface RateLimit {
  requests?: number;
  tokens?: number;
}

const MINUTE = 60_000;
/** The number of API keys whose use is counted; beyond it the oldest is forgotten. */
const KEYS = 10_000;

interface Window {
  /** When it ends, in milliseconds since 1970-01-01. */
  end: number;
  requests: number;
  tokens: number;
}

export class RateLimits {
  readonly #limit: RateLimit;
  readonly #windows = new Map<string, Window>();
  readonly #now: () => number;

  /** @param now the time, in milliseconds */
  constructor(limit: RateLimit, now: () => number = Date.now) {
    this.#limit = limit;
    this.#now = now;
  }

  /**
   * Counts a request.
   *
   * @param key the session
   * @param tokens about how many tokens the request is
   * @returns the headers of its answer
   * @throws {RequestProblem} 429 with `Retry-After` for a request that is beyond the limit
   */
  take(key: string, tokens: number): Record<string, string> {
    const window = this.#windowOf(key);
    const over = (["requests", "tokens"] as const).find((kind) => {
      const limit = this.#limit[kind];
      return limit !== undefined && window[kind] + (kind === "requests" ? 1 : tokens) > limit;
    });
    if (over === undefined) {
      window.requests += 1;
      window.tokens += tokens;
      return this.headers(key);
    }
    const seconds = Math.max(1, Math.ceil((window.end - this.#now()) / 1000));
    throw new RequestProblem(
      429,
      "rate_limit_exceeded",
      `Rate limit reached: ${this.#limit[over]} ${over} per minute. Try again in ${seconds} s.`,
      {
        headers: {
          ...this.headers(key),
          [`${RATE_LIMIT}remaining-${over}`]: "0",
          [RETRY_AFTER]: String(seconds),
        },
      },
    );
  }

  /** Counts the tokens of an answer. */
  spend(key: string, tokens: number): void {
    this.#windowOf(key).tokens += tokens;
  }

  /** What is left, by the names of OpenAI's headers. */
  headers(key: string): Record<string, string> {
    const window = this.#windowOf(key);
    const reset = `${Math.max(0, Math.ceil((window.end - this.#now()) / 1000))}s`;
    return Object.fromEntries(
      (["requests", "tokens"] as const).flatMap((kind) => {
        const limit = this.#limit[kind];
        if (limit === undefined) return [];
        return [
          [`${RATE_LIMIT}limit-${kind}`, String(limit)],
          [`${RATE_LIMIT}remaining-${kind}`, String(Math.max(0, limit - window[kind]))],
          [`${RATE_LIMIT}reset-${kind}`, reset],
        ];
      }),
    );
  }

  clear(): void {
    this.#windows.clear();
  }

  #windowOf(key: string): Window {
    const now = this.#now();
    const known = this.#windows.get(key);
    if (known && known.end > now) return known;
    const opened = { end: now + MINUTE, requests: 0, tokens: 0 };
    this.#windows.delete(key);
    this.#windows.set(key, opened);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size > KEYS && oldest !== undefined) this.#windows.delete(oldest);
    return opened;
  }
}
