/** Derives the examples of a stream from those of the complete answer, so that each is written once. */
import { responsesOf } from "../../document/examples.ts";
import type { Document, Example } from "../../document/model.ts";
import { deref, operations } from "../../document/operations.ts";
import { conventionsOf } from "../../openai/detect.ts";
import { toFrame } from "../../openai/frames.ts";
import { JSON_TYPE, STREAM_TYPE } from "../../shared/media-types.ts";

/**
 * Gives every response that can be streamed (`text/event-stream` beside `application/json`) the examples of its
 * JSON form, under the same names, as the text that is sent. A stream that already has examples keeps them.
 *
 * @param document is changed
 * @returns the same document
 */
export function deriveStreams(document: Document): Document {
  for (const entry of operations(document)) {
    const { operation } = entry;
    const { chunks, doneFrame = "" } = conventionsOf(document, entry);
    for (const { response } of responsesOf(document, operation.responses)) {
      const stream = response.content?.[STREAM_TYPE];
      const whole = response.content?.[JSON_TYPE];
      if (!stream || !whole?.examples || stream.examples || stream.example !== undefined) continue;
      stream.examples = Object.fromEntries(
        Object.entries(whole.examples).flatMap(([name, reference]) => {
          const { summary, description, value } = deref<Example>(document, reference);
          if (value === undefined) return [];
          const text = chunks(value).map(toFrame).join("") + doneFrame;
          return [[name, { ...(summary && { summary }), ...(description && { description }), value: text }]];
        }),
      );
    }
  }
  return document;
}
