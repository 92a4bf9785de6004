/** Finishes an answer that is a chat completion: what its request's parameters ask for, its usage, IDs and times. */
import { isObject, type Json, type Members } from "../shared/json.ts";
import type { Random } from "../shared/random.ts";
import { applyParameters } from "./parameters.ts";
import { isCompletion } from "./split.ts";
import { countUsage } from "./usage.ts";

/**
 * Gives the answer an ID, IDs of its tool calls and a time of its own, does what the request's parameters ask for,
 * and counts its usage. Anything that is no chat completion is returned as it is.
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
  const choices = applyParameters(answer["choices"] as Members[], isObject(request) ? request : {});
  const messages = choices.map((choice) => choice["message"] as Members);
  for (const [index, { tool_calls: calls }] of messages.entries()) {
    if (!Array.isArray(calls) || calls.length === 0) continue;
    // A scenario may add calls to an answer that had none; clients look for them only then.
    const choice = choices[index];
    if (choice?.["finish_reason"] === "stop") choice["finish_reason"] = "tool_calls";
    for (const call of calls) {
      if (isObject(call) && typeof call["id"] === "string") call["id"] = random.id(call["id"]);
    }
  }
  const { id, created, usage } = answer;
  return {
    ...answer,
    ...(typeof id === "string" && { id: random.id(id) }),
    ...(typeof created === "number" && now !== undefined && { created: Math.floor(now / 1000) }),
    choices,
    ...(isObject(usage) && { usage: countUsage(usage, request, messages) }),
  };
}
