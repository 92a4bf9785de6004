/** The example of a stream as a reader wants to see it: what changes from event to event. */
import { isObject, type Json } from "../../../shared/json.ts";

/** How many events are shown from the start and the end; `…` stands for those between. */
const SHOWN = { first: 5, last: 4 };

/**
 * Shortens the example of a stream of server-sent events whose data is JSON. The first event stays whole; the members
 * that the later ones repeat from it become `…`, and the middle of a long stream is left out.
 *
 * @param stream events, each followed by an empty line
 * @returns the same when no event has an object as its data
 */
export function shortStream(stream: string): string {
  const events = stream.trimEnd().split(/\n\n/);
  const first = events.map(objectIn).find((data) => data !== undefined);
  if (!first) return stream;
  const short = events.map((event, index) => {
    const data = objectIn(event);
    if (!data || index === 0) return event;
    const changed = Object.entries(data).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(first[name]),
    );
    if (changed.length === Object.keys(data).length) return event;
    const members = changed.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
    return `data: {…${members.map((member) => `,${member}`).join("")}}`;
  });
  const { first: head, last: tail } = SHOWN;
  const shown =
    short.length > head + tail + 1 ? [...short.slice(0, head), "…", ...short.slice(-tail)] : short;
  return `${shown.join("\n\n")}\n\n`;
}

/** The object that an event's data parses to, if it is one. */
function objectIn(event: string): Record<string, Json> | undefined {
  const [, text] = /^data: ?(\{.*\})$/.exec(event.trim()) ?? [];
  if (!text) return undefined;
  try {
    const data: Json = JSON.parse(text);
    return isObject(data) ? data : undefined;
  } catch {
    return undefined;
  }
}
