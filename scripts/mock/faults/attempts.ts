/**
 * How many times a request has come: the only thing that the mock remembers between requests. The count is of the
 * last requests alone, so that it cannot grow without end.
 */
const LIMIT = 10_000;

export class Attempts {
  readonly #counts = new Map<string, number>();

  /** Counts a request. @returns how many times it has come, this one included */
  next(key: string): number {
    const count = (this.#counts.get(key) ?? 0) + 1;
    // Deleted first: a map keeps the order of insertion, and the oldest goes.
    this.#counts.delete(key);
    this.#counts.set(key, count);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > LIMIT && oldest !== undefined) this.#counts.delete(oldest);
    return count;
  }

  clear(): void {
    this.#counts.clear();
  }
}
