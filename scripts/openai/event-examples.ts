/**
 * Examples of streams as lists of events (`x-stream`). In the published contract each is the text that is sent, as every
 * tool expects of `text/event-stream`, with the list beside it as `x-events`.
 */
import type { Document, Example, MediaType } from "../document/model.ts";
import { deref } from "../document/operations.ts";
import { streamProtocol } from "../document/stream.ts";
import { walk } from "../document/structure.ts";
import type { Json } from "../shared/json.ts";
import { essence, STREAM_TYPE } from "../shared/media-types.ts";
import { framesOf } from "./events.ts";
import { DONE_FRAME } from "./frames.ts";

type EventExample = Example & { "x-events"?: Json[] };

/** The events of a stream as the text that is sent. */
export function streamText(media: MediaType, events: readonly Json[]): string {
  const protocol = streamProtocol(media);
  return framesOf(protocol, events).join("") + (protocol.done ? DONE_FRAME : "");
}

/** The document with texts in place of lists of events; the same one where it has none. */
export function withTexts(document: Document): Document {
  return changed(document, (example, media) => {
    if (!Array.isArray(example.value)) return false;
    example["x-events"] = example.value;
    example.value = streamText(media, example.value);
    return true;
  });
}

/** The document with lists of events in place of their texts: the inverse of `withTexts`. */
export function withEvents(document: Document): Document {
  return changed(document, (example) => {
    if (!Array.isArray(example["x-events"])) return false;
    example.value = example["x-events"];
    delete example["x-events"];
    return true;
  });
}

function changed(document: Document, change: (example: EventExample, media: MediaType) => boolean): Document {
  const copy = structuredClone(document);
  let isChanged = false;
  for (const { node, kind, path } of walk(copy)) {
    if (kind !== "mediaType" || essence(String(path.at(-1))) !== STREAM_TYPE) continue;
    for (const example of Object.values((node as MediaType).examples ?? {}))
      if (change(deref<EventExample>(copy, example), node as MediaType)) isChanged = true;
  }
  return isChanged ? copy : document;
}
