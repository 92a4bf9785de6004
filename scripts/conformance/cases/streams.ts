/** Streams beside the streamed forms of other cases: usage, the same text as whole, and the first chunk at once. */
import { isObject, type Json, member } from "../../shared/json.ts";
import { parseStream } from "../checks/sse-events.ts";
import { parsed } from "../checks/tools.ts";
import type { ContractOperation } from "../compiled-contract.ts";
import type { Exchange } from "../exchange.ts";
import type { Findings } from "../findings.ts";
import { type Ask, bodyOf, textOf, user } from "./ask.ts";
import { costOf } from "./budget.ts";
import { type Case, requestOf, type Setting, single } from "./case.ts";
import { expectAnswer } from "./verdict.ts";

const LINE = "Each piece of this line comes once and in order: seven, 4-1, 日本語, ünï.";
/** Long enough that writing it takes a model longer than sending it takes a network. */
const POEM = Array.from(
  { length: 12 },
  (_, verse) => `Verse ${verse + 1}: the river runs on, and nobody counts its stones.`,
);
/** A stream that took no longer than that, in milliseconds, does not show whether it was held back. */
const SLOW = 120;
/** Fewer events than that may come in one piece. */
const MANY = 12;

/** Cases for streams. */
export function streamCases(operation: ContractOperation, setting: Setting): Case[] {
  if (operation.chunk === undefined) return [];
  return [
    ...optionAsks().map((ask) => one(ask, operation, setting, ask.members["stream"] !== false)),
    sameText(operation, setting),
    {
      ...one(
        {
          name: "the first chunk before the last",
          members: { max_tokens: 300 },
          messages: [user(`Repeat these lines exactly: ${POEM.join(" ")}`)],
          check: (_, found, exchange) => checkHeldBack(exchange, found),
        },
        operation,
        setting,
        true,
      ),
      alone: true,
    },
  ];
}

function optionAsks(): Ask[] {
  const messages = [user("Say hello in five words.")];
  const usage = (wanted: boolean) => ({ max_tokens: 32, stream_options: { include_usage: wanted } });
  return [
    { name: "stream with its usage", members: usage(true), messages },
    { name: "stream without its usage", members: usage(false), messages },
    { name: "stream false", members: { max_tokens: 32, stream: false }, messages },
  ];
}

function one(ask: Ask, operation: ContractOperation, setting: Setting, stream: boolean): Case {
  const body = bodyOf(ask, setting, stream);
  return single(
    operation,
    ask.name,
    requestOf(operation, body),
    (exchange, found) => {
      const answer = expectAnswer(setting.contract, operation, exchange, found);
      if (answer !== undefined) ask.check?.(answer, found, exchange);
    },
    { tokens: costOf(body), tries: 3 },
  );
}

/** A model that repeats a line whole repeats it streamed; a text that then differs lost or gained a piece. */
function sameText(operation: ContractOperation, setting: Setting): Case {
  const ask = { members: { max_tokens: 120 }, messages: [user(`Repeat this line exactly: ${LINE}`)] };
  const forms = [false, true].map((stream) => bodyOf(ask, setting, stream));
  return {
    operation: operation.name,
    name: "the same text whole and streamed",
    requests: 2,
    tokens: forms.reduce((sum, body) => sum + costOf(body), 0),
    tries: 3,
    run: async (send, found) => {
      const answers: (Json | undefined)[] = [];
      for (const body of forms) {
        const exchange = await send(requestOf(operation, body));
        answers.push(expectAnswer(setting.contract, operation, exchange, found));
      }
      const [whole, streamed] = answers;
      if (whole === undefined || streamed === undefined) return;
      // A model that repeats the line obeys; one that does not may say something else each time.
      const [text, joined] = [textOf(whole), textOf(streamed)];
      if (text.includes(LINE) && joined.trim() !== text.trim())
        found.whim("/choices/0/delta/content", "The pieces do not add up to the text.", text, joined);
      comparePrompt(whole, streamed, found);
    },
  };
}

function comparePrompt(whole: Json, streamed: Json, found: Findings): void {
  const [one, other] = [whole, streamed].map((answer) => member(member(answer, "usage"), "prompt_tokens"));
  if (one !== undefined && other !== undefined && one !== other)
    found.note(
      "/usage/prompt_tokens",
      "The same request takes another number of tokens when it is streamed.",
      one,
      other,
    );
}

/** Whether a stream was collected first and then sent at once. */
function checkHeldBack({ text, first, last }: Exchange, found: Findings): void {
  const { events } = parseStream(text);
  const chunks = events.filter(({ data }) => isObject(parsed(data))).length;
  if (chunks < MANY || first < SLOW) return;
  if (last - first < first / 20)
    found.whim(
      "",
      "The stream is held back: all its chunks come at once, after a wait.",
      "the first chunk before the last is written",
      `${chunks} chunks within ${Math.round(last - first)} ms, after ${Math.round(first)} ms`,
    );
}
