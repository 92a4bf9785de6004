/** Token counts: they add up, agree with their twins, and fit the answer. */
import { isObject, type Members, objectsIn } from "../../shared/json.ts";
import type { Findings } from "../findings.ts";

/** Two names of one count. */
const TWINS = [
  ["prompt_tokens", "input_tokens"],
  ["completion_tokens", "output_tokens"],
] as const;

/** Counts that are a part of another one. */
const PARTS = [
  ["prompt_tokens_details", "cached_tokens", "prompt_tokens"],
  ["completion_tokens_details", "reasoning_tokens", "completion_tokens"],
] as const;

/** Checks the usage of a chat completion. */
export function checkUsage(usage: Members, answer: Members, request: Members, found: Findings): void {
  const count = (name: string) => (typeof usage[name] === "number" ? usage[name] : undefined);
  const [input, output, total] = ["prompt_tokens", "completion_tokens", "total_tokens"].map(count);
  for (const [name, value] of Object.entries(usage)) {
    if (name.endsWith("_tokens") && typeof value === "number" && value < 0)
      found.break(`/usage/${name}`, `usage.${name} is negative.`, "0 or more", value);
  }
  if (input !== undefined && output !== undefined && total !== undefined && input + output !== total)
    found.break("/usage/total_tokens", "The usage does not add up.", input + output, total);
  for (const [name, twin] of TWINS) {
    const [one, other] = [count(name), count(twin)];
    if (one === undefined || other === undefined || one === other) continue;
    // Relays of this kind have both names and fill in one.
    if (other === 0) found.note(`/usage/${twin}`, `usage.${twin} stays 0.`, one, other);
    else found.break(`/usage/${twin}`, `usage.${twin} differs from usage.${name}.`, one, other);
  }
  for (const [details, name, whole] of PARTS) {
    const held = usage[details];
    const part = isObject(held) ? held[name] : undefined;
    const all = count(whole);
    if (typeof part === "number" && all !== undefined && part > all)
      found.break(
        `/usage/${details}/${name}`,
        `usage.${details}.${name} is more than usage.${whole}.`,
        `at most ${all}`,
        part,
      );
  }
  if (input === 0) found.break("/usage/prompt_tokens", "The request took no tokens.", "1 or more", input);
  if (output !== undefined) checkOutput(output, usage, answer, request, found);
}

function checkOutput(
  output: number,
  usage: Members,
  answer: Members,
  request: Members,
  found: Findings,
): void {
  const choices = objectsIn(answer["choices"]);
  const hasText = choices.some(({ message }) => isObject(message) && Boolean(message["content"]));
  if (output === 0 && hasText)
    found.break(
      "/usage/completion_tokens",
      "The answer took no tokens, although it has a text.",
      "1 or more",
      output,
    );
  const limit = request["max_completion_tokens"] ?? request["max_tokens"];
  if (typeof limit !== "number") return;
  const details = usage["completion_tokens_details"];
  const reasoning = isObject(details) ? Number(details["reasoning_tokens"] ?? 0) : 0;
  const { n } = request;
  const most = limit * Math.max(1, choices.length, typeof n === "number" ? n : 1);
  // Some upstreams do not count the reasoning against max_tokens.
  if (output - reasoning > most)
    found.break(
      "/usage/completion_tokens",
      "The answer took more tokens than it was allowed.",
      `at most ${most}`,
      output,
    );
  const cut = choices.length === 1 && choices[0]?.["finish_reason"] === "length";
  // A stream that was not asked for its usage owes none: what it sends may count something else.
  const options = request["stream_options"];
  const asked = request["stream"] !== true || (isObject(options) && options["include_usage"] === true);
  if (cut && asked && output * 2 < limit)
    found.break(
      "/choices/0/finish_reason",
      "The answer claims to have reached its length, but took far fewer tokens.",
      `${limit} tokens, or another finish_reason`,
      output,
    );
}
