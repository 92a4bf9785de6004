/** Each line of the README's table for those who move over from `openai`, run with both packages against the mock. */
import { readFileSync } from "node:fs";
import OpenAI, { APIError as TheirAPIError } from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { APIError, Routescope } from "../../generated/client.ts";
import { parse, responseFormat, runTools, tool } from "../../scripts/client/tools/index.ts";
import { type Running, start } from "../mock/support.ts";

const body = { model: "gpt-5.4", messages: [{ role: "user" as const, content: "Say hello." }] };
const Place = z.object({ city: z.string() });
const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

let mock: Running;
let ours: Routescope;
let theirs: OpenAI;
beforeAll(async () => {
  mock = await start({ tps: 0, seed: "same" });
  ours = new Routescope({ apiKey: "k", baseURL: mock.url, maxRetries: 0 });
  theirs = new OpenAI({ apiKey: "k", baseURL: `${mock.url}/v1`, maxRetries: 0 });
});
afterAll(() => mock.close());

/** Reads chunks as both packages give them. */
async function textOf(chunks: AsyncIterable<{ choices: { delta: { content?: string | null } }[] }>) {
  let text = "";
  for await (const { choices } of chunks) text += choices[0]?.delta.content ?? "";
  return text;
}

/** By what the table's first column mentions: the same line with either package, whose results have to be equal. */
const lines: [mentioned: string, theirs: () => unknown, ours: () => unknown][] = [
  [
    "chat.completions.create",
    async () => (await theirs.chat.completions.create(body)).choices[0]?.message.content,
    async () => (await ours.chat.completions.create(body)).choices[0]?.message.content,
  ],
  [
    "models.list",
    async () => (await theirs.models.list()).data.map(({ id }) => id),
    async () => (await ours.models.list()).data.map(({ id }) => id),
  ],
  [
    "models.retrieve",
    async () => (await theirs.models.retrieve("gpt-5.4")).id,
    async () => (await ours.models.retrieve("gpt-5.4")).id,
  ],
  [
    "chat.completions.stream(body)",
    () => theirs.chat.completions.stream(body).finalContent(),
    () => ours.chat.completions.stream(body).finalContent(),
  ],
  [
    "emitted()",
    () => toldBy(theirs.chat.completions.stream(body)),
    () => toldBy(ours.chat.completions.stream(body)),
  ],
  [
    ".withResponse()",
    async () => {
      const { data, response } = await theirs.models.list().withResponse();
      return [response.status, data.data.length];
    },
    async () => {
      const { data, response } = await ours.models.list().withResponse();
      return [response.status, data.data.length];
    },
  ],
  [
    ".asResponse()",
    async () => (await theirs.models.retrieve("gpt-5.4").asResponse()).json(),
    async () => (await ours.models.retrieve("gpt-5.4").asResponse()).json(),
  ],
  [
    "_request_id",
    async () => typeof (await theirs.models.retrieve("gpt-5.4"))._request_id,
    async () => typeof (await ours.models.retrieve("gpt-5.4"))._request_id,
  ],
  [
    "stream.controller",
    async () => {
      const chunks = await theirs.chat.completions.create({ ...body, stream: true });
      chunks.controller.abort();
      return chunks.controller.signal.aborted;
    },
    async () => {
      const chunks = await ours.chat.completions.create({ ...body, stream: true });
      chunks.controller.abort();
      return chunks.controller.signal.aborted;
    },
  ],
  [
    "tee()",
    async () =>
      Promise.all((await theirs.chat.completions.create({ ...body, stream: true })).tee().map(textOf)),
    async () =>
      Promise.all((await ours.chat.completions.create({ ...body, stream: true })).tee().map(textOf)),
  ],
  [
    "toReadableStream()",
    async () => linesOf((await theirs.chat.completions.create({ ...body, stream: true })).toReadableStream()),
    async () => linesOf((await ours.chat.completions.create({ ...body, stream: true })).toReadableStream()),
  ],
  [
    "APIError",
    () =>
      theirs.models
        .retrieve("none")
        .catch((error) => [error instanceof TheirAPIError, error.constructor.name, error.status, error.code]),
    () =>
      ours.models
        .retrieve("none")
        .catch((error) => [error instanceof APIError, error.constructor.name, error.status, error.code]),
  ],
  [
    "parse",
    async () => {
      const response_format = zodResponseFormat(Place, "place");
      return Object.keys(
        (await theirs.chat.completions.parse({ ...body, response_format })).choices[0]?.message.parsed ?? {},
      );
    },
    async () => {
      const response_format = responseFormat("place", Place);
      return Object.keys(
        (await parse(ours.chat.completions, { ...body, response_format })).choices[0]?.message.parsed ?? {},
      );
    },
  ],
  [
    "runTools",
    () => {
      const definition = {
        name: "now",
        parameters: { type: "object" },
        description: "The time.",
        function: () => "noon",
      };
      return theirs.chat.completions
        .runTools({ ...body, tools: [{ type: "function", function: definition }] })
        .finalContent();
    },
    async () => {
      const now = tool({
        name: "now",
        parameters: { type: "object" },
        description: "The time.",
        run: () => "noon",
      });
      return (await runTools(ours.chat.completions, { ...body, tools: [now] })).content;
    },
  ],
];

/** The events of a stream in their order, each with how much it tells, and what `emitted` gives of the first text. */
async function toldBy(streamed: {
  on(name: "connect", listener: (...args: unknown[]) => void): unknown;
  emitted(name: "content"): Promise<unknown>;
  done(): Promise<void>;
}) {
  const told: unknown[] = [];
  const names = ["connect", "chunk", "content", "message", "finalMessage", "finalContent"];
  for (const name of [...names, "finalChatCompletion", "error", "abort", "end"])
    streamed.on(name as "connect", (...args) => told.push([name, args.length]));
  const first = await streamed.emitted("content");
  await streamed.done();
  return [first, ...told];
}

async function linesOf(readable: unknown): Promise<number> {
  return (await new Response(readable as ReadableStream).text()).trimEnd().split("\n").length;
}

describe("moving over from openai", () => {
  it.each(lines)("%s gives the same with both packages", async (_, their, our) => {
    expect(await our()).toEqual(await their());
  });

  it("the README's table mentions each of these lines", () => {
    const [, table = ""] = readme.split(/^\| `openai` \| `@routescope\/api` \|$/m);
    const first = table
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) => line.split("|")[1] ?? "");
    expect(
      lines
        .map(([mentioned]) => mentioned)
        .filter((mentioned) => !first.some((cell) => cell.includes(mentioned))),
    ).toEqual([]);
  });
});
