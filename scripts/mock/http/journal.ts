/** The journal: the last requests and their answers, for the assertions of a test. It is bounded, and tokens are masked. */

import { inspect } from "node:util";
import { copy, type Json } from "../../shared/json.ts";
import { once } from "../../shared/memoize.ts";
import { type Mismatch, SESSION_HEADER, sessionOf } from "../engine/exchange.ts";
import { type Reply, textOf } from "../engine/reply.ts";

/** One request and its answer. */
export interface JournalEntry {
  /** Counts from 1, in the order of arrival. */
  id: number;
  /** When it came, in ISO 8601. */
  time: string;
  method: string;
  /** Path and query, as they were sent, without keys. */
  url: string;
  /** By lower-case name; keys are masked. */
  headers: Record<string, string | string[]>;
  /** The session that the header `X-Mock-Session` names. */
  session?: string;
  /** The parsed body; undefined where there is none, or none that could be read. */
  body?: Json | undefined;
  /** The `operationId`, else another name of the operation; undefined where the contract has no such path. */
  operation?: string;
  /** The example or scenario that answered. */
  scenario?: string;
  /** Why scenarios of yours did not answer, the nearest first. */
  mismatches: Mismatch[];
  /** Whether there are scenarios of yours, and none of them answered. */
  unmatched?: boolean;
  /** The faults of the answer. */
  faults: string[];
  /** 0 where no answer was written. */
  status: number;
  /** What was to be written: JSON as a value, a stream or anything else as text. */
  answer?: Json | undefined;
  /** Whether body and answer were too large to be kept. */
  truncated?: boolean;
  /** Milliseconds from the request's arrival to the answer's end; undefined until then. */
  ms?: number;
  /** Whether the client went away, or was cut off by a fault, before the answer's end. */
  aborted?: boolean;
}

/** Which entries are wanted; all that is given has to fit. */
export interface JournalFilter {
  session?: string;
  /** Any of its names: `createChatCompletion`, `chat.completions.create`, `POST /v1/chat/completions`. */
  operation?: string;
  /** The name of a scenario; `booking` stands for all of its answers. */
  scenario?: string;
  status?: number;
}

/** What is noted of a request. An entry is made of it for those who read it, which most requests never are. */
export interface Note extends Omit<JournalEntry, "time" | "headers" | "session" | "answer"> {
  /** When it came, in milliseconds since 1970-01-01. */
  came: number;
  /** The headers as they were sent, keys and all. */
  sent: JournalEntry["headers"];
  /** Body and answer, in characters. */
  size: number;
  answered?: Pick<Reply, "frames" | "streamed">;
}

/** Takes the keys out of headers. */
export type Mask = (headers: JournalEntry["headers"]) => JournalEntry["headers"];

interface Waiting {
  fits(note: Note): boolean;
  resolve(entry: JournalEntry): void;
}

const ENTRIES = 1000;
/** Of bodies and answers, in characters; the oldest entries go first. */
const SIZE = 16 * 1024 * 1024;
/** An entry of more is kept without its body and its answer, so that it does not push out all others. */
const LARGEST = SIZE / 4;

export class Journal {
  #notes: Note[] = [];
  #size = 0;
  #count = 0;
  readonly #waiting = new Set<Waiting>();
  readonly #mask: Mask;
  /** Whether entries are kept at all. */
  readonly enabled: boolean;

  constructor(enabled: boolean, mask: Mask) {
    this.enabled = enabled;
    this.#mask = mask;
  }

