/**
 * Examples of streams as lists of events (`x-stream`), and of bytes as `data:` URLs. In the published contract they are texts,
 * as every tool expects them: what is sent, with the list beside it as `x-events`, and base64, marked by `x-bytes`.
 */
import { encodedBytes } from "../document/examples.ts";
import type { Document, Example, MediaType } from "../document/model.ts";
import { deref } from "../document/operations.ts";
import { streamProtocol } from "../document/stream-shape.ts";
import { walk } from "../document/structure.ts";
import { isObject, type Json } from "../shared/json.ts";
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
    const { externalValue: _, value, ...rest } = example;
    const bytes = encodedBytes(example);
    if (bytes !== undefined) return { ...rest, "x-bytes": "base64", value: bytes };
    if (type !== STREAM_TYPE || !Array.isArray(value)) return undefined;
    return { ...example, "x-events": value, value: streamText(media, value) };
  });
}

/** The document with the events and bytes themselves: the inverse of `toPublished`. */
export function fromPublished(document: Document): Document {
  return changed(document, ({ "x-events": events, "x-bytes": bytes, ...example }, _, type) => {
    if (Array.isArray(events)) return { ...example, value: events };
    const { value, ...rest } = example;
    if (bytes !== "base64" || typeof value !== "string") return undefined;
    return { ...rest, externalValue: `data:${type};base64,${value}` };
  });
}

/** The document with other examples; `change` gives undefined for one that stays. */
function changed(
  document: Document,
  change: (example: PublishedExample, media: MediaType, type: string) => PublishedExample | undefined,
): Document {
  const others = new Map<unknown, PublishedExample>();
  for (const { node, kind, path } of walk(document)) {
    if (kind !== "mediaType") continue;
    for (const written of Object.values((node as MediaType).examples ?? {})) {
      const example = deref<PublishedExample>(document, written);
      const other = change(example, node as MediaType, essence(String(path.at(-1))));
      if (other) others.set(example, other);
    }
  }
  return others.size === 0 ? document : (withOthers(document, others) as Document);
}

/** A copy in which other objects stand in place of some. */
function withOthers(node: unknown, others: ReadonlyMap<unknown, object>): unknown {
  if (Array.isArray(node)) return node.map((item) => withOthers(item, others));
  if (!isObject(node)) return node;
  const members = Object.entries(others.get(node) ?? node);
  return Object.fromEntries(members.map(([name, member]) => [name, withOthers(member, others)]));
}
