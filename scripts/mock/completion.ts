/** Finishes an answer that is a chat completion: its usage, and IDs and times of its own. */
import type { Json } from "../pipeline/document.ts";
import { isCompletion, pieces } from "./chunks.ts";
import { isObject, type Members } from "./json.ts";
import type { Random } from "./random.ts";

/** Characters from which on words are no longer counted, which would take time. */
const LONG = 20_000;

/**
 * Gives the answer an ID, IDs of its tool calls and a time of its own, and counts its usage from the real texts.
 * Anything that is no chat completion is returned as it is.
 *
 * @param request the body that is answered
 * @param now milliseconds since 1970-01-01; undefined keeps the example's time
 */
export function finish(
  answer: Json,
  request: Json | undefined,
  random: Random,
  now: number | undefined,
): Json {
  if (!isObject(answer) || !isCompletion(answer)) return answer;
  const messages = (answer["choices"] as Members[]).map((choice) => choice["message"] as Members);
  if (typeof answer["id"] === "string") answer["id"] = random.id(answer["id"]);
  if (typeof answer["created"] === "number" && now !== undefined) answer["created"] = Math.floor(now / 1000);
  for (const message of messages) {
    for (const call of list(message["tool_calls"])) {
      if (isObject(call) && typeof call["id"] === "string") call["id"] = random.id(call["id"]);
    }
  }
  if (isObject(answer["usage"])) answer["usage"] = count(answer["usage"], request, messages);
  return answer;
}

/** The totals that clients add up, and the same under the other names and in the details that the example has. */
function count(usage: Members, request: Json | undefined, messages: Members[]): Members {
  const {
    messages: prompt = null,
    tools = null,
    response_format: format = null,
  } = isObject(request) ? request : {};
  const input = tokens([prompt, tools, format]);
  const reasoning = sum(
    messages.map(({ reasoning_content = null, reasoning = null }) => tokens([reasoning_content, reasoning])),
  );
  const output = sum(messages.map(({ role: _, ...said }) => tokens(said)));
  const details = usage["completion_tokens_details"];
  return {
    ...usage,
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    ...("input_tokens" in usage && { input_tokens: input }),
    ...("output_tokens" in usage && { output_tokens: output }),
    ...(isObject(details) && { completion_tokens_details: { ...details, reasoning_tokens: reasoning } }),
  };
}

/**
 * About how many tokens the texts in a value are: one for each word or punctuation mark, the pieces in which they
 * are streamed; for a long text (a document, an image in Base64) one for every four characters. Real tokenizers differ
 * by model and come out within a third of that for English prose.
 */
function tokens(value: Json): number {
  if (typeof value === "string")
    return value.length > LONG ? Math.ceil(value.length / 4) : pieces(value).length;
  if (typeof value !== "object" || value === null) return 0;
  return sum(Object.values(value).map(tokens));
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function list(node: Json | undefined): Json[] {
  return Array.isArray(node) ? node : [];
}
