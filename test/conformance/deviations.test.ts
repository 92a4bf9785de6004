import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { conformance } from "../../scripts/conformance/index.ts";
import { contract } from "../openapi/validator.ts";
import { type Change, type DeviatingServer, KEY, startDeviating } from "./deviating-server.ts";
import { ANSWERS, STRUCTURES, TOOLS } from "./deviations/answers.ts";
import { HARMLESS } from "./deviations/harmless.ts";
import { MODELS, REFUSALS } from "./deviations/refusals.ts";
import { STREAMS } from "./deviations/streams.ts";

/** One deviation at a time from what the contract says: each is found, and nothing harmless is. */
let server: DeviatingServer;
beforeAll(async () => {
  server = await startDeviating();
});
afterAll(() => server[Symbol.asyncDispose]());

async function breaks(change: Change, only?: string): Promise<string[]> {
  server.change(change);
  const { findings } = await conformance({ document: contract, baseUrl: server.url, apiKey: KEY, only });
  return findings
    .filter(({ kind }) => kind === "break")
    .map((found) => `${found.case}: ${found.pointer} ${found.message} ${found.actual}`);
}

/** The cases that could find a deviation of a group; the others are run by the tests of the whole run. */
const GROUPS: [group: string, deviations: Record<string, Change>, only: string][] = [
  [
    "an answer",
    ANSWERS,
    "documented,createChatCompletion/n of*,createChatCompletion/max_tokens*,createChatCompletion/stop*",
  ],
  ["a tool call", TOOLS, "*tool*"],
  ["a structured answer", STRUCTURES, "*json*"],
  ["a stream", STREAMS, "*stream*,*first chunk*,createChatCompletion/model is*"],
  [
    "a refusal",
    REFUSALS,
    "*token,*temperature*,*top_p*,*max_tokens*,*messages is*,*role*,*model is*,*stream is*,*body*,*path*,*method*,*plain*",
  ],
  ["a model", MODELS, "listModels/*,retrieveModel/*"],
];

describe.each(GROUPS)("a deviation of %s is found", (_, deviations, only) => {
  test.each(Object.entries(deviations))("%s", async (__, change) => {
    expect(await breaks(change, only)).not.toEqual([]);
  });
});

describe("a variation that the contract allows is no break", () => {
  const only =
    "documented,createChatCompletion/n of*,*tool*,*json*,*stream*,*same text*,*token,*path*,*method*,*model*,*temperature*";
  test.each(Object.entries(HARMLESS))("%s", async (_, change) => {
    expect(await breaks(change, only)).toEqual([]);
  });
});
