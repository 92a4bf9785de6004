/** Which operations follow OpenAI's protocol for chat completions. */
import type { Document, Schema } from "../document/model.ts";
import { member } from "../document/schemas.ts";

/**
 * Whether a stream is one of chat completion chunks: its `choices` hold `delta`s. Nothing is asked of names of paths
 * or operations, so that any endpoint of this form is served like chat.
 *
 * @param chunk the schema of one event's data
 */
export function isChatStream(document: Document, chunk: Schema | undefined): boolean {
  const choices = member(document, chunk, "choices");
  return member(document, choices?.items, "delta") !== undefined;
}
