/** Two readers of one source of chunks. */
import type { ChunkSource, Observer } from "./chunk-reader.ts";

type Result<Chunk> = IteratorResult<Chunk, void>;

/**
 * Each branch has its own pace: what one has read is kept until the other has. Nothing is kept for a branch that was left;
 * once both were left, the source is left.
 */
export function branches<Chunk>(
  source: AsyncIterator<Chunk, void, undefined>,
): [ChunkSource<Chunk>, ChunkSource<Chunk>] {
  const open = new Set<Branch<Chunk>>();
  const pull = () => {
    const next = source.next();
    // Each branch reports a failure when it gets there.
    next.catch(() => {});
    for (const branch of open) branch.ahead.push(next);
  };
  const leave = (branch: Branch<Chunk>) => {
    if (open.delete(branch) && open.size === 0) source.return?.();
  };
  const [left, right] = [new Branch<Chunk>(pull, leave), new Branch<Chunk>(pull, leave)];
  open.add(left).add(right);
  return [left, right];
}

class Branch<Chunk> implements ChunkSource<Chunk> {
  observer: Observer | undefined;
  /** Chunks that the other branch has read already. */
  ahead: Promise<Result<Chunk>>[] = [];
  readonly #pull: () => void;
  readonly #leave: (branch: Branch<Chunk>) => void;
  #closed = false;

  constructor(pull: () => void, leave: (branch: Branch<Chunk>) => void) {
    this.#pull = pull;
    this.#leave = leave;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<Result<Chunk>> {
    if (this.#closed) return { done: true, value: undefined };
    if (this.ahead.length === 0) this.#pull();
    try {
      const result = await (this.ahead.shift() as Promise<Result<Chunk>>);
      if (this.#closed) return { done: true, value: undefined };
      if (result.done) {
        this.#close();
        this.observer?.end();
      } else this.observer?.chunk(result.value);
      return result;
    } catch (error) {
      this.#close();
      this.observer?.fail(error);
      throw error;
    }
  }

  async return(): Promise<Result<Chunk>> {
    if (!this.#closed) this.observer?.leave();
    this.#close();
    return { done: true, value: undefined };
  }

  #close(): void {
    this.#closed = true;
    this.ahead = [];
    this.#leave(this);
  }
}
