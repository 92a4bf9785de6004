/** The chunks of a streamed answer, read one by one. */
import { type BodyReader, readerOf, textDecoder } from "./body.ts";
import { type ChunkFormat, ChunkParser, END } from "./chunk-parser.ts";
import type { Deadline } from "./deadline.ts";
import { APIConnectionError, errorFromAbort } from "./errors.ts";

/** How many milliseconds a server has, after `[DONE]`, to end the answer. */
const GRACE = 1000;

/** Where the chunks of a `Stream` come from. */
export interface ChunkSource<Chunk> extends AsyncIterableIterator<Chunk, void, undefined> {
  next(): Promise<IteratorResult<Chunk, void>>;
  return(): Promise<IteratorResult<Chunk, void>>;
}

/** A stream that is not read yet. */
export interface StreamSource extends ChunkFormat {
  response: Response;
  /** Bounds the time between two reads. */
  deadline: Deadline;
}

type Result<Chunk> = IteratorResult<Chunk, void>;
type Read = Awaited<ReturnType<BodyReader["read"]>>;

/**
 * Reads an answer. Chunks that have arrived are handed out without waiting, and each read costs two promises: an async
 * generator would pause at each chunk.
 */
export class ChunkReader<Chunk> implements ChunkSource<Chunk> {
  readonly controller: AbortController;
  readonly #source: StreamSource;
  readonly #signal: AbortSignal;
  readonly #reader: BodyReader;
  readonly #decode = textDecoder();
  readonly #parser: ChunkParser;
  #closed = false;
  #pending: Promise<Result<Chunk>> | undefined;
  #settle: ((result: Result<Chunk> | Promise<never>) => void) | undefined;
  #first: Result<Chunk> | undefined;

  constructor(source: StreamSource) {
    const { response, deadline } = source;
    this.#source = source;
    this.controller = deadline.controller;
    this.#signal = deadline.signal;
    this.#parser = new ChunkParser(source, response.headers);
    this.#reader = readerOf(response);
    this.#signal.addEventListener("abort", this.#abort);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Reads until it is clear what the answer is. @throws {APIError} if it is not a stream */
  async open(): Promise<void> {
    this.#first = await this.next();
  }

  next(): Promise<Result<Chunk>> {
    if (this.#pending) {
      const again = () => this.next();
      return this.#pending.then(again, again);
    }
    try {
      const result = this.#take();
      if (result) return Promise.resolve(result);
    } catch (error) {
      return this.#fail(error);
    }
    this.#pending = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#read();
    return this.#pending;
  }

  return(): Promise<Result<Chunk>> {
    this.#first = undefined;
    this.#close(0);
    return Promise.resolve(END);
  }

  #read(): void {
    this.#source.deadline.wait();
    this.#reader.read().then(this.#arrived, this.#lost);
  }

  readonly #arrived = ({ done = false, value }: Read): void => this.#feed(this.#decode(value), done);

  #feed(text: string, last: boolean): void {
    // An abort has settled what waited for this read.
    if (!this.#settle) return;
    this.#source.deadline.rest();
    try {
      this.#parser.feed(text);
      if (last) this.#parser.end();
      const result = this.#take();
      if (result) this.#done(result);
      else this.#read();
    } catch (error) {
      this.#done(this.#fail(error));
    }
  }

  readonly #lost = (cause: unknown): void => {
    if (!this.#settle) return;
    // A connection that is lost after the complete answer is not a loss.
    if (this.#closed || (this.#parser.complete && !this.#aborted)) {
      this.#feed("", true);
      return;
    }
    const message = this.#parser.withWords("The connection was lost in the middle of the stream.");
    const { headers } = this.#source.response;
    const error = this.#signal.aborted
      ? errorFromAbort(this.#signal)
      : new APIConnectionError({ message, cause, headers });
    this.#done(this.#fail(error));
  };

  /** Whether the stream was ended from here. Giving up the wait after the complete answer does not count. */
  get #aborted(): boolean {
    const signal = this.#signal;
    return signal.aborted && !(this.#parser.complete && signal.reason instanceof APIConnectionError);
  }

  /** A body may ignore the signal. */
  readonly #abort = (): void => {
    this.#reader.cancel().catch(() => {});
    this.#lost(undefined);
  };

  #done(result: Result<Chunk> | Promise<never>): void {
    this.#pending = undefined;
    this.#settle?.(result);
    this.#settle = undefined;
  }

  /** The next chunk or the end, if it has arrived. */
  #take(): Result<Chunk> | undefined {
    const first = this.#first;
    this.#first = undefined;
    if (first) return first;
    if (this.#closed) return END;
    if (this.#aborted) throw errorFromAbort(this.#signal);
    const result = this.#parser.take() as Result<Chunk> | undefined;
    if (result?.done) this.#close(this.#parser.told ? GRACE : 0);
    return result;
  }

  #fail(error: unknown): Promise<never> {
    this.#close(0);
    return Promise.reject(error);
  }

  /**
   * Closes the connection, without waiting for it. After `[DONE]` the end of the answer is on its way: a connection on which
   * it comes within the grace period stays open for the next call.
   */
  #close(grace: number): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#signal.removeEventListener("abort", this.#abort);
    this.#source.deadline.close();
    // A connection that fails while it is closed has nothing more to say.
    const cancel = () => this.#reader.cancel().catch(() => {});
    if (grace === 0) {
      cancel();
      return;
    }
    const timer = setTimeout(cancel, grace);
    const ended = () => {
      clearTimeout(timer);
      cancel();
    };
    this.#reader.read().then(ended, ended);
  }
}
