/** How many tokens an answer took, counted from its real texts. */
import { isObject, type Json, type Members, member } from "../shared/json.ts";
import type { TokenCount } from "./conventions.ts";
import { pieces } from "./tokens.ts";

/** Characters from which on words are no longer counted, which would take time. */
const LONG = 20_000;

/** What an image, a recording or a file counts, whatever its size: as much as OpenAI counts for an image of low detail. */
const MEDIUM = 85;
const MEDIA = new Set(["image_url", "input_image", "input_audio", "video_url", "file", "input_file"]);

interface Counted {
  /** The body of the request. */
  request: Json | undefined;
  messages: Members[];
  /** Tokens of reasoning, for each message, that the answer does not show. */
  hidden: number;
  /** The usage as the answer's author stated it. */
  stated: Json | undefined;
}

/**
 * The usage of an answer: the totals that clients add up, and the same under the other names and in the details that
 * the example has. What the author stated is kept, and the sums follow from it.
 */
export function countUsage(usage: Members, { request, messages, hidden, stated }: Counted): Members {
  const shown = sum(
    messages.map(({ reasoning_content = null, reasoning = null }) => tokens([reasoning_content, reasoning])),
  );
  const said = sum(messages.map(({ role: _, ...members }) => tokens(members)));
  const unseen = shown > 0 ? 0 : hidden * messages.length;
  const input = numberOf(stated, "prompt_tokens") ?? numberOf(stated, "input_tokens") ?? tokensIn(request);
  const output = numberOf(stated, "completion_tokens") ?? numberOf(stated, "output_tokens") ?? said + unseen;
  const details = usage["completion_tokens_details"];
  const counted: Members = {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    ...("input_tokens" in usage && { input_tokens: input }),
    ...("output_tokens" in usage && { output_tokens: output }),
  };
  const statedDetails = member(stated, "completion_tokens_details");
  return {
    ...usage,
    ...counted,
    ...(isObject(stated) && stated),
    ...(isObject(details) && {
      completion_tokens_details: {
        ...details,
        reasoning_tokens: shown + unseen,
        ...(isObject(statedDetails) && statedDetails),
      },
    }),
  };
}

/** The tokens of reasoning that an example reports; under a limit at most half of it, so that text is left. */
export function hiddenReasoning(usage: Members, limit: number | undefined): number {
  const reported = numberOf(usage["completion_tokens_details"], "reasoning_tokens") ?? 0;
  return limit === undefined ? reported : Math.min(reported, Math.ceil(limit / 2));
}

/** About how many tokens a chat request is. */
export function tokensIn(request: Json | undefined): number {
  const { messages = null, tools = null, response_format: format = null } = isObject(request) ? request : {};
  return tokens([messages, tools, format]);
}

/** The tokens that an answer reports; undefined where it reports none. */
export function usageOf(answer: Json): TokenCount | undefined {
  const usage = member(answer, "usage");
  const input = numberOf(usage, "prompt_tokens") ?? numberOf(usage, "input_tokens");
  const output = numberOf(usage, "completion_tokens") ?? numberOf(usage, "output_tokens") ?? 0;
  return input === undefined ? undefined : { input, output };
}

/**
 * About how many tokens the texts in a value are: one for each word or punctuation mark, the pieces in which they are
 * streamed; for a long text one for every four characters; for an image, a recording or a file a fixed number. Real
 * tokenizers differ by model and come out within a third of that for English prose.
 */
function tokens(value: Json): number {
  if (typeof value === "string") {
    if (value.startsWith("data:") && value.slice(0, 100).includes(";base64,")) return MEDIUM;
    return value.length > LONG ? Math.ceil(value.length / 4) : pieces(value).length;
  }
  if (typeof value !== "object" || value === null) return 0;
  const type = member(value, "type");
  if (typeof type === "string" && MEDIA.has(type)) return MEDIUM;
  return sum(Object.values(value).map(tokens));
}

function numberOf(holder: Json | undefined, name: string): number | undefined {
  const value = member(holder, name);
  return typeof value === "number" ? value : undefined;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
