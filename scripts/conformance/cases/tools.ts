/** Tools: forbidden, forced, named, several at once, and a loop that ends in a text. */
import { isObject, type Json, type Members, member, objectsIn } from "../../shared/json.ts";
import type { ContractOperation } from "../compiled-contract.ts";
import type { Findings } from "../findings.ts";
import { type Ask, bodyOf, bothForms, choiceOf, textOf, user } from "./ask.ts";
import { costOf } from "./budget.ts";
import { type Case, requestOf, type Send, type Setting } from "./case.ts";
import { expectAnswer } from "./verdict.ts";

const WEATHER = {
  type: "function",
  function: {
    name: "get_weather",
    description: "Get the weather of a city.",
    parameters: {
      type: "object",
      properties: {
        city: { type: "string", minLength: 1 },
        days: { type: "integer", minimum: 1, maximum: 7 },
      },
      required: ["city", "days"],
      additionalProperties: false,
    },
  },
};
const TIME = {
  type: "function",
  function: {
    name: "get_time",
    description: "Get the time in a city.",
    parameters: {
      type: "object",
      properties: { city: { type: "string", minLength: 1 }, unit: { enum: ["12h", "24h"] } },
      required: ["city"],
      additionalProperties: false,
    },
  },
};
const QUESTION = user("What will the weather be in Oslo for three days, and what time is it there?");
const TOOLS = { max_tokens: 300, tools: [WEATHER, TIME] };
/** Rounds of a tool loop, after which the model is told to call nothing more. */
const ROUNDS = 3;

const ASKS: Ask[] = [
  {
    name: "tool_choice none",
    members: { ...TOOLS, max_tokens: 64, tool_choice: "none" },
    messages: [QUESTION],
  },
  { name: "tool_choice auto", members: { ...TOOLS, tool_choice: "auto" }, messages: [QUESTION] },
  { name: "tool_choice required", members: { ...TOOLS, tool_choice: "required" }, messages: [QUESTION] },
  {
    name: "tool_choice of one function",
    members: { ...TOOLS, tool_choice: { type: "function", function: { name: "get_time" } } },
    messages: [QUESTION],
  },
  {
    name: "parallel tool calls",
    members: { ...TOOLS, tool_choice: "required", parallel_tool_calls: true },
    messages: [QUESTION],
  },
  {
    name: "one tool call at a time",
    members: { ...TOOLS, tool_choice: "required", parallel_tool_calls: false },
    messages: [QUESTION],
  },
];

/** Cases for `tools` and `tool_choice`. */
export function toolCases(operation: ContractOperation, setting: Setting): Case[] {
  if (setting.contract.field(operation, "tools") === undefined) return [];
  return [
    ...ASKS.flatMap((ask) => bothForms(ask, operation, setting)),
    loop(operation, setting, false),
    loop(operation, setting, true),
  ];
}

/** A loop of tool calls and results, until the model answers in text. */
function loop(operation: ContractOperation, setting: Setting, stream: boolean): Case {
  const ask = { members: { ...TOOLS, tool_choice: "required" }, messages: [QUESTION] };
  return {
    operation: operation.name,
    name: stream ? "a tool loop, streamed" : "a tool loop",
    requests: ROUNDS + 1,
    tokens: (ROUNDS + 1) * costOf(bodyOf(ask, setting, stream)),
    tries: 3,
    run: (send, found) => runLoop(operation, setting, stream, send, found),
  };
}

async function runLoop(
  operation: ContractOperation,
  setting: Setting,
  stream: boolean,
  send: Send,
  found: Findings,
): Promise<void> {
  const messages: Json[] = [QUESTION];
  for (let round = 0; round <= ROUNDS; round++) {
    const choice = round === 0 ? "required" : round === ROUNDS ? "none" : "auto";
    const body = bodyOf(
      { members: { ...TOOLS, tool_choice: choice }, messages: [...messages] },
      setting,
      stream,
    );
    const exchange = await send(requestOf(operation, body));
    const answer = expectAnswer(setting.contract, operation, exchange, found);
    if (answer === undefined) return;
    const message = choiceOf(answer)?.["message"];
    const calls = member(message, "tool_calls");
    const called = objectsIn(calls);
    if (called.length === 0) {
      // The first answer has its own check, and a loop without a text has no end.
      if (round > 0 && textOf(answer) === "")
        found.whim("/choices/0/message/content", "The tool loop does not end in a text.", "a text", answer);
      return;
    }
    if (round === 1)
      found.whimNote(
        "/choices/0/message/tool_calls",
        "The model calls tools again after their results.",
        "a text",
        called,
      );
    messages.push(isObject(message) ? message : {}, ...called.map(resultOf));
  }
}

function resultOf(call: Members): Json {
  const named = String(member(call["function"], "name") ?? "");
  const content = named === "get_time" ? '{"time": "12:00"}' : '{"forecast": ["sunny", "rain", "rain"]}';
  return { role: "tool", tool_call_id: call["id"] ?? "", content };
}
