/**
 * From the chunks of a stream to the answer that it would have been whole. It knows OpenAI's conventions for deltas,
 * and none of the members that a contract has.
 */
import { isObject } from "../shared/json.ts";

/** Texts that name something: repeated in a later piece they say the same again. All others continue. */
const NAMES = new Set(["id", "name", "type", "role", "object", "model"]);

/** What holds the pieces in a chunk, and what holds the whole in an answer. */
const [DELTA, MESSAGE] = ["delta", "message"];

/**
 * Adds a chunk to what has come. Texts within a `delta` continue; lists are joined by their items' `index`, else by
 * `id`, else item after item; anything else is as the last chunk has it that has it at all.
 *
 * @param whole what has come so far; it is changed. undefined before the first chunk
 * @returns the answer so far
 */
export function fold(whole: unknown, chunk: unknown): unknown {
  return join(whole, chunk, false);
}

function join(whole: unknown, piece: unknown, continued: boolean, name = ""): unknown {
  if (piece === null || piece === undefined) return whole === undefined ? piece : whole;
  if (Array.isArray(piece)) return joinList(Array.isArray(whole) ? whole : [], piece, continued);
  if (isObject(piece)) {
    const target: Record<string, unknown> = isObject(whole) ? whole : {};
    for (const [key, value] of Object.entries(piece)) {
      const own = key === DELTA ? MESSAGE : key;
      const text = key === "object" && typeof value === "string" ? value.replace(/\.chunk$/, "") : value;
      const before = Object.hasOwn(target, own) ? target[own] : undefined;
      const joined = join(before, text, continued || key === DELTA, key);
      // A member of any name is a member, and no prototype.
      if (own === "__proto__") define(target, own, joined);
      else target[own] = joined;
    }
    return target;
  }
  if (continued && typeof piece === "string" && typeof whole === "string" && !NAMES.has(name))
    return whole + piece;
  return piece === "" && typeof whole === "string" ? whole : piece;
}

function joinList(whole: unknown[], pieces: unknown[], continued: boolean): unknown[] {
  for (const piece of pieces) {
    const known = isObject(piece) ? whole.findIndex((item) => isSame(item, piece)) : -1;
    // Some relays leave out the index and the ID of what continues the last call.
    const nameless =
      continued && isObject(piece) && !("index" in piece) && !("id" in piece) && "function" in piece;
    const at = known === -1 && nameless && whole.length > 0 ? whole.length - 1 : known;
    if (at === -1) whole.push(join(undefined, piece, continued));
    else whole[at] = join(whole[at], piece, continued);
  }
  return whole;
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}

function isSame(item: unknown, piece: Record<string, unknown>): boolean {
  if (!isObject(item)) return false;
  if (typeof piece["index"] === "number") return item["index"] === piece["index"];
  return typeof piece["id"] === "string" && item["id"] === piece["id"];
}

/**
 * The answer of all chunks as it would have come whole: tool calls lose the index that only pieces need, and beside
 * them the empty text that a stream begins with is none.
 */
export function finished(whole: unknown): unknown {
  for (const choice of listOf(whole, "choices")) {
    const message = isObject(choice) ? choice[MESSAGE] : undefined;
    const calls = listOf(message, "tool_calls");
    for (const call of calls) if (isObject(call)) delete call["index"];
    if (isObject(message) && calls.length > 0 && message["content"] === "") message["content"] = null;
  }
  return whole;
}

/** The text of the first choice, of an answer or of a chunk; null where it has none. */
export function contentOf(whole: unknown): string | null {
  const choice = listOf(whole, "choices").find((item) => isObject(item) && !item["index"]);
  const message = isObject(choice) ? (choice[MESSAGE] ?? choice[DELTA]) : undefined;
  const content = isObject(message) ? message["content"] : undefined;
  return typeof content === "string" ? content : null;
}

function listOf(holder: unknown, name: string): unknown[] {
  const list = isObject(holder) ? holder[name] : undefined;
  return Array.isArray(list) ? list : [];
}
