/** An answer that comes in pieces: server-sent events whose data is JSON. */
import { createParser, type EventSourceMessage } from "eventsource-parser";
import { type Deadline, orAborted } from "./deadline.ts";
import {
  APIConnectionError,
  APIError,
  APIUserAbortError,
  errorFrom,
  errorFromAbort,
  isObject,
} from "./errors.ts";
import { contentOf, finished, fold } from "./fold.ts";

/** How many milliseconds a server has, after `[DONE]`, to end the answer. */
const GRACE = 1000;

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
  readonly #chunks: AsyncGenerator<Chunk, void, undefined>;
  readonly #final = Promise.withResolvers<Answer>();
  readonly #listeners: Listeners<Chunk, Answer> = {};
  #snapshot: unknown;
  #taken = false;

  /**
   * @param chunks each of them once
   * @param controller aborts what they come from
   */
  constructor(chunks: AsyncIterable<Chunk>, controller: AbortController) {
    this.controller = controller;
    this.#chunks = this.#follow(chunks);
    // Whoever iterates is told there.
    this.#final.promise.catch(() => {});
  }

  /** @throws {TypeError} when asked a second time: the chunks are gone then */
  [Symbol.asyncIterator](): AsyncGenerator<Chunk, void, undefined> {
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
    const branch = async function* (
      own: Promise<IteratorResult<Chunk, void>>[],
    ): AsyncGenerator<Chunk, void, undefined> {
      for (;;) {
        if (own.length === 0) {
          const next = source.next();
          next.catch(() => {});
          for (const queue of queues) queue.push(next);
        }
        const result = await own.shift();
        if (!result || result.done) return;
        yield result.value;
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
        await chunks.return();
      },
    });
  }

  async *#follow(chunks: AsyncIterable<Chunk>): AsyncGenerator<Chunk, void, undefined> {
    try {
      for await (const chunk of chunks) {
        this.#snapshot = fold(this.#snapshot, chunk);
        this.#emit("chunk", chunk, this.#snapshot as Answer);
        const delta = contentOf(chunk);
        if (delta) this.#emit("content", delta, contentOf(this.#snapshot) ?? "");
        yield chunk;
      }
      const answer = finished(this.#snapshot) as Answer;
      this.#final.resolve(answer);
      this.#emit("end", answer);
    } catch (error) {
      if (error instanceof APIError) error.partial ??= this.#snapshot;
      this.#final.reject(error);
      this.#emit("error", error as Error);
      throw error;
    } finally {
      // Only of a loop that was left: else it is settled.
      this.#final.reject(new APIUserAbortError());
    }
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

/**
 * The stream that an answer holds.
 *
 * @param response the answer, not read yet
 * @param deadline bounds the time between two reads
 * @param finish the list of a chunk, and the member of its items, that is set once the answer is whole. Without it, a
 *   stream is whole when it ends
 * @param limit how many characters an event may have
 */
export function streamFrom(
  response: Response,
  deadline: Deadline,
  finish: readonly [list: string, member: string] | undefined,
  limit: number,
): Stream<unknown> {
  return new Stream(read(response, deadline, finish, limit), deadline.controller);
}

async function* read<Chunk>(
  response: Response,
  deadline: Deadline,
  finish: readonly [list: string, member: string] | undefined,
  limit: number,
): AsyncGenerator<Chunk, void, undefined> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => events.push(event) });
  /** What came before the first event. */
  let head = "";
  let empty = true;
  /** How much came since the last event. */
  let pending = 0;
  /** By item of the list: whether it is whole. */
  const items = new Map<unknown, boolean>();
  let done = false;
  try {
    for (let open = true; open; ) {
      const bytes = await next(reader, deadline);
      open = bytes !== undefined;
      // A server may leave out the blank line after its last event.
      const text = bytes ? decoder.decode(bytes, { stream: true }) : `${decoder.decode()}\n\n`;
      pending += text.length;
      parser.feed(text);
      if (events.length > 0) pending = 0;
      if (pending > limit)
        throw new APIError(
          response.status,
          undefined,
          `An event of the stream is larger than ${limit} characters.`,
          response.headers,
        );
      if (empty) head = (head + text).slice(0, 5000);
      const batch = events;
      events = [];
      for (const event of batch) {
        empty = false;
        if (deadline.signal.aborted) throw errorFromAbort(deadline.signal);
        const data = event.data.trim();
        // What some servers send to keep the connection alive.
        if (data === "") continue;
        if (data === "[DONE]") {
          done = true;
          open = false;
          break;
        }
        const chunk = parseChunk(response, event, bytes === undefined);
        if (finish) noteFinished(items, chunk, finish);
        yield chunk as Chunk;
      }
    }
    if (empty && /^\s*[{<]/.test(head))
      throw errorFrom(response, parseJSON(head) ?? head, "The answer is not a stream of events:");
    if (finish && (items.size === 0 || [...items.values()].includes(false))) throw brokenOff();
  } finally {
    deadline.close();
    if (reader) close(reader, done ? GRACE : 0);
  }
}

/**
 * Closes the connection, without waiting for it. After `[DONE]` the answer's end is on its way: a connection on which
 * it comes within the grace period stays open for the next call.
 */
function close(reader: ReadableStreamDefaultReader<Uint8Array>, grace: number): void {
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

/** @returns undefined at the end */
async function next(
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  deadline: Deadline,
): Promise<Uint8Array | undefined> {
  deadline.wait();
  try {
    const result = reader && (await orAborted(deadline.signal, reader.read()));
    return result?.value;
  } catch (cause) {
    throw deadline.signal.aborted
      ? errorFromAbort(deadline.signal)
      : new APIConnectionError({ message: "The connection was lost in the middle of the stream.", cause });
  } finally {
    deadline.rest();
  }
}

/** @param last whether nothing comes after this event, so that it may be cut */
function parseChunk(response: Response, { event, data }: EventSourceMessage, last: boolean): unknown {
  const chunk = parseJSON(data);
  if (chunk === undefined && last) throw brokenOff();
  if (event === "error") throw errorFrom(response, chunk ?? data);
  if (chunk === undefined) throw errorFrom(response, data, "An event of the stream is not JSON:");
  if (isObject(chunk) && chunk["error"]) throw errorFrom(response, chunk);
  return chunk;
}

/** @returns undefined if it is not JSON */
function parseJSON(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Some servers send an empty member until it is set, or one more chunk after it was. */
function noteFinished(
  whole: Map<unknown, boolean>,
  chunk: unknown,
  [list, member]: readonly [list: string, member: string],
): void {
  const items = isObject(chunk) && chunk[list];
  if (!Array.isArray(items)) return;
  for (const item of items) {
    if (isObject(item)) whole.set(item["index"], whole.get(item["index"]) || Boolean(item[member]));
  }
}

function brokenOff(): APIConnectionError {
  return new APIConnectionError({ message: "The stream broke off before the answer was whole." });
}
