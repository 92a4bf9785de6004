/** Which failures are worth another try, and when. As the official `openai` package does it, but for the bound. */
import { APIConnectionError, type APIError, errorFromAbort } from "./errors.ts";

/** Longer than this, in milliseconds, nobody wants to be kept waiting: the error is the better answer. */
const LONGEST_WAIT = 60_000;

/**
 * How long to wait before the next try.
 *
 * The server's own word goes first: `x-should-retry`, `retry-after-ms`, and `retry-after` in seconds or as a date
 * (RFC 9110, 10.2.3). Else the pause doubles from half a second to eight, less up to a quarter, so that many
 * clients do not return at once.
 *
 * @param error how the last try failed
 * @param tries how many there were before it, from 0
 * @returns milliseconds, or undefined if there should be no other try
 */
export function retryDelay(error: APIError, tries: number): number | undefined {
  const { status = 0, headers } = error;
  const advice = headers?.get("x-should-retry");
  const worth = error instanceof APIConnectionError || [408, 409, 429].includes(status) || status >= 500;
  if (advice === "false" || (advice !== "true" && !worth)) return undefined;
  const told = headers && serverDelay(headers);
  if (told === undefined) return Math.min(500 * 2 ** tries, 8000) * (1 - Math.random() / 4);
  return told > LONGEST_WAIT ? undefined : told;
}

/** @returns undefined where the server gives no time to come: a negative or past time does not mean: send again at once */
function serverDelay(headers: Headers): number | undefined {
  const after = headers.get("retry-after") ?? "";
  const date = /[a-z]/i.test(after) && /\d:\d/.test(after) ? Date.parse(after) : Number.NaN;
  const told = [number(headers.get("retry-after-ms")), number(after) * 1000];
  return [...told, date - Date.now() || Number.NaN].find((delay) => delay >= 0);
}

function number(text: string | null): number {
  return text && /^\s*(\d+(\.\d+)?|Infinity)\s*$/.test(text) ? Number(text) : Number.NaN;
}

/** @throws {APIUserAbortError} as soon as the signal is aborted */
export function sleep(milliseconds: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      if (signal) reject(errorFromAbort(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort, { once: true });
  });
}
