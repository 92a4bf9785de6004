/** Finishes a chat completion: what its request's parameters ask for, its usage, IDs and times. */
import { isObject, type Json, type Members, member } from "../shared/json.ts";
import type { Random } from "../shared/random.ts";
import type { Finishing } from "./conventions.ts";
import { applyParameters, textLimit } from "./request-parameters.ts";
import { isCompletion } from "./split.ts";
import { countUsage, hiddenReasoning } from "./usage.ts";

/**
 * Gives the answer an ID, IDs of its tool calls, indexes and a time, does what the request's parameters ask for, and
 * counts its usage. What the author of the answer stated stays as it is. An answer that is not a chat completion is
 * returned unchanged.
 */
export function finish(answer: Json, { request, random, now, stated }: Finishing): Json {
  if (!isObject(answer) || !isCompletion(answer)) return answer;
  const statedChoices = member(stated, "choices");
  const told = (index: number) =>
    Array.isArray(statedChoices) ? (statedChoices[index] ?? statedChoices.at(-1)) : undefined;
  const { id, created, usage } = answer;
  const asked = isObject(request) ? request : {};
  const hidden = isObject(usage) ? hiddenReasoning(usage, textLimit(asked)) : 0;
  const freshId = idMaker(random, () => takenIds(stated, request));
  const choices = applyParameters(answer["choices"] as Members[], asked, { told, hidden }).map(
    (choice, index) => finishChoice(choice, index, told(index), freshId),
  );
  const messages = choices.map((choice) => choice["message"] as Members);
  const isStated = (name: string) => member(stated, name) !== undefined;
  return {
    ...answer,
    ...(typeof id === "string" && !isStated("id") && { id: random.id(id) }),
    ...(typeof created === "number" &&
      now !== undefined &&
      !isStated("created") && { created: Math.floor(now / 1000) }),
    choices,
    ...(isObject(usage) && {
      usage: countUsage(usage, { request, messages, hidden, stated: member(stated, "usage") }),
    }),
  };
}

function finishChoice(
  choice: Members,
  index: number,
  told: Json | undefined,
  freshId: (example: string) => string,
): Members {
  const message = choice["message"] as Members;
  const { tool_calls: calls } = message;
  const statedCalls = member(member(told, "message"), "tool_calls");
  const isCalling = Array.isArray(calls) && calls.length > 0;
  return {
    ...choice,
    ...("index" in choice && member(told, "index") === undefined && { index }),
    // A scenario may add calls to an answer that had none; clients look for them only if the reason says so.
    ...(isCalling &&
      choice["finish_reason"] === "stop" &&
      member(told, "finish_reason") === undefined && { finish_reason: "tool_calls" }),
    ...(isCalling && {
      message: {
        ...message,
        tool_calls: calls.map((call, at) => {
          const own = Array.isArray(statedCalls) && member(statedCalls[at], "id") !== undefined;
          if (own || !isObject(call) || typeof call["id"] !== "string") return call;
          return { ...call, id: freshId(call["id"]) };
        }),
      },
    }),
  };
}

/** Makes IDs, none of which is taken or made twice. */
function idMaker(random: Random, takenAtFirst: () => Set<string>): (example: string) => string {
  let taken: Set<string> | undefined;
  return (example) => {
    taken ??= takenAtFirst();
    let id = random.id(example);
    // An example of a few letters has few IDs like it.
    for (let tries = 0; taken.has(id); tries++) id = random.id(tries < 10 ? example : `${example}00000000`);
    taken.add(id);
    return id;
  };
}

/** The IDs of tool calls that the answer's author stated, or that the conversation already has. */
function takenIds(stated: Json | undefined, request: Json | undefined): Set<string> {
  const holders = [
    ...listOf(stated, "choices").map((choice) => member(choice, "message")),
    ...listOf(request, "messages"),
  ];
  const ids = holders.flatMap((message) => listOf(message, "tool_calls").map((call) => member(call, "id")));
  return new Set(ids.filter((id) => typeof id === "string"));
}

function listOf(holder: Json | undefined, name: string): Json[] {
  const list = member(holder, name);
  return Array.isArray(list) ? list : [];
}
