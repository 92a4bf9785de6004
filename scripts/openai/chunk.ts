/** One chunk of a chat completion, read as what it means however a server writes it. */
import { isObject } from "../shared/json.ts";

/** What the client has to know of a protocol to read the chunks of its streams. */
export interface ChunkRules {
  /** Members of which a chunk has at least one. What has none may be an error, or a signal that keeps the connection alive. */
  readonly expected: readonly string[];
  /**
   * Corrects a chunk in place.
   *
   * @param begun what this returned for the chunk before; false for the first
   * @returns whether anything of the answer has come in pieces
   */
  chunk(chunk: Record<string, unknown>, begun: boolean): boolean;
  /** Corrects an answer that did not come in chunks, in place. */
  answer(answer: Record<string, unknown>): void;
  /** How events with names are read; absent where every event is a chunk. */
  readonly events?: EventRules;
}

/** What the events of a stream mean. */
interface EventRules {
  /** What tells that a stream is over: `[DONE]`, or one of its events. Undefined: it ends when it ends. */
  readonly told: "[DONE]" | "event" | undefined;
  /**
   * @param data the event's data, parsed
   * @param line its line `event:`, empty where it has none
   */
  read(data: unknown, line: string): EventMeaning;
}

/** A chunk, which may be the last one; or the data of a failure. `named`: whether the event has a name of the protocol. */
type EventMeaning = { chunk: unknown; named: boolean; last: boolean } | { failure: unknown };

/** Nothing is known of the chunks: each is handed out as it came. */
export const ANY_CHUNKS: ChunkRules = { expected: [], chunk: () => true, answer: () => {} };

/** Chunks of chat completions: `choices[].delta`. */
export const CHAT_CHUNKS: ChunkRules = {
  expected: ["choices"],
  chunk: normalizeChunk,
  answer: normalizeAnswer,
};

/**
 * Gives a chunk the members that every reader relies on: `choices` is a list, each choice has a `delta`, whose
 * `content` is text and whose calls have `arguments` as text. A complete answer becomes a chunk that holds all of it.
 */
function normalizeChunk(chunk: Record<string, unknown>, begun: boolean): boolean {
  let come = begun;
  for (const choice of choicesOf(chunk)) {
    if (!isObject(choice)) continue;
    const { delta, message } = choice;
    if (isObject(delta)) come ||= Boolean(delta["content"] || delta["tool_calls"]);
    // Some relays send all of the answer in the last chunk, as a message beside an empty delta.
    const isWhole = !come && choice["finish_reason"] && isObject(message);
    if (isWhole || !isObject(delta))
      choice["delta"] = isObject(message) ? deltaOf(message, begun) : (textMessage(choice, delta) ?? {});
    normalizeMessage(choice["delta"] as Record<string, unknown>);
  }
  return come;
}

function normalizeAnswer(answer: Record<string, unknown>): void {
  for (const choice of choicesOf(answer)) {
    if (!isObject(choice)) continue;
    const { delta, message } = choice;
    const found = [message, delta].find(isObject) ?? textMessage(choice, message);
    if (!found) continue;
    normalizeMessage(found);
    choice["message"] = found;
  }
}

/** The choices of an answer or a chunk, which become a list. */
function choicesOf(whole: Record<string, unknown>): unknown[] {
  const choices = listOf(whole["choices"]);
  for (const choice of choices) {
    if (!isObject(choice)) continue;
    toNumber(choice, "index");
    if (choice["finish_reason"] === "null") choice["finish_reason"] = null;
  }
  whole["choices"] = choices;
  return choices;
}

/** What a message in place of a delta adds: all of it, or, where its text repeats what came in pieces, its calls. */
function deltaOf(message: Record<string, unknown>, begun: boolean): Record<string, unknown> {
  if (!begun || !message["content"]) return message;
  const { tool_calls } = message;
  return tool_calls ? { tool_calls } : {};
}

/** The message of a choice that has only a text, in place of the message or, as in the older API, as `text`. */
function textMessage(choice: Record<string, unknown>, held: unknown): Record<string, unknown> | undefined {
  const content = typeof held === "string" ? held : choice["text"];
  if (typeof content !== "string") return undefined;
  delete choice["text"];
  return { content };
}

/** A list. An object in its place is its only item, or holds the items by their numbers. */
function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return [];
  return Object.keys(value).every((name) => /^\d+$/.test(name)) ? Object.values(value) : [value];
}

function normalizeMessage(message: Record<string, unknown>): void {
  const { content } = message;
  if (typeof content === "number") message["content"] = String(content);
  if (typeof content === "object" && content !== null) {
    const parts = Array.isArray(content) ? content : [content];
    const thought = textOf(parts, "thinking");
    message["content"] = textOf(parts, "text");
    if (thought) message["reasoning_content"] ??= thought;
  }
  if (isObject(message["tool_calls"])) message["tool_calls"] = listOf(message["tool_calls"]);
  for (const call of listOf(message["tool_calls"])) {
    if (!isObject(call)) continue;
    toNumber(call, "index");
    const { function: called } = call;
    if (isObject(called) && isObject(called["arguments"]))
      called["arguments"] = JSON.stringify(called["arguments"]);
  }
}

function toNumber(item: Record<string, unknown>, name: string): void {
  const value = item[name];
  if (typeof value === "string" && /^\d+$/.test(value)) item[name] = Number(value);
}

/** The text of those parts that have this member: a text, a text as `value`, or a list of parts again. */
function textOf(parts: unknown[], member: string): string {
  const texts = parts.map((part) => {
    if (typeof part === "string") return member === "text" ? part : "";
    const held = isObject(part) ? part[member] : undefined;
    const text = isObject(held) ? held["value"] : held;
    return Array.isArray(text) ? textOf(text, "text") : typeof text === "string" ? text : "";
  });
  return texts.join("");
}

/** The message of an answer's first choice, or the delta of a chunk's; undefined where there is none. */
export function firstMessage(whole: unknown): unknown {
  const choices = isObject(whole) && whole["choices"];
  if (!Array.isArray(choices)) return undefined;
  const choice = choices.find((item) => isObject(item) && !item["index"]);
  return choice?.delta ?? choice?.message;
}

/** The text of the first choice, of an answer or of a chunk; null where it has none. */
export function contentOf(whole: unknown): string | null {
  const message = firstMessage(whole);
  const content = isObject(message) ? message["content"] : undefined;
  return typeof content === "string" ? content : null;
}
