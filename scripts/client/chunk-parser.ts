/** From the text of a streamed answer to its chunks, or to the error that the server reports in their place. */
import type { ChunkRules } from "../openai/chunk.ts";
import { type Finish, Progress } from "../openai/completeness.ts";
import { errorWords, hasAny, isErrorReport } from "../openai/error-words.ts";
import { isObject, parseJSON } from "../shared/json.ts";
import { essence, STREAM_TYPE } from "../shared/media-types.ts";
import { APIConnectionError, type Report } from "./errors.ts";
import { EventReader, type ServerEvent } from "./events.ts";

/** How many characters of lines outside of events are kept beside later events. */
const KEPT = 5000;
/** How often such lines are tried as JSON that is complete by then. */
const TRIES = 50;
/** What a stream gives after its last chunk. */
export const END: IteratorResult<never, undefined> = { done: true, value: undefined };

/** What is known of a stream before it is read. */
export interface ChunkFormat {
  rules: ChunkRules;
  /** What tells that the answer is complete. Without it, a stream is complete when it ends. */
  finish: Finish | undefined;
  /** Whether `[DONE]` alone is not enough. */
  requireFinish: boolean;
  /** How many characters an event may have. */
  limit: number;
  /** Makes the error that the server's words amount to. */
  report: Report;
}

/** Reads the events of one stream. */
export class ChunkParser {
  readonly #format: ChunkFormat;
  readonly #headers: Headers;
  readonly #events = new EventReader();
  readonly #progress: Progress;
  /** Events that came as one, the next one last. */
  readonly #queue: ServerEvent[] = [];
  /** Lines outside of events since the last one, and how often they were tried as JSON. */
  #stray = "";
  #tries = 0;
  /** How many chunks were handed out, whether one of them was not an event, and what the rules say of the last one. */
  #count = 0;
  #bare = false;
  #begun = false;
  /** The last chunk, or the text of an event that has nothing that a chunk has. */
  #last: unknown;
  /** Whether all of the text is there. */
  #ended = false;
  /** Whether the last event has been handed out. */
  #over = false;
  /** Whether the server said that the stream ends, with `[DONE]`. */
  told = false;

  /** @param headers of the response, for the errors of streams that break off */
  constructor(format: ChunkFormat, headers: Headers) {
    this.#format = format;
    this.#headers = headers;
    this.#progress = new Progress(format.finish);
  }

  /** Whether the chunks so far are a complete answer. */
  get complete(): boolean {
    return this.#progress.complete;
  }

  /** @param text the next part */
  feed(text: string): void {
    this.#events.feed(text);
  }

  /** There is no more text. */
  end(): void {
    this.#ended = true;
    this.#events.end();
  }

