/** Ends a request when its caller says so, or when nothing has come for too long. */
import { APIConnectionTimeoutError, errorFromAbort } from "./errors.ts";

/** Timers run at once if they are set beyond this. */
const LONGEST = 2 ** 31 - 1;

/** One per attempt. The timer runs between `wait()` and `rest()`; `close()` lets go of the caller's signal too. */
export class Deadline {
  /** Aborted by the caller's signal, the timer, or `controller.abort()` of a stream. */
  readonly controller = new AbortController();
  readonly #timeout: number;
  readonly #caller: AbortSignal | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

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

  /** From now on, something has to come within the timeout. */
  wait(): void {
    this.rest();
    const expire = () => {
      const message = `Nothing came for ${this.#timeout} ms.`;
      this.controller.abort(new APIConnectionTimeoutError({ message }));
    };
    this.#timer = setTimeout(expire, Math.min(this.#timeout, LONGEST));
  }

  /** Something came; now it is the caller's turn, who may take any time. */
  rest(): void {
    clearTimeout(this.#timer);
  }

  close(): void {
    this.rest();
    this.#caller?.removeEventListener("abort", this.#follow);
  }

  readonly #follow = (): void => this.controller.abort(this.#caller?.reason);
}

/**
 * What the work comes to, unless the signal is aborted first: work of others need not heed a signal.
 *
 * @throws {APIError} what an abort amounts to
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
