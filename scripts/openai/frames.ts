/** The frames of a stream: server-sent events whose data is JSON, and `[DONE]` at the end. */
import { isObject, type Json, type Members } from "../shared/json.ts";

/** The data of the last frame. */
export const DONE = "[DONE]";

/** One frame of a stream, `data: …` and the empty line after it. */
export function toFrame(data: Json | typeof DONE): string {
  return `data: ${data === DONE ? DONE : JSON.stringify(data)}\n\n`;
}

/**
 * The frames of chunks. Most chunks of a stream have the same members but one, so the text of a member is made anew only
 * where its value is another than in the chunk before.
 */
export function toFrames(chunks: readonly Json[]): string[] {
  let before: Members = {};
  let texts: Record<string, string> = {};
  return chunks.map((chunk) => {
    if (!isObject(chunk)) return toFrame(chunk);
    const made: Record<string, string> = {};
    let text = "";
    for (const name in chunk) {
      const value = chunk[name] as Json;
      const member =
        name in texts && before[name] === value
          ? (texts[name] as string)
          : `${JSON.stringify(name)}:${JSON.stringify(value)}`;
      made[name] = member;
      text += text === "" ? member : `,${member}`;
    }
    before = chunk;
    texts = made;
    return `data: {${text}}\n\n`;
  });
}

/** The last frame of a stream. */
export const DONE_FRAME = toFrame(DONE);

/** The whole stream as text: a frame for each chunk, then `[DONE]`. */
export function toEventStream(chunks: readonly Json[]): string {
  return toFrames(chunks).join("") + DONE_FRAME;
}
