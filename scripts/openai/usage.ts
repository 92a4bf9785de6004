/** How many tokens an answer took, counted from its real texts. */
import { isObject, type Json, type Members } from "../shared/json.ts";
import { pieces } from "./tokens.ts";

/** Characters from which on words are no longer counted, which would take time. */
const LONG = 20_000;

/** The totals that clients add up, and the same under the other names and in the details that the example has. */
export function countUsage(usage: Members, request: Json | undefined, messages: Members[]): Members {
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
