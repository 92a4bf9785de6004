/** An answer that comes in chunks. */
import { ANY_CHUNKS, type ChunkRules } from "../openai/chunk.ts";
import { END } from "./chunk-parser.ts";
import type { ChunkSource } from "./chunk-reader.ts";
import { Emitter } from "./emitter.ts";
import { APIError, APIUserAbortError } from "./errors.ts";
import { branches } from "./tee.ts";

/** The events of a stream, with the arguments of their listeners: `stream.on("chunk", (chunk) => …)`. */
export interface StreamEvents<Chunk, Answer = Chunk[]> {
  /** The server has answered (only of what `stream()` returns). */
  connect: [];
  /** Each chunk, and the answer so far. */
  chunk: [chunk: Chunk, snapshot: Answer];
  /** What broke the stream. */
  error: [error: APIError];
  /** The stream was aborted or left. */
  abort: [error: APIUserAbortError];
  /** Nothing more will come, whatever the reason. */
  end: [];
}

/** Puts an answer together from its chunks. */
export interface Collector<Chunk, Answer> {
  /** The answer so far. */
  readonly snapshot: Answer;
  add(chunk: Chunk): void;
  /** The complete answer. */
  finish(): Answer;
}

/** A class of streams, as the transport makes them. */
export interface StreamClass {
  new (
    source: ChunkSource<unknown> | Promise<ChunkSource<unknown>>,
    controller: AbortController,
    closed?: () => void,
  ): { final(): Promise<unknown> };
  readonly rules: ChunkRules;
}

type Listener<Args extends unknown[]> = (...args: Args) => void;
type Told<Args extends unknown[]> = Args extends [] ? undefined : Args extends [infer Only] ? Only : Args;

/**
 * The chunks of an answer, to be iterated once: `for await (const chunk of stream)`. Leaving the loop closes the connection.
 * A stream that is iterated keeps nothing. One that is asked for its complete answer, by `final()` or a listener, before it is
 * read puts the answer together as the chunks come; one that a method `stream()` returned always does.
 *
 * Iterating throws an `APIError` if the server reports one in the stream, an `APIConnectionError` if the stream breaks off,
 * an `APIConnectionTimeoutError` if nothing comes for as long as `timeout` says, and an `APIUserAbortError` if it is aborted.
 */
export class Stream<
  Chunk,
  Answer = Chunk[],
  Events extends { [Name in keyof Events]: unknown[] } & StreamEvents<Chunk, Answer> = StreamEvents<
    Chunk,
    Answer
  >,
