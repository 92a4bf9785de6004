/** Two readers of one source of chunks. */
import { END } from "./chunk-parser.ts";
import type { ChunkSource } from "./chunk-reader.ts";

type Result<Chunk> = IteratorResult<Chunk, void>;

/** A position in the source. It has a result once a branch has read it. */
interface Place<Chunk> {
  result?: Promise<Result<Chunk>>;
  next?: Place<Chunk>;
}

/**
 * Each branch has its own pace: what one has read is kept until the other has. Nothing is kept for a branch that was left;
 * once both were left, the source is left.
 */
export function branches<Chunk>(source: ChunkSource<Chunk>): [ChunkSource<Chunk>, ChunkSource<Chunk>] {
  const start: Place<Chunk> = {};
  let open = 2;
  const branch = (): ChunkSource<Chunk> => {
    let place: Place<Chunk> | undefined = start;
    const close = () => {
      if (place && --open === 0) source.return();
      place = undefined;
    };
    const chunks: ChunkSource<Chunk> = {
      [Symbol.asyncIterator]: () => chunks,
      async next() {
        if (!place) return END;
        place.result ??= source.next();
        const { result } = place;
        place.next ??= {};
        place = place.next;
        try {
          const taken = await result;
          // It may have been left meanwhile.
          if (!place) return END;
          if (taken.done) close();
          return taken;
        } catch (error) {
          close();
          throw error;
        }
      },
      async return() {
        close();
        return END;
      },
    };
    return chunks;
  };
  return [branch(), branch()];
}
