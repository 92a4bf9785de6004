/** An answer that comes in pieces, and what its pieces add up to. */

import { contentOf, finished, fold } from "../openai/join.ts";
import type { Observer } from "./chunk-reader.ts";
import { APIError, APIUserAbortError } from "./errors.ts";

/** What a stream tells whoever listens: `stream.on("content", (delta, snapshot) => …)`. */
export interface StreamEvents<Chunk, Answer> {
  /** Each chunk, and the answer so far. */
  chunk: [chunk: Chunk, snapshot: Answer];
  /** Each piece of the first choice's text, and the text so far. */
  content: [delta: string, snapshot: string];
  /** The whole answer. */
  end: [answer: Answer];
  /** What broke the stream. */
  error: [error: Error];
}

type Listeners<Chunk, Answer> = {
  [Name in keyof StreamEvents<Chunk, Answer>]?: ((...args: StreamEvents<Chunk, Answer>[Name]) => void)[];
};

/**
 * The chunks of a streamed answer, to be iterated once: `for await (const chunk of stream)`. Leaving the loop closes
 * the connection. Whoever wants the answer, not its pieces, asks for `finalChatCompletion()` or `finalContent()`.
 *
 * Iterating throws an `APIError` if the server reports one in the stream, an `APIConnectionError` if the stream
 * breaks off, an `APIConnectionTimeoutError` if nothing comes for as long as `timeout` says, and an
 * `APIUserAbortError` if it is aborted. What had come by then is the error's `partial`.
 */
export class Stream<Chunk, Answer = unknown> implements AsyncIterable<Chunk> {
  /** Aborts the stream. */
  readonly controller: AbortController;
  readonly #chunks: AsyncIterableIterator<Chunk, void, undefined>;
  readonly #final = Promise.withResolvers<Answer>();
  readonly #listeners: Listeners<Chunk, Answer> = {};
  #snapshot: unknown;
  #taken = false;

  /**
   * @param open gives the chunks, each of them once, and tells the observer of each
   * @param controller aborts what they come from
   */
  constructor(
    open: (observer: Observer) => AsyncIterableIterator<Chunk, void, undefined>,
    controller: AbortController,
  ) {
    this.controller = controller;
    // Whoever iterates is told there.
    this.#final.promise.catch(() => {});
    this.#chunks = open({
      chunk: (chunk) => this.#note(chunk as Chunk),
      end: () => {
        const answer = finished(this.#snapshot) as Answer;
        this.#final.resolve(answer);
        this.#emit("end", answer);
      },
      fail: (error) => {
        if (error instanceof APIError) error.partial ??= this.#snapshot;
        this.#final.reject(error);
        this.#emit("error", error as Error);
      },
      leave: () => this.#final.reject(new APIUserAbortError()),
    });
  }

  /** @throws {TypeError} when asked a second time: the chunks are gone then */
  [Symbol.asyncIterator](): AsyncIterableIterator<Chunk, void, undefined> {
    if (this.#taken) throw new TypeError("A stream can be read only once.");
    this.#taken = true;
    return this.#chunks;
  }

  /** Listens to a stream that nobody iterates, or beside whoever does. */
  on<Name extends keyof StreamEvents<Chunk, Answer>>(
    name: Name,
    listener: (...args: StreamEvents<Chunk, Answer>[Name]) => void,
  ): this {
    const list: ((...args: StreamEvents<Chunk, Answer>[Name]) => void)[] = this.#listeners[name] ?? [];
    list.push(listener);
    Object.assign(this.#listeners, { [name]: list });
    // Later than whoever still wants to iterate in this turn, or to listen to more.
    queueMicrotask(() => this.#drain());
    return this;
  }

  /**
   * The answer that the chunks add up to, once all have come; reads them if nobody does.
   *
   * @throws {APIError} as iterating does
   */
  finalChatCompletion(): Promise<Answer> {
    this.#drain();
    return this.#final.promise;
  }

  /** The text of that answer's first choice; null where it has none, as when tools are called. */
  async finalContent(): Promise<string | null> {
    return contentOf(await this.finalChatCompletion());
  }

  /** Two streams of the same chunks, each read at its own pace. What one has not read yet is kept. */
  tee(): [Stream<Chunk, Answer>, Stream<Chunk, Answer>] {
    const source = this[Symbol.asyncIterator]();
    const queues: Promise<IteratorResult<Chunk, void>>[][] = [[], []];
    const branch = (own: Promise<IteratorResult<Chunk, void>>[]) =>
      async function* (observer: Observer): AsyncGenerator<Chunk, void, undefined> {
        let open = true;
        try {
          while (open) {
            if (own.length === 0) {
              const next = source.next();
              next.catch(() => {});
              for (const queue of queues) queue.push(next);
            }
            const result = await own.shift();
            open = result !== undefined && !result.done;
            if (!result || result.done) continue;
            observer.chunk(result.value);
            yield result.value;
          }
          observer.end();
        } catch (error) {
          open = false;
          observer.fail(error);
          throw error;
        } finally {
          if (open) observer.leave();
        }
      };
    const [left = [], right = []] = queues;
    return [new Stream(branch(left), this.controller), new Stream(branch(right), this.controller)];
  }

  /** The chunks as lines of JSON, to be sent on and read by `JSON.parse` line by line. */
  toReadableStream(): ReadableStream<Uint8Array> {
    const chunks = this[Symbol.asyncIterator]();
    const encoder = new TextEncoder();
    return new ReadableStream({
      async pull(controller) {
        const { value, done } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
      },
      async cancel() {
        await chunks.return?.();
      },
    });
  }

  #note(chunk: Chunk): void {
    this.#snapshot = fold(this.#snapshot, chunk);
    this.#emit("chunk", chunk, this.#snapshot as Answer);
    const delta = this.#listeners.content && contentOf(chunk);
    if (delta) this.#emit("content", delta, contentOf(this.#snapshot) ?? "");
  }

  #emit<Name extends keyof StreamEvents<Chunk, Answer>>(
    name: Name,
    ...args: StreamEvents<Chunk, Answer>[Name]
  ): void {
    for (const listener of this.#listeners[name] ?? []) listener(...args);
  }

  #drain(): void {
    if (this.#taken) return;
    const all = async () => {
      for await (const _ of this);
    };
    // Told to whoever waits for the answer, or listens.
    all().catch(() => {});
  }
}
