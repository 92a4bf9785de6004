/** The journal: the last requests and their answers, for the assertions of a test. It is bounded, and tokens are masked. */

import type { Json } from "../../shared/json.ts";
import type { Mismatch } from "../engine/exchange.ts";

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
  readonly headers: Record<string, string | string[]>;
  /** The session that the header `X-Mock-Session` names. */
  session?: string;
  /** The parsed body; undefined where there is none, or none that could be read. */
  body?: Json;
  /** The `operationId`, else another name of the operation; undefined where the contract has no such path. */
  operation?: string;
  /** The example or scenario that answered. */
  scenario?: string;
  /** Why scenarios of yours did not answer, the nearest first. */
  mismatches: Mismatch[];
  /** Whether there are scenarios of yours, and none of them answered. */
  unmatched?: boolean;
  /** The faults that befell the answer. */
  faults: string[];
  /** 0 where no answer was written. */
  status: number;
  /** What was to be written: JSON as a value, a stream or anything else as text. */
  readonly answer?: Json | undefined;
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

/** An entry, and what the journal knows of it. */
export interface Kept {
  entry: JournalEntry;
  /** In characters. */
  size: number;
  session: string;
  answered: Answered | undefined;
}

/** What an entry starts with. */
interface Opening extends Pick<JournalEntry, "method" | "url" | "headers"> {
  /** Takes the keys out of headers. */
  mask(headers: JournalEntry["headers"]): JournalEntry["headers"];
  /** The session that the header `X-Mock-Session` names. */
  named: string | undefined;
}

interface Waiting {
  fits(kept: Kept): boolean;
  resolve(entry: JournalEntry): void;
}

const ENTRIES = 1000;
/** Of bodies and answers, in characters; the oldest entries go first. */
const SIZE = 16 * 1024 * 1024;
/** An entry of more is kept without its body and its answer, so that it does not push out all others. */
const LARGEST = SIZE / 4;

export class Journal {
  #kept: Kept[] = [];
  #size = 0;
  #count = 0;
  readonly #waiting = new Set<Waiting>();
  /** Whether entries are kept at all. */
  readonly enabled: boolean;

  constructor(enabled: boolean) {
    this.enabled = enabled;
  }

  /**
   * Starts an entry, which its request fills as it becomes known.
   *
   * @param session the name of its session, or a digest of its token
   */
  open({ method, url, headers, mask, named }: Opening, session: string): Kept {
    this.#count += 1;
    // Most entries are never read: headers are masked and answers parsed for those who read them.
    const entry: JournalEntry = {
      id: this.#count,
      time: new Date().toISOString(),
      method,
      url,
      get headers() {
        return mask(headers);
      },
      faults: [],
      mismatches: [],
      status: 0,
      get answer() {
        return kept.answered && parsed(kept.answered);
      },
    };
    if (named !== undefined) entry.session = named;
    const kept: Kept = { entry, size: 0, session, answered: undefined };
    if (this.enabled) this.#kept.push(kept);
    if (this.#kept.length > ENTRIES) this.#drop();
    return kept;
  }

  /** Adds what was sent and answered, as far as there is room for it. */
  fill(kept: Kept, { body, size }: { body: Json | undefined; size: number }, answer: Answered): void {
    const total = size + answer.text.length;
    if (total > LARGEST) {
      kept.entry.truncated = true;
      return;
    }
    if (body !== undefined) kept.entry.body = body;
    kept.answered = answer;
    if (this.#kept.lastIndexOf(kept) === -1) return;
    kept.size = total;
    this.#size += total;
    while (this.#size > SIZE && this.#kept.length > 1) this.#drop();
  }

  /** Tells those who wait that a request was answered. */
  close(kept: Kept): void {
    for (const one of this.#waiting) {
      if (this.#kept.includes(kept) && one.fits(kept)) one.resolve(kept.entry);
    }
  }

  /**
   * Waits for an answered request.
   *
   * @param fits says which; one that was already answered counts too
   * @param timeout in milliseconds
   * @throws {Error} when none has come in time
   */
  async wait(fits: (kept: Kept) => boolean, timeout: number): Promise<JournalEntry> {
    const known = this.#kept.find((kept) => kept.entry.ms !== undefined && fits(kept));
    if (known) return known.entry;
    const { promise, resolve, reject } = Promise.withResolvers<JournalEntry>();
    const waiting = { fits, resolve };
    this.#waiting.add(waiting);
    const came = () => this.entries.map(({ method, url, status }) => `${method} ${url} ${status}`).slice(-10);
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

  get entries(): JournalEntry[] {
    return this.#kept.map(({ entry }) => entry);
  }

  select(fits: (kept: Kept) => boolean): JournalEntry[] {
    return this.#kept.filter(fits).map(({ entry }) => entry);
  }

  /** Forgets all entries, or those of a session. */
  clear(session?: string): void {
    this.#kept = session === undefined ? [] : this.#kept.filter((one) => one.session !== session);
    this.#size = this.#kept.reduce((sum, { size }) => sum + size, 0);
  }

  #drop(): void {
    this.#size -= this.#kept.shift()?.size ?? 0;
  }
}

/** An answer as it was written. */
export interface Answered {
  text: string;
  streamed: boolean;
}

function parsed({ text, streamed }: Answered): Json {
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
): (kept: Kept) => boolean {
  return ({ entry, session }) =>
    (sessions === undefined || sessions.includes(session)) &&
    (operation === undefined || entry.operation === operation) &&
    (scenario === undefined ||
      entry.scenario === scenario ||
      entry.scenario?.startsWith(`${scenario}/`) === true) &&
    (status === undefined || entry.status === status);
}
