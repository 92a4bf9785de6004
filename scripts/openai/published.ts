/**
 * Examples of streams as lists of events (`x-stream`), and of bytes as `data:` URLs. In the published contract they are texts,
 * as every tool expects them: what is sent, with the list beside it as `x-events`, and base64, marked by `x-bytes`.
 */
import type { Document, Example, MediaType } from "../document/model.ts";
import { deref } from "../document/operations.ts";
import { streamProtocol } from "../document/stream-shape.ts";
import { walk } from "../document/structure.ts";
import type { Json } from "../shared/json.ts";
import { essence, STREAM_TYPE } from "../shared/media-types.ts";
import { framesOf } from "./events.ts";
import { DONE_FRAME } from "./frames.ts";

type PublishedExample = Example & { "x-events"?: Json[]; "x-bytes"?: string };

/** The events of a stream as the text that is sent. */
export function streamText(media: MediaType, events: readonly Json[]): string {
  const protocol = streamProtocol(media);
  return framesOf(protocol, events).join("") + (protocol.done ? DONE_FRAME : "");
}

/**
 * The document as other tools read it: the examples of streams are texts, and those of bytes are base64.
 *
 * @returns the same document where it has none of these
 */
export function toPublished(document: Document): Document {
  return changed(document, (example, media, type) => {
    const [, bytes] = /^data:[^,]*;base64,(.*)$/s.exec(example.externalValue ?? "") ?? [];
    if (bytes !== undefined) {
      delete example.externalValue;
      example["x-bytes"] = "base64";
      example.value = bytes;
      return true;
    }
    if (type !== STREAM_TYPE || !Array.isArray(example.value)) return false;
    example["x-events"] = example.value;
    example.value = streamText(media, example.value);
    return true;
  });
}

/** The document with the events and bytes themselves: the inverse of `toPublished`. */
export function fromPublished(document: Document): Document {
  return changed(document, (example, _, type) => {
    if (Array.isArray(example["x-events"])) {
      example.value = example["x-events"];
      delete example["x-events"];
      return true;
    }
    if (example["x-bytes"] !== "base64" || typeof example.value !== "string") return false;
    example.externalValue = `data:${type};base64,${example.value}`;
    delete example.value;
    delete example["x-bytes"];
    return true;
  });
}

function changed(
  document: Document,
  change: (example: PublishedExample, media: MediaType, type: string) => boolean,
): Document {
  const copy = structuredClone(document);
  let isChanged = false;
  for (const { node, kind, path } of walk(copy)) {
    if (kind !== "mediaType") continue;
    for (const example of Object.values((node as MediaType).examples ?? {}))
      if (change(deref<PublishedExample>(copy, example), node as MediaType, essence(String(path.at(-1)))))
        isChanged = true;
  }
  return isChanged ? copy : document;
}
