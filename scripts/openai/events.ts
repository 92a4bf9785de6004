/** Events that a contract describes (`x-stream`) as the frames of a stream. */
import { eventName, type StreamProtocol } from "../document/stream-shape.ts";
import { isObject, type Json } from "../shared/json.ts";
import { toFrame } from "./frames.ts";

type Members = Record<string, Json>;

/** The fields of an event (HTML, "Server-sent events"), as `itemSchema` of OpenAPI 3.2 describes events by them. */
const FIELDS = ["event", "data", "id", "retry"];

/** The frames of events, without the one that says that the stream is over. */
export function framesOf(protocol: StreamProtocol, events: readonly Json[]): string[] {
  return events.map((item) => {
    const { event, data, ...fields } = fieldsOf(item);
    const name = eventName(protocol, typeof event === "string" ? event : undefined, data);
    const line = name ?? event;
    const all = Object.entries({ ...(line !== undefined && { event: line }), ...fields });
    const head = all.map(([field, value]) => `${field}: ${oneLine(String(value))}\n`).join("");
    return head + (typeof data === "string" ? textFrame(data) : toFrame(data));
  });
}

/** An event whose data is the example, or one that is written field by field. */
function fieldsOf(item: Json): { event?: Json; data: Json; [field: string]: Json | undefined } {
  const isWritten =
    isObject(item) && item["data"] !== undefined && Object.keys(item).every((key) => FIELDS.includes(key));
  return isWritten ? (item as Members & { data: Json }) : { data: item };
}

function textFrame(data: string): string {
  const lines = data.split(/\r\n|\r|\n/);
  return `${lines.map((line) => `data: ${line}\n`).join("")}\n`;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, " ");
}
