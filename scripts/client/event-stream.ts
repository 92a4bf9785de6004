/** Streams of events that the contract describes (`x-stream`). Generated clients import this only where they have such. */
import { ANY_CHUNKS, type ChunkRules } from "../openai/chunk.ts";
import { isObject } from "../shared/json.ts";
import { at } from "../shared/pointer.ts";
import { APIConnectionError } from "./errors.ts";
import { type Collector, Stream } from "./stream.ts";

/** How the events of a stream are read. */
export interface EventProtocol {
  /** Where the name of an event is: `event` for the line `event:`, or a JSON Pointer into its data. */
  name?: string;
  /** The names of the events that end the stream. */
  end?: readonly string[];
  /** The names of the events that say that the answer failed. */
  failure?: readonly string[];
  /** Whether the event `[DONE]` follows the last one. */
  done?: boolean;
  /** The event that holds the whole answer, and where in its data. */
  result?: { event: string; pointer: string };
}

/** An event whose name is not in its data. */
export interface NamedEvent<Data> {
  event: string;
  data: Data;
}

/** The events of an answer. `final()` gives the whole answer, which one of the events holds. */
export class EventStream<Event, Answer = Event[]> extends Stream<Event, Answer> {}

/** A class of streams that are read by this protocol. */
export function eventStream(protocol: EventProtocol): typeof EventStream<unknown, unknown> {
  return class extends EventStream<unknown, unknown> {
    static override readonly rules: ChunkRules = eventRules(protocol);

    protected override collector(): Collector<unknown, unknown> {
      return protocol.result ? new ResultCollector(protocol, protocol.result) : super.collector();
    }
  };
}

function eventRules(protocol: EventProtocol): ChunkRules {
  const { name, end = [], failure = [], done } = protocol;
  return {
    ...ANY_CHUNKS,
    events: {
      told: done ? "[DONE]" : end.length > 0 ? "event" : undefined,
      read: (data, line) => {
        const named = nameOf(protocol, data, line);
        if (named !== undefined && failure.includes(named)) return { failure: errorIn(data) };
        const chunk = name === "event" ? { event: line || "message", data } : data;
        return { chunk, named: named !== undefined, last: named !== undefined && end.includes(named) };
      },
    },
  };
}

function nameOf({ name }: EventProtocol, data: unknown, line: string): string | undefined {
  if (name === undefined) return undefined;
  const found = name === "event" ? line || "message" : at(data, name);
  return typeof found === "string" ? found : undefined;
}

/** The part of a failure that holds its words: the data, or the answer in it that has an `error`. */
function errorIn(data: unknown): unknown {
  if (!isObject(data) || data["error"] || data["message"]) return data;
  return Object.values(data).find((member) => isObject(member) && member["error"]) ?? data;
}

/** Keeps the answer that the events hold so far. */
class ResultCollector implements Collector<unknown, unknown> {
  snapshot: unknown;
  #complete = false;
  readonly #protocol: EventProtocol;
  readonly #result: { event: string; pointer: string };

  constructor(protocol: EventProtocol, result: { event: string; pointer: string }) {
    this.#protocol = protocol;
    this.#result = result;
  }

  add(chunk: unknown): void {
    const { name, end = [] } = this.#protocol;
    const { event, data } = name === "event" ? (chunk as NamedEvent<unknown>) : { event: "", data: chunk };
    const found = at(data, this.#result.pointer);
    if (found === undefined) return;
    const named = nameOf(this.#protocol, data, event);
    // An answer that ended in another way, such as an incomplete one, is in the event that ended it.
    const isWhole = named !== undefined && (named === this.#result.event || end.includes(named));
    if (this.#complete && !isWhole) return;
    this.snapshot = found;
    this.#complete = isWhole;
  }

  finish(): unknown {
    if (this.#complete) return this.snapshot;
    throw new APIConnectionError({ message: `No event of the stream was ${this.#result.event}.` });
  }
}
