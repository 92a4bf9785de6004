/** What a chat completion means beyond its schema: the words of the contract, for an answer in one piece. */
import { isObject, type Json, type Members } from "../../shared/json.ts";
import type { Findings } from "../findings.ts";
import { checkStructure } from "./structured-answers.ts";
import { checkToolCalls } from "./tools.ts";
import { checkUsage } from "./usage.ts";

/** The request of an answer, and when the answer came. */
export interface Asked {
  /** The body of the request. */
  request: Members;
  /** Milliseconds since 1970-01-01. */
  now: number;
  /** Whether the answer came in chunks, which have checks of their own for what each chunk holds. */
  streamed: boolean;
}

/** How far `created` may be from now, in seconds: clocks differ, and an answer takes a while. */
const CLOCKS = 600;
/** The reasons that the contract lists. */
const REASONS = ["stop", "length", "tool_calls", "content_filter", "function_call"];
/** No token is longer than that on average, in characters. */
const LONG_TOKEN = 12;

/** Checks a chat completion. What its schema already requires is not checked again. */
export function checkCompletion(answer: Json, asked: Asked, found: Findings): void {
  if (!isObject(answer)) return;
  const { object, id, created, model, choices, usage } = answer;
  if (typeof object === "string" && object !== "chat.completion" && !(asked.streamed && object === ""))
    found.break("/object", "object names another kind of answer.", "chat.completion", object);
  if (isObject(answer["error"]))
    found.break(
      "/error",
      "The answer has an error beside its choices.",
      "an answer or an error",
      answer["error"],
    );
  if (id === "") found.break("/id", "id is empty.", "an ID", id);
  if (typeof created === "number") checkCreated(created, asked.now, found);
  if (typeof model === "string") checkModel(model, asked.request["model"], found);
  if (Array.isArray(choices)) checkChoices(choices, asked, found);
  if (isObject(usage)) checkUsage(usage, answer, asked.request, found);
}

function checkCreated(created: number, now: number, found: Findings): void {
  const seconds = Math.floor(now / 1000);
  if (created > 1e11) found.break("/created", "created is not in seconds.", `about ${seconds}`, created);
  else if (Math.abs(created - seconds) > CLOCKS)
    found.break("/created", "created is far from now.", `about ${seconds}`, created);
}

/** The model that answers may be named more precisely than the one that was asked for: with a date, by its maker. */
function checkModel(answered: string, wanted: Json | undefined, found: Findings): void {
  const plain = (name: string) =>
    name
      .toLowerCase()
      .replace(/^.*\//, "")
      .replace(/[-:](latest|free|beta|preview)$/, "");
  if (answered === "") found.break("/model", "model is empty.", "the model that answered", answered);
  else if (
    typeof wanted === "string" &&
    !plain(answered).startsWith(plain(wanted)) &&
    !plain(wanted).startsWith(plain(answered)) &&
    !answered.toLowerCase().includes(plain(wanted))
  )
    found.break("/model", "Another model answered.", `${wanted}, or a more specific name of it`, answered);
}

function checkChoices(choices: Json[], asked: Asked, found: Findings): void {
  const { n } = asked.request;
  const count = typeof n === "number" ? n : 1;
  if (choices.length !== count)
    found.break("/choices", "choices has not as many entries as n asks for.", count, choices.length);
  const indexes = choices.map((choice) => (isObject(choice) ? choice["index"] : undefined));
  if (new Set(indexes).size !== choices.length || indexes.some((index) => Number(index) >= choices.length))
    found.break(
      "/choices/0/index",
      "The choices are not numbered from 0.",
      choices.map((_, index) => index).join(", "),
      indexes.join(", "),
    );
  for (const [index, choice] of choices.entries()) {
    if (isObject(choice)) checkChoice(choice, `/choices/${index}`, asked, found);
  }
}

function checkChoice(choice: Members, at: string, asked: Asked, found: Findings): void {
  const message = choice["message"];
  const reason = choice["finish_reason"];
  checkReason(reason, `${at}/finish_reason`, asked, found);
  if (!isObject(message)) return;
  checkText(message, reason, at, asked, found);
  checkToolCalls(message, reason, at, asked.request, found);
  checkStructure(message, reason, `${at}/message/content`, asked.request, found);
  checkLogprobs(choice, at, asked.request, found);
}

function checkReason(reason: Json | undefined, at: string, { streamed }: Asked, found: Findings): void {
  // A stream without a reason was cut, which its own check says.
  if (reason === null && !streamed)
    found.break(at, "finish_reason is null in an answer that has ended.", REASONS.join(" or "), reason);
  else if (reason === "") found.break(at, "finish_reason is empty.", REASONS.join(" or "), reason);
  else if (typeof reason === "string" && !REASONS.includes(reason))
    found.undocumented(at, "The contract has no such finish_reason.", reason);
}

function checkText(
  message: Members,
  reason: Json | undefined,
  at: string,
  asked: Asked,
  found: Findings,
): void {
  const { content, refusal, tool_calls: calls, function_call: call, audio } = message;
  const { stop, max_tokens, max_completion_tokens } = asked.request;
  const isEmpty = content === undefined || content === null || content === "";
  if (
    isEmpty &&
    reason === "stop" &&
    !refusal &&
    !call &&
    !audio &&
    !(Array.isArray(calls) && calls.length > 0)
  ) {
    const empty = "The answer has no text, although it is neither a refusal nor a call of tools.";
    found.whim(`${at}/message/content`, empty, "a text", content ?? "none");
  }
  if (typeof content !== "string") return;
  const ends = [stop ?? []].flat().filter((end): end is string => typeof end === "string" && end !== "");
  const kept = ends.find((end) => content.includes(end));
  if (kept !== undefined)
    found.break(
      `${at}/message/content`,
      "The text contains a text of stop.",
      `a text that ends before ${kept}`,
      content,
    );
  const limit = max_completion_tokens ?? max_tokens;
  if (typeof limit === "number" && content.length > limit * LONG_TOKEN + LONG_TOKEN)
    found.break(
      `${at}/message/content`,
      `The text is longer than ${limit} tokens.`,
      `${limit} tokens`,
      content,
    );
}

function checkLogprobs(choice: Members, at: string, request: Members, found: Findings): void {
  const { logprobs } = choice;
  if (request["logprobs"] !== true) return;
  const scores = isObject(logprobs) ? logprobs["content"] : undefined;
  if (!Array.isArray(scores)) {
    const text = isObject(choice["message"]) ? choice["message"]["content"] : undefined;
    if (typeof text === "string" && text !== "")
      found.note(
        `${at}/logprobs`,
        "logprobs were asked for, and there are none.",
        "one for each token",
        logprobs,
      );
    return;
  }
  const positive = scores.find((score) => isObject(score) && Number(score["logprob"]) > 0);
  if (positive !== undefined)
    found.break(`${at}/logprobs/content`, "A log probability is above 0.", "at most 0", positive);
  const message = choice["message"];
  const joined = scores.map((score) => (isObject(score) ? score["token"] : "")).join("");
  if (isObject(message) && typeof message["content"] === "string" && joined !== message["content"])
    found.note(
      `${at}/logprobs/content`,
      "The tokens of logprobs do not make up the text.",
      message["content"],
      joined,
    );
  const wanted = request["top_logprobs"];
  const tops = scores.map((score) => (isObject(score) ? score["top_logprobs"] : undefined));
  if (typeof wanted === "number" && tops.some((top) => Array.isArray(top) && top.length > wanted))
    found.break(
      `${at}/logprobs/content`,
      "A token has more alternatives than top_logprobs asked for.",
      wanted,
    );
}
