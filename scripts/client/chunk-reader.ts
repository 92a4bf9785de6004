/** The chunks of an answer, read one by one: server-sent events whose data is JSON. */
import { createParser, type EventSourceMessage } from "eventsource-parser";
import { isObject } from "../shared/json.ts";
import { type Deadline, orAborted } from "./deadline.ts";
import { APIConnectionError, APIError, errorFrom, errorFromAbort } from "./errors.ts";

/** How many milliseconds a server has, after `[DONE]`, to end the answer. */
const GRACE = 1000;

/** What is told of the chunks of a stream as they are read. */
export interface Observer {
  chunk(chunk: unknown): void;
  /** All have come. */
  end(): void;
  /** No more will come. */
  fail(error: unknown): void;
  /** Nobody wants more. */
  leave(): void;
}

type Result<Chunk> = IteratorResult<Chunk, void>;

/**
 * Reads an answer. What has come is handed out without waiting, which matters where much comes in one read; hence no
 * async generator, which would pause at each chunk.
 */
export class ChunkReader<Chunk> implements AsyncIterableIterator<Chunk, void, undefined> {
  readonly #response: Response;
  readonly #deadline: Deadline;
  readonly #finish: readonly [list: string, member: string] | undefined;
  readonly #limit: number;
  readonly #observer: Observer;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  readonly #decoder = new TextDecoder();
  readonly #parser = createParser({ onEvent: (event) => this.#events.push(event) });
  #events: EventSourceMessage[] = [];
  /** The next event to be handed out. */
  #at = 0;
  /** What came before the first event. */
  #head = "";
  #empty = true;
  /** How much came since the last event. */
  #pending = 0;
  /** By item of the list: whether it is whole. */
  readonly #items = new Map<unknown, boolean>();
  /** Whether all of the answer is read. */
  #ended = false;
  #closed = false;
  #filling: Promise<Result<Chunk>> | undefined;

  /**
   * @param response the answer, not read yet
   * @param deadline bounds the time between two reads
   * @param finish the list of a chunk, and the member of its items, that is set once the answer is whole. Without it, a
   *   stream is whole when it ends
   * @param limit how many characters an event may have
   */
  constructor(
    response: Response,
    deadline: Deadline,
    finish: readonly [list: string, member: string] | undefined,
    limit: number,
    observer: Observer,
  ) {
    this.#response = response;
    this.#deadline = deadline;
    this.#finish = finish;
    this.#limit = limit;
    this.#observer = observer;
    this.#reader = response.body?.getReader();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Result<Chunk>> {
    if (this.#filling)
      return this.#filling.then(
        () => this.next(),
        () => this.next(),
      );
    if (this.#closed) return Promise.resolve({ done: true, value: undefined });
    try {
      const result = this.#take();
      if (result) return Promise.resolve(result);
    } catch (error) {
      return Promise.reject(this.#fail(error));
    }
    this.#filling = this.#fill().finally(() => {
      this.#filling = undefined;
    });
    return this.#filling;
  }

  return(): Promise<Result<Chunk>> {
    this.#observer.leave();
    this.#close(0);
    return Promise.resolve({ done: true, value: undefined });
  }

  /** @returns undefined where there is nothing to hand out before more is read */
  #take(): Result<Chunk> | undefined {
    while (this.#at < this.#events.length) {
      const event = this.#events[this.#at++] as EventSourceMessage;
      this.#empty = false;
      if (this.#deadline.signal.aborted) throw errorFromAbort(this.#deadline.signal);
      const data = event.data.trim();
      // What some servers send to keep the connection alive.
      if (data === "") continue;
      if (data === "[DONE]") return this.#end(GRACE);
      const chunk = parseChunk(this.#response, event, this.#ended);
      if (this.#finish) noteFinished(this.#items, chunk, this.#finish);
      this.#observer.chunk(chunk);
      return { done: false, value: chunk as Chunk };
    }
    return this.#ended ? this.#end(0) : undefined;
  }

  async #fill(): Promise<Result<Chunk>> {
    try {
      for (;;) {
        const bytes = await read(this.#reader, this.#deadline);
        this.#ended = bytes === undefined;
        this.#feed(bytes);
        const result = this.#take();
        if (result) return result;
      }
    } catch (error) {
      throw this.#fail(error);
    }
  }

  #feed(bytes: Uint8Array | undefined): void {
    // A server may leave out the blank line after its last event.
    const text = bytes ? this.#decoder.decode(bytes, { stream: true }) : `${this.#decoder.decode()}\n\n`;
    this.#events = [];
    this.#at = 0;
    this.#parser.feed(text);
    this.#pending = this.#events.length > 0 ? 0 : this.#pending + text.length;
    if (this.#pending > this.#limit) {
      const message = `An event of the stream is larger than ${this.#limit} characters.`;
      throw new APIError(this.#response.status, undefined, message, this.#response.headers);
    }
    if (this.#empty) this.#head = (this.#head + text).slice(0, 5000);
  }

  #end(grace: number): Result<Chunk> {
    if (this.#empty && /^\s*[{<]/.test(this.#head)) {
      const said = parseJSON(this.#head) ?? this.#head;
      throw errorFrom(this.#response, said, "The answer is not a stream of events:");
    }
    const items = [...this.#items.values()];
    if (this.#finish && (items.length === 0 || items.includes(false))) throw brokenOff();
    this.#close(grace);
    this.#observer.end();
    return { done: true, value: undefined };
  }

  /** @returns the error, for whoever throws it */
  #fail(error: unknown): unknown {
    this.#close(0);
    this.#observer.fail(error);
    return error;
  }

  #close(grace: number): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#events = [];
    this.#deadline.close();
    if (this.#reader) close(this.#reader, grace);
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
async function read(
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
