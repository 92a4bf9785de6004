/** The conventions of chat completions: `choices` that hold a `message`, or in a stream a `delta`. */
import { isObject, type Json, type Members, member } from "../shared/json.ts";
import type { Conventions, TurnsFrom } from "./conventions.ts";
import { finish } from "./finish.ts";
import { DONE_FRAME, toFrame } from "./frames.ts";
import { addedSize } from "./request-parameters.ts";
import { completionToChunks } from "./split.ts";
import { tokensIn, usageOf } from "./usage.ts";

export const CHAT: Conventions = {
  wantsStream: (request) => member(request, "stream") === true,
  essence: (request) => {
    if (!isObject(request)) return request;
    const { stream: _, stream_options: __, ...essence } = request;
    return essence;
  },
  modelOf: (request) => {
    const model = member(request, "model");
    return typeof model === "string" ? model : undefined;
  },
  withModel: (request, model) => (isObject(request) ? { model, ...request } : request),
  chunks: (answer, request) =>
    completionToChunks(answer, {
      includeUsage: member(member(request, "stream_options"), "include_usage") === true,
    }),
  carriesTokens: (chunk) =>
    listOf(chunk, "choices").some((choice) => {
      const { role: _, content, ...rest } = membersOf(member(choice, "delta"));
      const [call] = listOf(rest, "tool_calls");
      // The first piece of a tool call names it.
      if (call !== undefined) return member(call, "id") === undefined;
      return (typeof content === "string" && content !== "") || Object.keys(rest).length > 0;
    }),
  errorFrame: toFrame,
  doneFrame: DONE_FRAME,
  finish,
  addedSize,
  tokensOf: usageOf,
  requestTokens: tokensIn,
  // Three letters and a space: one word, and four characters, so that both ways to count tokens give the same number.
  textOfLength: (tokens) => ({ choices: [{ message: { content: "tok ".repeat(tokens).trimEnd() } }] }),
  turnOf,
  textOf,
};

function turnOf(request: Json | undefined, from: TurnsFrom): number {
  const roles = listOf(request, "messages").map((message) => member(message, "role"));
  const start = from === "last-user" ? roles.lastIndexOf("user") + 1 : 0;
  return roles.slice(start).filter((role) => role === "assistant").length;
}

/** The text itself, that of a message, or the text parts of a content joined. */
function textOf(value: Json): string | undefined {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) {
    const texts = value.map(textOf).filter((text) => text !== undefined);
    // Parts make up one text, messages are several.
    return texts.length > 0
      ? texts.join(value.some((item) => member(item, "role") !== undefined) ? "\n" : "")
      : undefined;
  }
  if (!isObject(value)) return undefined;
  const text = value["text"] ?? value["content"];
  return text === undefined || text === null ? undefined : textOf(text);
}

function listOf(holder: Json | undefined, name: string): Json[] {
  const list = member(holder, name);
  return Array.isArray(list) ? list : [];
}

function membersOf(value: Json | undefined): Members {
  return isObject(value) ? value : {};
}
