/** The events of a stream, and what of its text is none. */
import { createParser } from "eventsource-parser";

export interface StreamEvent {
  /** The name in `event:`; undefined for most. */
  name?: string;
  data: string;
}

export interface ParsedStream {
  events: StreamEvent[];
  /** Lines that are not fields of an event. */
  strange: string[];
  /** The data of a last event that lacks its empty line; undefined where all are whole. */
  unfinished?: string;
}

/** Reads server-sent events (WHATWG HTML, section 9.2) out of a whole stream. */
export function parseStream(text: string): ParsedStream {
  const events: StreamEvent[] = [];
  const strange: string[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => events.push({ ...(event !== undefined && { name: event }), data }),
    onError: (error) => {
      if (error.type === "unknown-field") strange.push(error.line ?? "");
    },
  });
  const plain = text.replace(/^\uFEFF/, "");
  parser.feed(plain);
  const rest = plain.split(/(?:\r\n|\n|\r){2}/).at(-1) ?? "";
  const data = [...rest.matchAll(/^data: ?(.*)$/gm)].map(([, line]) => line ?? "");
  return { events, strange, ...(data.length > 0 && { unfinished: data.join("\n") }) };
}
