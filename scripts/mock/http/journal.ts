/** What was asked and answered, for the assertions of a test: the last requests, bounded, without their keys. */
import type { Json } from "../../shared/json.ts";

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
  /** The parsed body; undefined where there is none, or none that could be read. */
  body?: Json;
  /** The `operationId`, else method and path of the contract; undefined where the contract has no such path. */
  operation?: string;
  /** The example or scenario that answered. */
  scenario?: string;
  /** The faults that befell the answer. */
  faults: string[];
  /** 0 where no answer was written. */
  status: number;
  /** What was to be written: JSON as a value, a stream or anything else as text. */
  answer?: Json;
  /** Milliseconds from the request's arrival to the answer's end; undefined until then. */
  ms?: number;
  /** Whether the client went away, or was cut off by a fault, before the answer's end. */
  aborted?: boolean;
}

const ENTRIES = 1000;
/** Of texts, in characters; the oldest entries go first. */
const SIZE = 16 * 1024 * 1024;

export class Journal {
  #entries: { entry: JournalEntry; size: number }[] = [];
  #size = 0;
  #count = 0;
  readonly kept: boolean;

  /** @param kept false for one that forgets each entry at once */
  constructor(kept: boolean) {
    this.kept = kept;
  }

  /** Starts an entry, which its request fills as it becomes known. */
  open(entry: Omit<JournalEntry, "id" | "time" | "faults" | "status">): JournalEntry {
    this.#count += 1;
    const opened = { id: this.#count, time: new Date().toISOString(), faults: [], status: 0, ...entry };
    if (this.kept) this.#entries.push({ entry: opened, size: 0 });
    if (this.#entries.length > ENTRIES) this.#drop();
    return opened;
  }

  /** Tells how large an entry has become, in characters: what is too much goes. */
  weigh(entry: JournalEntry, size: number): void {
    const held = this.#entries.findLast((one) => one.entry === entry);
    if (!held) return;
    held.size += size;
    this.#size += size;
    while (this.#size > SIZE && this.#entries.length > 0) this.#drop();
  }

  #drop(): void {
    this.#size -= this.#entries.shift()?.size ?? 0;
  }

  get entries(): JournalEntry[] {
    return this.#entries.map(({ entry }) => entry);
  }

  clear(): void {
    this.#entries = [];
    this.#size = 0;
  }
}
