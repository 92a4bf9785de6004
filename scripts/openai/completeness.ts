/** Whether a streamed answer is complete. */
import { isObject } from "../shared/json.ts";

/** The list in a chunk, and the member of its items that is set once an item is complete. */
export type Finish = readonly [list: string, member: string];

/** Follows the items of a stream, such as the choices of a chat completion, until each has its `finish_reason`. */
export class Progress {
  readonly #finish: Finish | undefined;
  /** By the item's index: whether it is complete. */
  readonly #items = new Map<unknown, boolean>();

  /** @param finish without it nothing tells, and a stream is complete when it ends */
  constructor(finish: Finish | undefined) {
    this.#finish = finish;
  }

  /** Whether the chunks alone tell that all of the answer has come. */
  get complete(): boolean {
    const items = [...this.#items.values()];
    return items.length > 0 && items.every(Boolean);
  }

  /** Whether the connection must not end yet. */
  get missing(): boolean {
    return this.#finish !== undefined && !this.complete;
  }

  note(chunk: unknown): void {
    if (!this.#finish || !isObject(chunk)) return;
    const [list, member] = this.#finish;
    const items = chunk[list];
    if (!Array.isArray(items)) return;
    for (const item of items) {
      if (!isObject(item)) continue;
      const index = item["index"] ?? 0;
      // Some servers send an empty reason until there is one, or another chunk after it.
      if (!this.#items.get(index)) this.#items.set(index, Boolean(item[member]));
    }
  }
}
