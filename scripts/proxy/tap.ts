/** Keeps a copy of what passes, within bounds, and hands each whole exchange on. */
import type { IncomingMessage } from "node:http";
import { lowerCaseNames } from "../shared/headers.ts";
import type { Observer } from "./forward.ts";
import type { PassedExchange } from "./passed-exchange.ts";

/** The most that is kept of one exchange, and of all exchanges that have not been looked at, in bytes. */
const MAX_EXCHANGE = 8 * 1024 * 1024;
const MAX_HELD = 96 * 1024 * 1024;

/** Shared by all exchanges of a proxy. */
export class Taps {
  /** Exchanges that were too large, or came while too much was held: they passed unchecked. */
  unchecked = 0;
  private held = 0;
  private readonly deliver: (exchange: PassedExchange, done: () => void) => void;

  /** @param deliver gets each exchange, and calls `done` once it needs it no more */
  constructor(deliver: (exchange: PassedExchange, done: () => void) => void) {
    this.deliver = deliver;
  }

  /** An observer of one exchange. */
  observe({ method = "GET", url = "/", headers }: IncomingMessage): Observer {
    const started = performance.now();
    const asked: Buffer[] = [];
    const answered: Buffer[] = [];
    let [size, first, last, status] = [0, 0, 0, 0];
    let answerHeaders: Record<string, string> = {};
    let kept = true;
    const keep = (list: Buffer[], part: Buffer) => {
      if (!kept) return;
      if (size + part.length > MAX_EXCHANGE || this.held + part.length > MAX_HELD) {
        kept = false;
        this.held -= size;
        asked.length = 0;
        answered.length = 0;
        return;
      }
      list.push(part);
      size += part.length;
      this.held += part.length;
    };
    const release = () => {
      this.held -= size;
    };
    return {
      requestPart: (part) => keep(asked, part),
      answerHead: (code, raw) => {
        status = code;
        answerHeaders = joined(raw);
      },
      answerPart: (part) => {
        last = performance.now() - started;
        if (first === 0) first = last;
        keep(answered, part);
      },
      end: (end) => {
        if (!kept) this.unchecked++;
        else if (end === "failed" || status === 0) release();
        else {
          this.deliver(
            {
              method,
              url,
              requestHeaders: lowerCaseNames(headers),
              request: Buffer.concat(asked),
              status,
              headers: answerHeaders,
              answer: Buffer.concat(answered),
              end,
              time: Date.now(),
              first,
              last,
            },
            release,
          );
          asked.length = 0;
          answered.length = 0;
        }
        kept = false;
      },
    };
  }
}

function joined(raw: string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let index = 0; index < raw.length; index += 2) {
    const name = (raw[index] ?? "").toLowerCase();
    const value = raw[index + 1] ?? "";
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
}