> implements AsyncIterable<Chunk>
{
  static readonly rules: ChunkRules = ANY_CHUNKS;
  /** Aborts the stream, and the request if there is no answer yet. */
  readonly controller: AbortController;
  readonly #emitter = new Emitter<Events>();
  /** The same, by the events that every stream has. */
  readonly #events = this.#emitter as unknown as Emitter<StreamEvents<Chunk, Answer>>;
  readonly #closed: (() => void) | undefined;
  readonly #source: ChunkSource<Chunk> | Promise<ChunkSource<Chunk>>;
  #collector: Collector<Chunk, Answer> | undefined;
  #taken = false;
  /** The whole answer, once it is asked for, and whether it is there or failed. */
  #answer: Promise<Answer> | undefined;
  #settle: { resolve(answer: Answer): void; reject(error: unknown): void } | undefined;
  #over = false;
  #failure: unknown;
  /** Whether a failure reaches somebody: a promise was asked for, or a listener for errors was added. */
  #heard = false;

  /**
   * @param source gives the chunks, each of them once
   * @param controller aborts the source
   * @param closed is called when the source has ended; with it, the answer is put together in any case
   */
  constructor(
    source: ChunkSource<Chunk> | Promise<ChunkSource<Chunk>>,
    controller: AbortController,
    closed?: () => void,
  ) {
    this.controller = controller;
    this.#closed = closed;
    this.#source = source;
    if (closed) this.#keep();
    if (source instanceof Promise) {
      source.then(
        () => this.#guard(() => this.#events.emit("connect")),
        (error: unknown) => this.#fail(error),
      );
    }
  }

  /** @throws {TypeError} when asked a second time: the chunks are gone then */
  [Symbol.asyncIterator](): ChunkSource<Chunk> {
    if (this.#taken) throw new TypeError("A stream can be read only once.");
    this.#taken = true;
    return this.#answer || this.#source instanceof Promise ? this.#watched(this.#source) : this.#source;
  }

  /** Calls the listener at each event of that name. The chunks are read even if nobody iterates. */
  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): this {
    return this.#listen(name, listener, false);
  }

  /** Calls the listener at the next event of that name only. */
  once<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): this {
    return this.#listen(name, listener, true);
  }

  /** Takes a listener off. */
  off<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): this {
    this.#emitter.remove(name, listener);
    return this;
  }

  /** What the next event of that name tells: its argument, or a list of several. @throws {APIError} if the stream fails first */
  emitted<Name extends keyof Events>(name: Name): Promise<Told<Events[Name]>> {
    return new Promise((resolve, reject) => {
      this.once(name, (...args) => resolve((args.length > 1 ? args : args[0]) as Told<Events[Name]>));
      if (name !== "error" && name !== "abort" && name !== "end") this.final().catch(reject);
      this.#heard = true;
    });
  }

  /**
   * The complete answer, once all chunks have come: of a stream that is not a chat completion, the list of its chunks. Reads
   * the stream if nobody does.
   *
   * @throws {APIError} as iterating does
   */
  final(): Promise<Answer> {
    const answer = this.#keep();
    this.#heard = true;
    this.#drain();
    // A promise for each call, so that a rejection which that caller does not handle is reported.
    return answer.then((whole) => whole);
  }

  /** Waits for the end. @throws {APIError} as iterating does */
  async done(): Promise<void> {
    await this.final();
  }

  /** Ends the stream, and closes the connection. */
  abort(): void {
    this.controller.abort();
  }

  /** Two streams of the same chunks, each read at its own pace. What one has not read yet is kept, unless it was left. */
  tee(): [this, this] {
    const Class = this.constructor as new (source: ChunkSource<Chunk>, controller: AbortController) => this;
    const [left, right] = branches(this[Symbol.asyncIterator]());
    return [new Class(left, this.controller), new Class(right, this.controller)];
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
        await chunks.return();
      },
    });
  }

  protected get snapshot(): Answer | undefined {
    return this.#collector?.snapshot;
  }

  protected collector(): Collector<Chunk, Answer> {
    const chunks: Chunk[] = [];
    return { snapshot: chunks as Answer, add: (chunk) => chunks.push(chunk), finish: () => chunks as Answer };
  }

  /** For subclasses with events of their own: a chunk came, `"chunk"` listeners were called. */
  protected chunkCame(_chunk: Chunk, _emitter: Emitter<Events>): void {}

  /** For subclasses with events of their own: the answer is complete. */
  protected completed(_answer: Answer, _emitter: Emitter<Events>): void {}

  #listen<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>, once: boolean): this {
    this.#keep();
    this.#emitter.add(name, listener, once);
    if (name === "error" || name === "abort") this.#heard = true;
    // Later than the code that may still iterate, or add more listeners, before it waits for anything.
    setTimeout(() => this.#drain());
    return this;
  }

  #keep(): Promise<Answer> {
    if (this.#answer) return this.#answer;
    if (this.#taken)
      throw new TypeError("The chunks that were read are gone. Ask before you iterate, or call `stream()`.");
    this.#collector = this.collector();
    const answer = new Promise<Answer>((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    answer.catch(() => {});
    this.#answer = answer;
    return answer;
  }

  /** The chunks, each of which reaches the answer and the listeners before it is handed out. */
  #watched(source: ChunkSource<Chunk> | Promise<ChunkSource<Chunk>>): ChunkSource<Chunk> {
    let opened = source;
    const chunks: ChunkSource<Chunk> = {
      next: async () => {
        try {
          if (opened instanceof Promise) opened = await opened;
          const result = await opened.next();
          // It may have been left meanwhile.
          if (this.#over) return END;
          if (result.done) this.#complete();
          else this.#came(result.value);
          return result;
        } catch (error) {
          this.#fail(error);
          if (!(opened instanceof Promise)) opened.return();
          throw error;
        }
      },
      return: async () => {
        this.#fail(new APIUserAbortError());
        if (opened instanceof Promise) this.controller.abort();
        else await opened.return();
        return END;
      },
      [Symbol.asyncIterator]: () => chunks,
    };
    return chunks;
  }

  #came(chunk: Chunk): void {
    this.#collector?.add(chunk);
    this.#events.emit("chunk", chunk, this.snapshot as Answer);
    this.chunkCame(chunk, this.#emitter);
  }

  #complete(): void {
    const answer = this.#collector?.finish() as Answer;
    this.#settle?.resolve(answer);
    this.#close();
    this.completed(answer, this.#emitter);
    this.#events.emit("end");
  }

  #fail(error: unknown): void {
    if (error instanceof APIError) error.partial ??= this.snapshot;
    // A listener threw after the end.
    if (this.#over) return;
    this.#failure = error;
    this.#settle?.reject(error);
    this.#close();
    this.#guard(() => {
      if (error instanceof APIUserAbortError) this.#events.emit("abort", error);
      else this.#events.emit("error", error as APIError);
      this.#events.emit("end");
    });
  }

  #close(): void {
    this.#over = true;
    this.#closed?.();
  }

  /** What a listener throws where no reader can be told is an unhandled rejection. */
  #guard(emit: () => void): void {
    try {
      emit();
    } catch (error) {
      Promise.reject(error);
    }
  }

  #drain(): void {
    if (this.#taken || this.#over) return;
    const all = async () => {
      for await (const _ of this);
    };
    all().catch((error: unknown) => {
      // The promises and listeners that were told of it have it; anything else must not be lost.
      if (this.#failure !== error || !this.#heard) throw error;
    });
  }
}
