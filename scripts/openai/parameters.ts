/** What the parameters of a chat request do to a finished answer: `n`, `stop`, `max_tokens` and `logprobs`. */
import { copy, isObject, type Json, type Members } from "../shared/json.ts";
import { random, seedOf } from "../shared/random.ts";
import { pieces } from "./tokens.ts";

/** Texts that use up the output tokens, in the order in which a model writes them. */
const WRITTEN = ["reasoning_content", "reasoning", "content"];

/** @returns the choices as the request wants them; an answer that calls tools is only multiplied */
export function applyParameters(choices: Members[], request: Members): Members[] {
  const { n, stop, max_tokens, max_completion_tokens, logprobs, top_logprobs } = request;
  const ends = [stop ?? []].flat().filter((text): text is string => typeof text === "string" && text !== "");
  const limit = max_completion_tokens ?? max_tokens;
  return multiply(choices, typeof n === "number" ? n : 1).map((choice) => {
    const message = choice["message"] as Members;
    if (Array.isArray(message["tool_calls"])) return choice;
    const stopped = stopAt(choice, ends);
    const cut = typeof limit === "number" ? cutAt(stopped, limit) : stopped;
    return logprobs === true ? withLogprobs(cut, typeof top_logprobs === "number" ? top_logprobs : 0) : cut;
  });
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
  const end = Math.min(...ends.map((text) => content.indexOf(text)).filter((index) => index !== -1));
  if (end === Number.POSITIVE_INFINITY) return choice;
  return { ...choice, message: { ...message, content: content.slice(0, end) }, finish_reason: "stop" };
}

/** Cuts what the model writes, reasoning first, after so many tokens. */
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

/** A log probability for each token, made up but the same for the same text. */
function withLogprobs(choice: Members, alternatives: number): Members {
  const { content } = choice["message"] as Members;
  if (typeof content !== "string") return choice;
  const chance = random(seedOf(content));
  const score = (token: string, logprob: number): Members => ({
    token,
    logprob: Math.round(logprob * 1e4) / 1e4,
    bytes: [...Buffer.from(token)],
  });
  const scores = pieces(content).map((token): Json => {
    const best = -chance.next();
    const others = Array.from({ length: alternatives }, (_, rank) =>
      rank === 0
        ? score(token, best)
        : score(`${token}${"\u0020".repeat(rank)}`, best - rank - chance.next()),
    );
    return { ...score(token, best), top_logprobs: others };
  });
  const held = choice["logprobs"];
  return { ...choice, logprobs: { ...(isObject(held) && held), content: scores, refusal: null } };
}
