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
  readonly signal = this.controller.signal;
  readonly #timeout: number;
  readonly #caller: AbortSignal | null | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the wait began; undefined while nobody waits. */
  #since: number | undefined;
  /** Ends what `race` waits for. */
  #end: (() => void) | undefined;

  /**
   * @param timeout milliseconds
   * @param caller the caller's own signal
   */
  constructor(timeout: number, caller?: AbortSignal | null) {
    this.#timeout = timeout;
    this.#caller = caller;
    if (caller?.aborted) this.#follow();
    else caller?.addEventListener("abort", this.#follow);
  }

  /**
   * The result of some work, unless the caller or the timer ends it before: a caller's `fetch` may ignore the signal.
   *
   * @throws {APIError} the error that stands for the abort
   */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#end = () => reject(errorFromAbort(this.signal));
      if (this.signal.aborted) this.#end();
      work.then(resolve, reject);
    });
  }

  /** From now on, data has to arrive within the timeout. */
  wait(): void {
    this.#since = now();
    this.#timer ??= setTimeout(this.#check, Math.min(this.#timeout, LONGEST));
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

  readonly #check = (): void => {
    this.#timer = undefined;
    if (this.#since === undefined) return;
    const left = this.#since + this.#timeout - now();
    const message = `Nothing came for ${this.#timeout} ms.`;
    if (left > 0) this.#timer = setTimeout(this.#check, Math.min(left, LONGEST));
    else this.#abort(new APIConnectionTimeoutError({ message }));
  };

  readonly #follow = (): void => this.#abort(this.#caller?.reason);

  #abort(reason: unknown): void {
    this.controller.abort(reason);
    this.#end?.();
  }
}

/** Milliseconds. Not every runtime has the clock that nobody can set. */
function now(): number {
  return (globalThis.performance ?? Date).now();
}
