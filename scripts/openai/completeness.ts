/** Whether a streamed answer is complete. */
import { isObject } from "../shared/json.ts";

/** The list in a chunk, and the member of its items that is set once an item is complete. */
export type Finish = readonly [list: string, member: string];

/** Follows the items of a stream, such as the choices of a chat completion, until each has its `finish_reason`. */
export class Progress {
  readonly #finish: Finish | undefined;
  /** By the item's index: whether it is complete. */
  readonly #items = new Map<unknown, boolean>();
  #open = 0;
  /** The last item that was begun, while it is open. */
  #current: unknown;

  /** @param finish without it nothing tells, and a stream is complete when it ends */
  constructor(finish: Finish | undefined) {
    this.#finish = finish;
  }

  /** Whether the chunks alone tell that all of the answer has come. */
  get complete(): boolean {
    return this.#items.size > 0 && this.#open === 0;
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
      // As of nearly every chunk.
      if (index === this.#current && !item[member]) continue;
      const before = this.#items.get(index);
      // Some servers send an empty reason until there is one, or another chunk after it.
      const complete = before || Boolean(item[member]);
      if (complete === before) continue;
      this.#items.set(index, complete);
      this.#current = complete ? undefined : index;
      if (!complete) this.#open++;
      else if (before === false) this.#open--;
    }
  }
}
