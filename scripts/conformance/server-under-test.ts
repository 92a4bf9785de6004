/** The server under test: where it is, how often it is asked, and how a busy one is waited for. */
import { setTimeout as sleep } from "node:timers/promises";
import { InputError } from "../shared/input-error.ts";
import { messageOf } from "../shared/text.ts";
import type { Contract } from "./compiled-contract.ts";
import { type CaseRequest, type Exchange, reasonOf, type Server, send } from "./exchange.ts";

/** Statuses after which a request is sent again: the server may answer the next time. */
const AGAIN = [408, 429, 500, 502, 503, 504, 529];
const TRIES = 3;
/** The first pause, in milliseconds; each further one is twice as long. */
const PAUSE = 400;
/** A server that asks for a longer pause than that is not waited for longer, in milliseconds. */
const LONGEST_PAUSE = 60_000;
/** Once a server has stalled, the next stall is given up sooner, in milliseconds. */
const KNOWN_STALL = 2000;

/** The run may make no more requests. */
export class OutOfRequests extends Error {}

/** Sends the requests of a run, counts them, and waits for a server that is busy. */
export class PoliteServer {
  requests = 0;
  private readonly server: Server;
  private readonly limit: number;
  private readonly onWait: (message: string) => void;
  /** While a server asks for a pause, no request is sent, of whatever case. */
  private pausedUntil = 0;

  constructor(server: Server, limit: number, onWait: (message: string) => void) {
    this.server = server;
    this.limit = limit;
    this.onWait = onWait;
  }

  get base(): string {
    return this.server.base;
  }

  /**
   * Sends a request, and again while the server is busy or fails.
   *
   * @throws {OutOfRequests} when the run may make no more
   * @throws {Error} when no answer comes
   */
  async send(request: CaseRequest): Promise<Exchange> {
    for (let attempt = 1; ; attempt++) {
      await this.pause();
      if (this.requests >= this.limit) throw new OutOfRequests();
      this.requests++;
      const exchange = await send(request, this.server).catch((error: unknown) => {
        if (attempt >= TRIES || this.server.signal.aborted) throw error;
        return undefined;
      });
      if (exchange?.end === "stalled") this.server.patience.next = KNOWN_STALL;
      const again = exchange === undefined || AGAIN.includes(exchange.status);
      if (!again || attempt >= TRIES) return exchange as Exchange;
      const ms = pauseFor(exchange, attempt);
      if (exchange?.status === 429) {
        this.pausedUntil = Math.max(this.pausedUntil, Date.now() + ms);
        this.onWait(`429 Too Many Requests: waiting ${Math.ceil(ms / 1000)} s.`);
      } else await sleep(ms, undefined, { signal: this.server.signal });
    }
  }

  private async pause(): Promise<void> {
    this.server.signal.throwIfAborted();
    const ms = this.pausedUntil - Date.now();
    if (ms > 0) await sleep(ms, undefined, { signal: this.server.signal });
  }
}

/** What the server asks for (`retry-after-ms`, `Retry-After` in seconds or as a date), else a growing pause. */
function pauseFor(exchange: Exchange | undefined, attempt: number): number {
  const { "retry-after-ms": ms, "retry-after": after } = exchange?.headers ?? {};
  const date = Date.parse(after ?? "") - Date.now();
  const asked =
    ms !== undefined ? Number(ms) : /^\d+(\.\d+)?$/.test(after ?? "") ? Number(after) * 1000 : date;
  const own = PAUSE * 2 ** (attempt - 1);
  return Math.min(asked >= 0 ? asked : own, LONGEST_PAUSE);
}

/**
 * The URL below which the paths of the contract are. People name the base URL of an SDK, such as
 * `https://host/v1`; where all paths of the contract begin with `/v1`, that part counts once.
 *
 * @throws {InputError} for what is not an HTTP URL
 */
export function baseOf(text: string, { prefix }: Contract): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw new InputError({
      message: `${text} is not a URL of a server.`,
      advice: "Write it like --base-url http://127.0.0.1:4010/v1.",
    });
  const path = url.pathname.replace(/\/+$/, "");
  const below = prefix !== "" && path.endsWith(prefix) ? path.slice(0, -prefix.length) : path;
  return url.origin + below;
}

/** The run cannot start, said with what to do. */
export function unreachable(base: string, error: unknown): InputError {
  return new InputError({
    message: `Nothing answers at ${base}: ${reasonOf(error) || messageOf(error)}.`,
    advice: "Check --base-url, and that the server runs.",
  });
}
