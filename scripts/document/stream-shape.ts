/** How a stream is read: `x-stream` of a media type, with its defaults. */
import type { Json } from "../shared/json.ts";
import { at } from "../shared/pointer.ts";
import { valid } from "./extensions.ts";
import type { MediaType } from "./model.ts";

export interface StreamProtocol {
  /** Where the name of an event is: `event` for the line `event:`, or a JSON Pointer into its data. */
  name?: string;
  /** The names of the events that end the stream. */
  end: readonly string[];
  /** The names of the events that say that the answer failed. */
  failure: readonly string[];
  /** Whether the event `[DONE]` follows the last one. */
  done: boolean;
  /** Where the whole answer is: at a JSON Pointer into the data of one event, or joined from all by a convention. */
  result?: { event: string; pointer: string } | { join: "chat.completion" };
}

/**
 * How the stream of a media type is read.
 *
 * @returns the defaults for a media type without `x-stream`: events without names, then `[DONE]`
 */
export function streamProtocol(media: MediaType): StreamProtocol {
  const given = valid<Partial<StreamProtocol>>("x-stream", media["x-stream"]) ?? {};
  return { ...given, end: given.end ?? [], failure: given.failure ?? [], done: given.done ?? !given.end };
}

/** The name of an event. @param line its `event:` line @param data its data, parsed */
export function eventName(
  { name }: StreamProtocol,
  line: string | undefined,
  data: Json,
): string | undefined {
  if (name === undefined || name === "event") return name && line;
  const found = at(data, name);
  return typeof found === "string" ? found : undefined;
}
