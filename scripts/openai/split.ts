/** Splits a chat completion into the chunks of its stream. */

import { isObject, type Json, type Members, member } from "../shared/json.ts";
import { pieces } from "./tokens.ts";

/** The most pieces that a text is split into; in a longer text several tokens make one piece. */
const PIECES = 10_000;

/** Texts that come in pieces, in the order in which models send them. */
const TEXTS = ["reasoning_content", "reasoning", "content", "refusal"];

export interface ChunkOptions {
  /** Whether the request asked for the usage (`stream_options.include_usage`); default false. */
  includeUsage?: boolean;
}

/**
 * The chunks of a chat completion, in order: for each choice the role alone, then reasoning, text, refusal and tool
 * calls in pieces, then an empty delta with the `finish_reason`. Pieces of several choices, and of parallel tool
 * calls, interleave. The usage follows in a separate chunk, if asked for.
 *
 * @returns an answer that is not a chat completion (no `choices` with messages) as its own and only chunk
 */
export function completionToChunks(answer: Json, { includeUsage = false }: ChunkOptions = {}): Json[] {
  if (!isObject(answer) || !isCompletion(answer)) return [answer];
  const { choices, usage, object: _, ...rest } = answer;
  const { id, created, model, ...extras } = rest;
  const head: Members = {
    ...(id !== undefined && { id }),
    object: "chat.completion.chunk",
    ...(created !== undefined && { created }),
    ...(model !== undefined && { model }),
    ...extras,
  };
  const chunk = (choices: Json[], report: Json = null): Json =>
    includeUsage ? { ...head, choices, usage: report } : { ...head, choices };
  const chunks = interleave((choices as Members[]).map((choice, at) => choiceChunks(choice, at))).map(
    (choice) => chunk([choice]),
  );
  if (includeUsage && usage !== undefined) chunks.push(chunk([], usage));
  return chunks;
}

/** Whether an answer is a chat completion: its `choices` hold messages. */
export function isCompletion(answer: Members): boolean {
  const choices = answer["choices"];
  return (
    Array.isArray(choices) &&
    choices.length > 0 &&
    choices.every((choice) => isObject(member(choice, "message")))
  );
}

function choiceChunks(choice: Members, at: number): Members[] {
  const { index = at, message, finish_reason = "stop", logprobs } = choice;
  const { role = "assistant", tool_calls: calls, ...members } = message as Members;
  const scores = member(logprobs, "content");
  const piece = (delta: Json, scored?: Json[]): Members => ({
    index,
    delta,
    ...(logprobs !== undefined && {
      logprobs: scored === undefined ? null : { content: scored, refusal: null },
    }),
    finish_reason: null,
  });

  const out = [piece({ role, content: "" })];
  for (const name of TEXTS) {
    const text = members[name];
    if (typeof text !== "string") continue;
    const scored = name === "content" && Array.isArray(scores) ? scores : undefined;
    const tokens = scored?.map((score) => String(member(score, "token") ?? ""));
    // Scores that an author stated may be of another text: then they come with its first piece.
    if (scored && tokens?.join("") === text)
      for (const [at, token] of tokens.entries())
        out.push(piece({ content: token }, scored.slice(at, at + 1)));
    else
      for (const [at, part] of grouped(pieces(text)).entries())
        out.push(piece({ [name]: part }, at === 0 ? scored : undefined));
  }
  for (const [name, value] of Object.entries(members)) {
    if (!TEXTS.includes(name) && value !== null) out.push(piece({ [name]: value }));
  }
  if (Array.isArray(calls))
    for (const part of interleave(calls.map(callPieces))) out.push(piece({ tool_calls: [part] }));
  out.push({ ...piece({}), finish_reason });
  return out;
}

/** The first piece carries what identifies the call, the later ones its arguments (or a custom tool's input). */
function callPieces(call: Json, index: number): Members[] {
  if (!isObject(call)) return [];
  const { id = null, type = "function", ...rest } = call;
  const kind = isObject(rest["custom"]) ? "custom" : "function";
  const { name = "", ...payload } = (rest[kind] ?? {}) as Members;
  const held = kind === "custom" ? "input" : "arguments";
  const text = payload[held];
  return [
    { index, id, type, [kind]: { name, [held]: "" } },
    ...grouped(pieces(typeof text === "string" ? text : "")).map((part) => ({
      index,
      [kind]: { [held]: part },
    })),
  ];
}

/** The pieces, neighbours joined where there are too many. */
function grouped(parts: string[]): string[] {
  const size = Math.ceil(parts.length / PIECES);
  if (size <= 1) return parts;
  return Array.from({ length: Math.ceil(parts.length / size) }, (_, at) =>
    parts.slice(at * size, (at + 1) * size).join(""),
  );
}

/** The first of each list, then the second of each, and so on. */
function interleave<T>(lists: T[][]): T[] {
  const [only] = lists;
  if (lists.length === 1 && only) return only;
  const longest = lists.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}