  /**
   * The next chunk, which may be anything, or the end.
   *
   * @returns undefined where more text is needed
   * @throws {APIError} if the server reports an error, or the stream ends before the answer does
   */
  take(): IteratorResult<unknown, undefined> | undefined {
    while (!this.#over) {
      const event = this.#queue.pop() ?? this.#events.next();
      if (!event && !this.#ended) {
        this.#checkSize();
        return undefined;
      }
      const value = event ? this.#read(event) : this.#readStray(true);
      if (value === DONE || (!event && value === undefined && this.#queue.length === 0)) {
        this.told = value === DONE;
        this.#checkEnd();
        return END;
      }
      if (value === undefined) continue;
      this.#progress.note(value);
      this.#count++;
      return { done: false, value };
    }
    this.told = true;
    return END;
  }

  /** A message for people, and what the server wrote last that may say more. */
  withWords(message: string): string {
    const words = errorWords(this.#stray || this.#unread);
    return words ? `${message} The server wrote: ${this.#format.report.mask(words)}` : message;
  }

  /** @returns undefined for an event that is not a chunk */
  #read(event: ServerEvent): unknown {
    const { data, name, stray } = event;
    if (data.length < 24 && name !== "error") {
      // Of a stream of anything, these may be chunks.
      const known = this.#format.rules.expected.length > 0;
      if ((known ? ENDING : DONE_ALONE).test(data)) return DONE;
      if ((known ? NOTHING : BLANK).test(data)) return undefined;
    }
    if (stray) {
      this.#stray += `${data}\n`;
      return /^[[{}\]]/.test(data) && this.#tries++ < TRIES ? this.#readStray(false) : undefined;
    }
    if (this.#stray) {
      // What the lines make comes before the event.
      this.#queue.push(event);
      const chunk = this.#readStray(false);
      this.#stray = this.#stray.slice(-KEPT);
      if (chunk !== undefined || this.#queue.at(-1) !== event) return chunk;
      this.#queue.pop();
    }
    const value = parseJSON(data);
    // Events that are described may be text.
    if (value === undefined && this.#format.rules.events && !/^\s*[[{"]/.test(data))
      return this.#judge(data, name);
    return value === undefined ? this.#readText(event) : this.#judge(value, name);
  }

  /** Puts the data of events that came as one before those that are not read yet. */
  #apart(name: string, parts: string[]): void {
    for (const data of parts.reverse()) this.#queue.push({ name, data, stray: false });
  }

  /** Reads data that is not JSON as a whole. */
  #readText({ name, data }: ServerEvent): undefined {
    const { report } = this.#format;
    if (name === "error") throw report(data, data ? undefined : "The server reported an error.");
    // One line break where two should part the events, or an error written into the middle of a chunk.
    const lines = data.replace(/\}\s*\{/g, "}\n{").split(/\n|data: ?(?=[[{])/);
    const parts = lines.filter((part) => parseJSON(part) !== undefined);
    if (parts.length > 0) {
      this.#apart(name, parts);
      return undefined;
    }
    if (this.#ended && /^\s*[[{]/.test(data)) throw this.#brokenOff();
    if (isNamed(name) || ALIVE.test(data)) return undefined;
    throw report(data, "An event of the stream is not JSON:");
  }

  /**
   * The chunk that lines outside of events make, where they make one.
   *
   * @throws {APIError} if they are an error, or all of an answer that is not a stream
   */
  #readStray(last: boolean): unknown {
    const text = this.#stray;
    const { report, rules } = this.#format;
    const { expected } = rules;
    const value = parseJSON(text);
    const problem = this.#count === 0 ? this.#problem : undefined;
    if (value === undefined) {
      if (last && problem && (expected.length > 0 ? text : /^\s*[{<]/.test(text)))
        throw report(text, problem);
      return undefined;
    }
    this.#stray = "";
    this.#tries = 0;
    // Some servers stream a list of chunks.
    const known =
      expected.length === 0 || [value].flat().every((one) => isObject(one) && hasAny(one, expected));
    if (isErrorReport(value, expected) || (problem && !known)) throw report(value, problem);
    this.#bare = true;
    return known ? this.#judge(value, "") : undefined;
  }

  /** @throws {APIError} if the value is an error */
  #judge(value: unknown, name: string): unknown {
    const { rules, report } = this.#format;
    const { expected, events } = rules;
    const meaning = events?.read(value, name);
    if (meaning && "failure" in meaning) throw report(meaning.failure);
    if (meaning?.named) {
      this.#over = meaning.last;
      return meaning.chunk;
    }
    if (name === "error" || isErrorReport(value, expected)) throw report(value);
    if (meaning) return meaning.chunk;
    if (expected.length === 0) return value;
    if (!isObject(value)) {
      if (value === null) return undefined;
      if (Array.isArray(value) && value.length > 0 && value.every(isObject)) {
        const parts = value.map((one) => JSON.stringify(one));
        this.#apart(name, parts);
        return undefined;
      }
      throw report(value, "An event of the stream is not a chunk:");
    }
    // A signal that keeps the connection alive, such as `event: ping`.
    const known = hasAny(value, expected);
    if (!known && isNamed(name)) return undefined;
    this.#last = known ? value : JSON.stringify(value);
    this.#begun = rules.chunk(value, this.#begun);
    return value;
  }

  /** @throws {APIConnectionError} if the answer is not whole */
  #checkEnd(): void {
    const { events } = this.#format.rules;
    // A complete answer came in place of a stream, or the caller takes the server's word.
    const enough = this.#bare
      ? this.#count === 1
      : this.told && this.#count > 0 && !this.#format.requireFinish;
    const missing = events
      ? events.told !== undefined && !(this.told && events.told === "[DONE]")
      : this.#progress.missing;
    if (missing && !enough) throw this.#brokenOff();
  }

  /** What came last and is no chunk, or an error beside the chunk, such as Groq's `x_groq.error`. */
  get #unread(): unknown {
    const last = this.#last;
    return isObject(last) ? Object.values(last).find((member) => isObject(member) && member["error"]) : last;
  }

  get #problem(): string {
    const type = essence(this.#headers.get("content-type") ?? "");
    return `The answer is ${type && type !== STREAM_TYPE ? `${type}, ` : ""}not a stream of events:`;
  }

  #brokenOff(): APIConnectionError {
    const message = this.withWords("The stream broke off before the answer was whole.");
    return new APIConnectionError({ message, headers: this.#headers });
  }

  #checkSize(): void {
    const { limit, report } = this.#format;
    if (this.#events.pending > limit)
      throw report(undefined, `An event of the stream is larger than ${limit} characters.`);
  }
}

/** `[DONE]`, in the ways it is written. */
const DONE_ALONE = /^\s*(\[DONE\]|DONE)\s*$/;
const ENDING = /^(data:)?\W*(done|end)\W*$/i;
/** What holds nothing, and what keeps the connection alive. */
const BLANK = /^\s*$/;
const NOTHING = /^\s*(""|\[\s*\])?\s*$/;
const ALIVE = /^\s*:|^\W*(ping|pong|heart-?beat|keep[- _]?alive)\W*$/i;

/** The last event of a stream. */
const DONE = Symbol("[DONE]");

/** `message` is what an event without a name is called. */
function isNamed(name: string): boolean {
  return name !== "" && name !== "message";
}