  /** Starts a note, which its request fills as it becomes known. */
  open(method: string, url: string, sent: JournalEntry["headers"]): Note {
    this.#count += 1;
    const note: Note = {
      id: this.#count,
      came: Date.now(),
      method,
      url,
      sent,
      mismatches: [],
      faults: [],
      status: 0,
      size: 0,
    };
    if (this.enabled) this.#notes.push(note);
    if (this.#notes.length > ENTRIES) this.#drop();
    return note;
  }

  /** Adds what was sent and answered, as far as there is room for it. */
  fill(note: Note, body: Json | undefined, size: number, answered: NonNullable<Note["answered"]>): void {
    const total = answered.frames.reduce((sum, { length }) => sum + length, size);
    if (total > LARGEST) {
      note.truncated = true;
      return;
    }
    if (body !== undefined) note.body = body;
    note.answered = answered;
    if (this.#notes.lastIndexOf(note) === -1) return;
    note.size = total;
    this.#size += total;
    while (this.#size > SIZE && this.#notes.length > 1) this.#drop();
  }

  /** Tells those who wait that a request was answered. */
  close(note: Note): void {
    for (const one of this.#waiting) {
      if (this.#notes.includes(note) && one.fits(note)) one.resolve(this.entryOf(note));
    }
  }

  /**
   * Waits for an answered request.
   *
   * @param fits says which; one that was already answered counts too
   * @param timeout in milliseconds
   * @throws {Error} when none has come in time
   */
  async wait(fits: (note: Note) => boolean, timeout: number): Promise<JournalEntry> {
    const known = this.#notes.find((note) => note.ms !== undefined && fits(note));
    if (known) return this.entryOf(known);
    const { promise, resolve, reject } = Promise.withResolvers<JournalEntry>();
    const waiting = { fits, resolve };
    this.#waiting.add(waiting);
    const came = () => this.#notes.map(({ method, url, status }) => `${method} ${url} ${status}`).slice(-10);
    const timer = setTimeout(
      () =>
        reject(
          new Error(`No such request came in ${timeout} ms. There came: ${came().join(", ") || "none"}.`),
        ),
      timeout,
    );
    return promise.finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(waiting);
    });
  }

  /** The requests, the oldest first. */
  select(fits: (note: Note) => boolean = () => true): JournalEntry[] {
    return this.#notes.filter(fits).map((note) => this.entryOf(note));
  }

  /** A note as its readers see it, without keys. What takes long is made when it is asked for: a log line has none of it. */
  entryOf({ came, sent, body, answered, size: _, ...known }: Note): JournalEntry {
    const named = sent[SESSION_HEADER];
    const headers = once(() => this.#mask(sent));
    // Requests share it, and a test may change what it is given.
    const ownBody = once(() => (body === undefined ? undefined : copy(body)));
    const answer = once(() => answered && parsed(answered));
    const entry = {
      ...known,
      ...(named !== undefined && { session: String(named) }),
      get time() {
        return new Date(came).toISOString();
      },
      get headers() {
        return headers();
      },
      get body() {
        return ownBody();
      },
      get answer() {
        return answer();
      },
    };
    // Node would print a getter as `[Getter]`.
    return Object.defineProperty(entry, inspect.custom, { value: () => ({ ...entry }) });
  }

  /** Forgets all entries, or those of a session. */
  clear(session?: string): void {
    this.#notes = session === undefined ? [] : this.#notes.filter(({ sent }) => sessionOf(sent) !== session);
    this.#size = this.#notes.reduce((sum, { size }) => sum + size, 0);
  }

  #drop(): void {
    this.#size -= this.#notes.shift()?.size ?? 0;
  }
}

function parsed({ frames, streamed }: NonNullable<Note["answered"]>): Json {
  const text = textOf(frames);
  if (streamed) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/**
 * Makes a test of entries.
 *
 * @param sessions the session as entries know it: by its name, or by a digest of the token that it is
 * @param operation the name that entries have of the operation
 */
export function fitting(
  { scenario, status }: JournalFilter,
  sessions: readonly string[] | undefined,
  operation: string | undefined,
): (note: Note) => boolean {
  return (note) =>
    (sessions === undefined || sessions.includes(sessionOf(note.sent))) &&
    (operation === undefined || note.operation === operation) &&
    (scenario === undefined ||
      note.scenario === scenario ||
      note.scenario?.startsWith(`${scenario}/`) === true) &&
    (status === undefined || note.status === status);
}
