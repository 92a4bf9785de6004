import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { conformance } from "../../scripts/conformance/index.ts";
import { contract } from "../openapi/validator.ts";
import { type Change, type DeviatingServer, KEY, startDeviating } from "./deviating-server.ts";
import { ANSWERS, STRUCTURES, TOOLS } from "./deviations/answers.ts";
import {
  HARMLESS,
  HARMLESS_ANSWERS,
  HARMLESS_MODELS,
  HARMLESS_REFUSALS,
  HARMLESS_STREAMS,
} from "./deviations/harmless.ts";
import { MODELS, REFUSALS } from "./deviations/refusals.ts";
import { STREAMS } from "./deviations/streams.ts";

/** One deviation at a time from what the contract says: each is found, and nothing harmless is. */
let server: DeviatingServer;
beforeAll(async () => {
  server = await startDeviating();
});
afterAll(() => server[Symbol.asyncDispose]());

async function breaks(change: Change, only: string[]): Promise<string[]> {
  const { findings } = await conformance({
    document: contract,
    baseUrl: server.with(change),
    apiKey: KEY,
    only: only.join(),
  });
  return findings
    .filter(({ kind }) => kind === "break")
    .map((found) => `${found.case}: ${found.pointer} ${found.message} ${found.actual}`);
}

const chat = (...names: string[]) => names.map((name) => `createChatCompletion/${name}`);
/** The cases that could find a deviation; a test of the command runs all. */
const WHOLE = chat("documented request plain", "n of 2", "max_tokens", "stop");
const TOOL_CALLS = chat(
  "tool_choice none",
  "tool_choice required",
  "tool_choice of one function",
  "parallel tool calls",
  "one tool call at a time",
  "a tool loop",
);
const JSON_TEXTS = chat("json_schema", "json_object");
// A comma parts patterns, so that it cannot stand in one.
const STREAMED = chat(
  "documented request plain*streamed",
  "n of 2*streamed",
  "json_schema*streamed",
  "tool_choice required*streamed",
  "stream with its usage",
);
const REFUSED = [
  ...chat(
    "no token",
    "a wrong token",
    "temperature is *",
    "top_p is 1.1",
    "max_tokens is 0",
    "max_tokens is 1.5",
    "a body of another media type",
    "messages is []",
    "messages.0.role is *not one*",
    "model is missing",
    "stream is of another type",
    "a body that breaks off",
    "the method PATCH",
    "an unknown model",
  ),
  "an unknown path",
];
const LISTED = [
  "listModels/the list",
  "listModels/no token",
  "retrieveModel/an unknown ID",
  "retrieveModel/model gpt-5*",
];

type Group = [group: string, changes: Record<string, Change>, only: string[]];

const DEVIATIONS: Group[] = [
  [
    "an answer",
    ANSWERS,
    [...WHOLE, ...chat("documented request conversation", "logprobs", "a developer message")],
  ],
  ["a tool call", TOOLS, TOOL_CALLS],
  ["a structured answer", STRUCTURES, JSON_TEXTS],
  [
    "a stream",
    STREAMS,
    [
      ...STREAMED,
      ...chat(
        "the same text*",
        "parallel tool calls*streamed",
        "the first chunk*",
        "model is of another type*streamed",
      ),
    ],
  ],
  ["a refusal", REFUSALS, [...REFUSED, ...chat("documented request plain")]],
  ["a model", MODELS, LISTED],
];

describe.concurrent.each(DEVIATIONS)("a deviation of %s is found", (_, deviations, [first = "", ...rest]) => {
  test.each(Object.entries(deviations))("%s", async (__, change) => {
    // Most are found by the first case.
    const found = await breaks(change, [first]);
    expect(found.length > 0 ? found : await breaks(change, rest)).not.toEqual([]);
  });
});

const VARIATIONS: Group[] = [
  ["everything", HARMLESS, [...WHOLE, ...TOOL_CALLS, ...JSON_TEXTS, ...STREAMED, ...REFUSED, ...LISTED]],
  ["an answer", HARMLESS_ANSWERS, [...WHOLE, ...TOOL_CALLS, ...JSON_TEXTS]],
  ["a stream", HARMLESS_STREAMS, [...STREAMED, ...chat("the same text*", "a tool loop*streamed")]],
  ["a refusal", HARMLESS_REFUSALS, REFUSED],
  ["a model", HARMLESS_MODELS, LISTED],
];

describe.concurrent.each(VARIATIONS)(
  "a variation of %s that the contract allows is not a break",
  (_, changes, only) => {
    test.each(Object.entries(changes))("%s", async (__, change) => {
      expect(await breaks(change, only)).toEqual([]);
    });
  },
);
