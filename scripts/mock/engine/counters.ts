/**
 * What the mock counts between requests: how often the same request came, and which answer of a sequence is next. Only
 * the last keys are kept, so that it cannot grow without end.
 */
const KEYS = 10_000;

/** A number that was taken. */
export interface Taken {
  /** From 0. */
  index: number;
  /** Gives the number back: the next one who takes gets it. */
  giveBack(): void;
}

interface Counter {
  next: number;
  returned: number[];
}

export class Counters {
  readonly #counters = new Map<string, Counter>();

  /** Takes the next number of a session's counter. */
  take(session: string, name: string): Taken {
    const key = `${session}\0${name}`;
    const counter = this.#counters.get(key) ?? { next: 0, returned: [] };
    // Deleted first: a map keeps the order of insertion, and the oldest goes.
    this.#counters.delete(key);
    this.#counters.set(key, counter);
    const [oldest] = this.#counters.keys();
    if (this.#counters.size > KEYS && oldest !== undefined) this.#counters.delete(oldest);
    const returned = counter.returned.shift();
    const index = returned ?? counter.next;
    if (returned === undefined) counter.next += 1;
    return {
      index,
      giveBack: () => {
        counter.returned.push(index);
        counter.returned.sort((a, b) => a - b);
      },
    };
  }

  /** How many keys are kept. */
  get size(): number {
    return this.#counters.size;
  }

  /** Starts over, all sessions or one. */
  clear(session?: string): void {
    if (session === undefined) this.#counters.clear();
    else
      for (const key of this.#counters.keys()) {
        if (key.startsWith(`${session}\0`)) this.#counters.delete(key);
      }
  }
}
