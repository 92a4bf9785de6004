/** What the parameters of a chat request do, each asked for whole and streamed. */
import { member } from "../../shared/json.ts";
import type { ContractOperation } from "../compiled-contract.ts";
import { type Ask, bothForms, choiceOf, user } from "./ask.ts";
import { costOf } from "./budget.ts";
import { type Case, requestOf, type Setting, single } from "./case.ts";
import { streamCases } from "./streams.ts";
import { structureCases } from "./structures.ts";
import { toolCases } from "./tools.ts";
import { expectRefusal } from "./verdict.ts";

/** Cases for an operation that answers chat completions. */
export function chatCases(operation: ContractOperation, setting: Setting): Case[] {
  return [
    ...parameterAsks().flatMap((ask) => bothForms(ask, operation, setting)),
    ...structureCases(operation, setting),
    ...toolCases(operation, setting),
    ...streamCases(operation, setting),
    ...unknownModel(operation, setting),
  ];
}

const COUNT = "Write the numbers from one to fifty as words, each in a line. Do not shorten the list.";

function parameterAsks(): Ask[] {
  const limited = (name: string): Ask => ({
    name,
    members: { [name]: 5 },
    messages: [user(COUNT)],
    check: (answer, found) => {
      const reason = member(choiceOf(answer), "finish_reason");
      if (reason !== "length")
        found.whim(
          "/choices/0/finish_reason",
          `A long answer under ${name} does not end by its length.`,
          "length",
          reason,
        );
    },
  });
  return [
    {
      name: "a conversation",
      members: { max_tokens: 32 },
      messages: [
        { role: "system", content: "Answer with one word." },
        user("Which colour has the sky?"),
        { role: "assistant", content: "Blue." },
        user("And grass?"),
      ],
    },
    {
      name: "a developer message",
      members: { max_tokens: 16 },
      messages: [{ role: "developer", content: "Answer with one word." }, user("Which colour has the sky?")],
    },
    {
      name: "a message in parts",
      members: { max_tokens: 16 },
      messages: [{ role: "user", content: [{ type: "text", text: "Which colour has the sky?" }] }],
    },
    {
      name: "n of 2",
      members: { n: 2, max_tokens: 16 },
      messages: [user("Name a colour.")],
    },
    limited("max_tokens"),
    limited("max_completion_tokens"),
    {
      name: "stop",
      members: { stop: ["STOP"], max_tokens: 64 },
      messages: [user("Repeat this line exactly, and add nothing: alpha beta STOP gamma")],
      check: (answer, found) => {
        const reason = member(choiceOf(answer), "finish_reason");
        if (reason !== "stop")
          found.whim("/choices/0/finish_reason", "stop does not end the answer.", "stop", reason);
      },
    },
    {
      name: "logprobs",
      members: { logprobs: true, top_logprobs: 2, max_tokens: 8 },
      messages: [user("Say hello.")],
    },
  ];
}

/** A model that nobody has. Relays that find no upstream for it also say 503; some have a model for any name. */
function unknownModel(operation: ContractOperation, setting: Setting): Case[] {
  const { contract, mock } = setting;
  if (mock) return [];
  const body = { model: "no-such-model-0000", messages: [user("Say hello.")], max_tokens: 8 };
  return [false, true].map((stream) =>
    single(
      operation,
      stream ? "an unknown model, streamed" : "an unknown model",
      requestOf(operation, { ...body, ...(stream && { stream: true }) }),
      (exchange, found) => {
        if (exchange.status === 503) return;
        expectRefusal(
          contract,
          operation,
          exchange,
          { statuses: [404], field: "/model", mayAccept: true },
          found,
        );
      },
      { tokens: costOf(body) },
    ),
  );
}
