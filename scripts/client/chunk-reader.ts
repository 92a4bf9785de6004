/** The chunks of a streamed answer, read one by one. */
import { type BodyReader, readerOf } from "./body.ts";
import { type ChunkFormat, ChunkParser } from "./chunk-parser.ts";
import type { Deadline } from "./deadline.ts";
import { APIConnectionError, errorFromAbort } from "./errors.ts";

/** How many milliseconds a server has, after `[DONE]`, to end the answer. */
const GRACE = 1000;

/** Follows the chunks of a stream as they are handed out. */
export interface Observer {
  chunk(chunk: unknown): void;
  /** All chunks have come. */
  end(): void;
  /** No more will come, since something failed. */
  fail(error: unknown): void;
  /** The reader left before the end. */
  leave(): void;
}

/** Where the chunks of a `Stream` come from. */
export interface ChunkSource<Chunk> extends AsyncIterableIterator<Chunk, void, undefined> {
  observer: Observer | undefined;
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
  observer: Observer | undefined;
  readonly #source: StreamSource;
  readonly #reader: BodyReader | undefined;
  readonly #decoder = new TextDecoder();
  readonly #parser: ChunkParser;
  #listening = false;
  #closed = false;
  #pending: Promise<Result<Chunk>> | undefined;
  #settle: ((result: Result<Chunk> | Promise<never>) => void) | undefined;
  #first: Result<Chunk> | undefined;

  constructor(source: StreamSource) {
    this.#source = source;
    this.#parser = new ChunkParser(source, source.response.headers);
    const { body } = source.response;
    this.#reader = body ? readerOf(body) : undefined;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Reads until it is clear what the answer is. @throws {APIError} if it is no stream */
  async open(): Promise<void> {
    this.#first = await this.#next();
  }

  next(): Promise<Result<Chunk>> {
    if (!this.#first) return this.#next();
    const first = this.#first;
    this.#first = undefined;
    try {
      return Promise.resolve(this.#tell(first));
    } catch (error) {
      return Promise.reject(this.#fail(error));
    }
  }

  return(): Promise<Result<Chunk>> {
    if (!this.#closed) this.observer?.leave();
    this.#close(0);
    return Promise.resolve(END);
  }

  #next(): Promise<Result<Chunk>> {
    const again = () => this.#next();
    if (this.#pending) return this.#pending.then(again, again);
    if (this.#closed) return Promise.resolve(END);
    try {
      const result = this.#take();
      if (result) return Promise.resolve(result);
      this.#checkAbort();
    } catch (error) {
      return Promise.reject(this.#fail(error));
    }
    this.#pending = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#read();
    return this.#pending;
  }

  #read(): void {
    const { deadline, response } = this.#source;
    deadline.wait();
    if (!this.#listening) deadline.signal.addEventListener("abort", this.#abort);
    this.#listening = true;
    if (this.#reader) this.#reader.read().then(this.#arrived, this.#lost);
    // React Native has no body to read.
    else response.text().then((text) => this.#feed(text, true), this.#lost);
  }

  readonly #arrived = ({ done, value }: Read): void => {
    this.#feed(done ? this.#decoder.decode() : this.#decoder.decode(value, { stream: true }), done);
  };

  #feed(text: string, last: boolean): void {
    const { deadline } = this.#source;
    deadline.rest();
    try {
      if (!this.#closed) this.#checkAbort();
      this.#parser.feed(text);
      if (last) this.#parser.end();
      const result = this.#closed ? END : this.#take();
      if (result) this.#done(result);
      else this.#read();
    } catch (error) {
      this.#done(Promise.reject(this.#fail(error)));
    }
  }

  readonly #lost = (cause: unknown): void => {
    const { deadline, response } = this.#source;
    const { signal } = deadline;
    // A connection that is lost after the complete answer is no loss.
    if (this.#closed || (this.#parser.complete && !this.#aborted)) {
      this.#feed("", true);
      return;
    }
    const message = this.#parser.withWords("The connection was lost in the middle of the stream.");
    const lost = () => new APIConnectionError({ message, cause, headers: response.headers });
    const error = signal.aborted ? errorFromAbort(signal) : lost();
    this.#done(Promise.reject(this.#fail(error)));
  };

  /** Whether the stream was ended from here. Waiting in vain after the complete answer is no reason. */
  get #aborted(): boolean {
    const { aborted, reason } = this.#source.deadline.signal;
    return aborted && !(this.#parser.complete && reason instanceof APIConnectionError);
  }

  #checkAbort(): void {
    if (this.#aborted) throw errorFromAbort(this.#source.deadline.signal);
  }

  /** A body may heed no signal; cancelling settles the read that waits for it. */
  readonly #abort = (): void => {
    if (this.#reader) this.#reader.cancel().catch(() => {});
    else if (this.#settle) this.#lost(undefined);
  };

  #done(result: Result<Chunk> | Promise<never>): void {
    this.#pending = undefined;
    this.#settle?.(result);
    this.#settle = undefined;
  }

  /** The next chunk or the end, if it is there, which the observer is told of. */
  #take(): Result<Chunk> | undefined {
    const taken = this.#parser.take();
    if (!taken) return undefined;
    this.#checkAbort();
    if (taken.done) {
      this.#close(taken.told ? GRACE : 0);
      return this.#tell(END);
    }
    return this.#tell({ done: false, value: taken.chunk as Chunk });
  }

  #tell(result: Result<Chunk>): Result<Chunk> {
    if (result.done) this.observer?.end();
    else this.observer?.chunk(result.value);
    return result;
  }

  /** @returns the error, to be thrown */
  #fail(error: unknown): unknown {
    this.#close(0);
    this.observer?.fail(error);
    return error;
  }

  #close(grace: number): void {
    if (this.#closed) return;
    this.#closed = true;
    const { deadline } = this.#source;
    deadline.signal.removeEventListener("abort", this.#abort);
    deadline.close();
    if (this.#reader) close(this.#reader, grace);
  }
}

const END: IteratorResult<never, void> = { done: true, value: undefined };

/**
 * Closes the connection, without waiting for it. After `[DONE]` the end of the answer is on its way: a connection on which
 * it comes within the grace period stays open for the next call.
 */
function close(reader: BodyReader, grace: number): void {
  // One that fails while it is closed has nothing more to say.
  const cancel = () => reader.cancel().catch(() => {});
  if (grace === 0) {
    cancel();
    return;
  }
  const timer = setTimeout(cancel, grace);
  reader
    .read()
    .catch(() => {})
    .finally(() => {
      clearTimeout(timer);
      cancel();
    });
}
