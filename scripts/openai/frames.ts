/** The frames of a stream: server-sent events whose data is JSON, and `[DONE]` at the end. */
import type { Json } from "../shared/json.ts";

/** The data of the last frame. */
export const DONE = "[DONE]";

/** One frame of a stream, `data: …` and the empty line after it. */
export function toFrame(data: Json | typeof DONE): string {
  return `data: ${data === DONE ? DONE : JSON.stringify(data)}\n\n`;
}

/** The last frame of a stream. */
export const DONE_FRAME = toFrame(DONE);

/** The whole stream as text: a frame for each chunk, then `[DONE]`. */
export function toEventStream(chunks: readonly Json[]): string {
  return chunks.map(toFrame).join("") + DONE_FRAME;
}
