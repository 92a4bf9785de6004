/** An answer that comes in pieces: server-sent events whose data is JSON. */
import { createParser, type EventSourceMessage } from "eventsource-parser";
import { type Deadline, orAborted } from "./deadline.ts";
import { APIConnectionError, errorFrom, errorFromAbort, isObject } from "./errors.ts";

/** How many milliseconds a server has, after `[DONE]`, to end the answer. */
const GRACE = 1000;

/**
 * The chunks of a streamed answer, to be iterated once: `for await (const chunk of stream)`. Leaving the loop closes
 * the connection.
 *
 * Iterating throws an `APIError` if the server reports one in the stream, an `APIConnectionError` if the stream
 * breaks off, an `APIConnectionTimeoutError` if nothing comes for as long as `timeout` says, and an
 * `APIUserAbortError` if it is aborted.
 */
export class Stream<Chunk> implements AsyncIterable<Chunk> {
  /** Aborts the stream. */
  readonly controller: AbortController;
  readonly #chunks: AsyncGenerator<Chunk, void, undefined>;
  #taken = false;

  /**
   * @param response the answer, not read yet
   * @param deadline bounds the time between two reads
   * @param finish the list of a chunk, and the member of its items, that is set once the answer is whole. Without
   *   it, a stream is whole when it ends
   */
  constructor(response: Response, deadline: Deadline, finish?: readonly [list: string, member: string]) {
    this.controller = deadline.controller;
    this.#chunks = read(response, deadline, finish);
  }

  /** @throws {TypeError} when asked a second time: the chunks are gone then */
  [Symbol.asyncIterator](): AsyncGenerator<Chunk, void, undefined> {
    if (this.#taken) throw new TypeError("A stream can be read only once.");
    this.#taken = true;
    return this.#chunks;
  }
}

async function* read<Chunk>(
  response: Response,
  deadline: Deadline,
  finish: readonly [list: string, member: string] | undefined,
): AsyncGenerator<Chunk, void, undefined> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => events.push(event) });
  /** What came before the first event. */
  let head = "";
  let empty = true;
  /** By item of the list: whether it is whole. */
  const items = new Map<unknown, boolean>();
  let done = false;
  try {
    for (let open = true; open; ) {
      const bytes = await next(reader, deadline);
      open = bytes !== undefined;
      // A server may leave out the blank line after its last event.
      const text = bytes ? decoder.decode(bytes, { stream: true }) : `${decoder.decode()}\n\n`;
      parser.feed(text);
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
