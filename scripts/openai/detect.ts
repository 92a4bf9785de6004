/** Which conventions an operation follows, told by its schemas: no name of a path or an operation is asked for. */
import { responsesOf } from "../document/examples.ts";
import type { Document, OperationEntry, Schema, SchemaObject } from "../document/model.ts";
import { deref } from "../document/operations.ts";
import { member } from "../document/schemas.ts";
import { JSON_TYPE, STREAM_TYPE } from "../shared/media-types.ts";
import { CHAT } from "./chat.ts";
import type { Conventions } from "./conventions.ts";
import { ITEMS } from "./items.ts";

/** The conventions of an operation: those of chat completions, or the default. */
export function conventionsOf(
  document: Document,
  { operation }: Pick<OperationEntry, "operation">,
): Conventions {
  const isChat = responsesOf(document, operation.responses).some(({ response }) => {
    const whole = response.content?.[JSON_TYPE]?.schema;
    const chunk = chunkSchema(document, response.content?.[STREAM_TYPE]?.schema);
    return isChatStream(document, chunk) || choicesHold(document, whole, "message");
  });
  return isChat ? CHAT : ITEMS;
}

/**
 * Whether a stream is one of chat completion chunks: its `choices` hold `delta`s.
 *
 * @param chunk the schema of one event's data
 */
export function isChatStream(document: Document, chunk: Schema | undefined): boolean {
  return choicesHold(document, chunk, "delta");
}

function choicesHold(document: Document, schema: Schema | undefined, name: string): boolean {
  const choices = member(document, schema, "choices");
  return member(document, choices?.items, name) !== undefined;
}

/** A stream is text, in whose schema `contentSchema` describes the chunks; some documents put the chunk there. */
function chunkSchema(document: Document, schema: Schema | undefined): Schema | undefined {
  if (typeof schema !== "object") return undefined;
  const resolved = deref(document, schema as SchemaObject);
  return resolved.contentSchema ?? (resolved.type === "string" ? undefined : resolved);
}
