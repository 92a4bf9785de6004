/** What the parameters of a chat request do to a finished answer: `n`, `stop`, `max_tokens` and `logprobs`. */
import { copy, isObject, type Json, type Members, member } from "../shared/json.ts";
import { random, seedOf } from "../shared/random.ts";
import { pieces } from "./tokens.ts";

/** Texts that use up the output tokens, in the order in which a model writes them. */
const WRITTEN = ["reasoning_content", "reasoning", "content"];

/** About how many bytes a score of `logprobs`, and a frame of a stream, take. */
const SCORE_SIZE = 90;
const FRAME_SIZE = 250;

interface Rest {
  /** The choice as the answer's author stated it. */
  told(index: number): Json | undefined;
  /** Tokens of reasoning that the answer does not show. */
  hidden: number;
}

/**
 * @param request the body
 * @returns the choices as the request wants them. Texts and scores that the author stated are left as they are, and an
 *   answer that calls tools is only multiplied
 */
export function applyParameters(choices: Members[], request: Members, { told, hidden }: Rest): Members[] {
  const { n, stop, logprobs, top_logprobs } = request;
  const ends = [stop ?? []].flat().filter((text): text is string => typeof text === "string" && text !== "");
  const limit = textLimit(request);
  const scored = scorer(typeof top_logprobs === "number" ? top_logprobs : 0);
  return multiply(choices, typeof n === "number" ? n : 1).map((choice, index) => {
    const message = choice["message"] as Members;
    if (Array.isArray(message["tool_calls"])) return choice;
    const own = told(index);
    const isStated = (name: string) => member(member(own, "message"), name) !== undefined;
    const stopped = isStated("content") ? choice : stopAt(choice, ends);
    const left = limit === undefined ? undefined : Math.max(0, limit - hidden);
    const cut = left === undefined || WRITTEN.some(isStated) ? stopped : cutAt(stopped, left);
    return logprobs === true && member(own, "logprobs") === undefined ? scored(cut) : cut;
  });
}

/** How many tokens an answer may have; undefined where the request does not say. */
export function textLimit({ max_tokens, max_completion_tokens }: Members): number | undefined {
  const limit = max_completion_tokens ?? max_tokens;
  return typeof limit === "number" ? limit : undefined;
}

/** About how many bytes the parameters of a request add to an answer: further choices, scores, frames. */
export function addedSize(answer: Json, request: Json | undefined): number {
  const asked = isObject(request) ? request : {};
  const choices = isObject(answer) && Array.isArray(answer["choices"]) ? answer["choices"] : [];
  const n = choices.length === 1 && typeof asked["n"] === "number" ? asked["n"] : 1;
  const top = typeof asked["top_logprobs"] === "number" ? asked["top_logprobs"] : 0;
  if (n === 1 && asked["logprobs"] !== true) return 0;
  const limit = textLimit(asked) ?? Number.POSITIVE_INFINITY;
  const sizes = choices.flatMap((choice) => {
    const message = member(choice, "message");
    return WRITTEN.map((name) => member(message, name))
      .filter((text) => typeof text === "string")
      .map((text) => {
        const tokens = Math.min(pieces(text).length, limit);
        const scores = asked["logprobs"] === true ? tokens * (1 + top) * SCORE_SIZE : 0;
        const frames = asked["stream"] === true && n > 1 ? tokens * FRAME_SIZE : 0;
        return (n - 1) * text.length + n * (scores + frames);
      });
  });
  return sizes.reduce((total, size) => total + size, 0);
}

/** As many choices as `n` asks for, where the example has but one. */
function multiply(choices: Members[], n: number): Members[] {
  const [only] = choices;
  if (n === 1 || choices.length !== 1 || only === undefined) return choices;
  return Array.from({ length: n }, (_, index) => ({ ...copy(only), index }));
}

/** Ends the text before the first of the `stop` texts, which it does not contain then. */
function stopAt(choice: Members, ends: string[]): Members {
  const message = choice["message"] as Members;
  const { content } = message;
  if (typeof content !== "string") return choice;
  const end = ends.reduce((least, text) => {
    const index = content.indexOf(text);
    return index === -1 ? least : Math.min(least, index);
  }, Number.POSITIVE_INFINITY);
  if (end === Number.POSITIVE_INFINITY) return choice;
  return { ...choice, message: { ...message, content: content.slice(0, end) }, finish_reason: "stop" };
}

/** Cuts what the model writes, reasoning first, after `limit` tokens. */
function cutAt(choice: Members, limit: number): Members {
  const message = { ...(choice["message"] as Members) };
  let left = limit;
  let cut = false;
  for (const name of WRITTEN) {
    const text = message[name];
    if (typeof text !== "string") continue;
    const parts = pieces(text);
    if (parts.length > left) cut = true;
    message[name] = parts.slice(0, left).join("");
    left = Math.max(0, left - parts.length);
  }
  return cut ? { ...choice, message, finish_reason: "length" } : choice;
}

/** Adds a log probability for each token, made up but the same for the same text. */
function scorer(alternatives: number): (choice: Members) => Members {
  // The choices of one answer often have the same text.
  const known = new Map<string, Json[]>();
  return (choice) => {
    const { content } = choice["message"] as Members;
    if (typeof content !== "string") return choice;
    const scores = known.get(content) ?? scoresOf(content, alternatives);
    known.set(content, scores);
    const held = choice["logprobs"];
    return { ...choice, logprobs: { ...(isObject(held) && held), content: scores, refusal: null } };
  };
}

function scoresOf(content: string, alternatives: number): Json[] {
  const chance = random(seedOf(content));
  const encoder = new TextEncoder();
  const score = (token: string, logprob: number): Members => ({
    token,
    logprob: Math.round(logprob * 1e4) / 1e4,
    bytes: [...encoder.encode(token)],
  });
  return pieces(content).map((token): Json => {
    const best = -chance.next();
    const others = Array.from({ length: alternatives }, (_, rank) =>
      rank === 0
        ? score(token, best)
        : score(`${token}${"\u0020".repeat(rank)}`, best - rank - chance.next()),
    );
    return { ...score(token, best), top_logprobs: others };
  });
}
