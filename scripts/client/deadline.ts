/** Ends a request when its caller says so, or when nothing has come for too long. */
import { APIConnectionTimeoutError, errorFromAbort } from "./errors.ts";

/** A timer that is set beyond this runs at once. */
const LONGEST = 2 ** 31 - 1;

/**
 * One per attempt. Time counts between `wait()` and `rest()`. One timer serves many waits: setting and clearing one for
 * each read would cost more than the read.
 */
export class Deadline {
  /** Aborted by the caller's signal, the timer, or `controller.abort()` of a stream. */
  readonly controller = new AbortController();
  readonly #timeout: number;
  readonly #caller: AbortSignal | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the wait began; undefined while nobody waits. */
  #since: number | undefined;

  /**
   * @param timeout milliseconds
   * @param caller the caller's own signal
   */
  constructor(timeout: number, caller?: AbortSignal | null) {
    this.#timeout = timeout;
    this.#caller = caller ?? undefined;
    if (caller?.aborted) this.#follow();
    else caller?.addEventListener("abort", this.#follow);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** From now on, data has to arrive within the timeout. */
  wait(): void {
    this.#since = now();
    if (this.#timer === undefined) this.#start(this.#timeout);
  }

  /** Data arrived. The time that the caller takes does not count. */
  rest(): void {
    this.#since = undefined;
  }

  /** Stops the timer for good. The caller's signal still aborts. */
  stop(): void {
    this.rest();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Stops the timer, and lets go of the caller's signal. */
  close(): void {
    this.stop();
    this.#caller?.removeEventListener("abort", this.#follow);
  }

  #start(delay: number): void {
    this.#timer = setTimeout(this.#check, Math.min(delay, LONGEST));
  }

  readonly #check = (): void => {
    this.#timer = undefined;
    if (this.#since === undefined) return;
    const left = this.#since + this.#timeout - now();
    const message = `Nothing came for ${this.#timeout} ms.`;
    if (left > 0) this.#start(left);
    else this.controller.abort(new APIConnectionTimeoutError({ message }));
  };

  readonly #follow = (): void => this.controller.abort(this.#caller?.reason);
}

/** Milliseconds. Not every runtime has the clock that nobody can set. */
function now(): number {
  return (globalThis.performance ?? Date).now();
}

/**
 * The result of some work, unless the signal is aborted first: the work of others may not heed a signal.
 *
 * @throws {APIError} the error that stands for the abort
 */
export function orAborted<T>(signal: AbortSignal, work: T | Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(errorFromAbort(signal));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
    Promise.resolve(work)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", abort));
  });
}
