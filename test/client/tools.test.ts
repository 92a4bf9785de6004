/** `@routescope/api/tools`, against the mock and a server of scripted answers. */
import { fileURLToPath } from "node:url";
import { Routescope } from "@routescope/api";
import { ParseError, parse, RoundsError, responseFormat, runTools, tool } from "@routescope/api/tools";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { type Running, start } from "../mock/support.ts";
import { answer, serve } from "./server.ts";

let mock: Running;
beforeAll(async () => {
  mock = await start({ tps: 0 });
});
afterAll(() => mock.close());

const messages = [{ role: "user" as const, content: "Where is the fair?" }];
const Place = z.object({ city: z.string(), year: z.number() });
const says = (message: object, finish = "stop") =>
  answer(200, { choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason: finish }] });
const calls = (...list: [name: string, args: string][]) =>
  says(
    {
      content: null,
      tool_calls: list.map(([name, args], index) => ({
        id: `call_${index}`,
        type: "function",
        function: { name, arguments: args },
      })),
    },
    "tool_calls",
  );

async function connect(...replies: Parameters<typeof serve>) {
  const server = await serve(...replies);
  const { completions } = new Routescope({ apiKey: "k", baseURL: server.url, maxRetries: 0 }).chat;
  return { completions, bodies: () => server.received.map(({ body }) => JSON.parse(body)) };
}

describe("parse", () => {
  it("sends the schema of a validator and types and checks the answer", async () => {
    const { completions, bodies } = await connect(says({ content: '{"city":"Oslo","year":2026}' }));
    const format = responseFormat("place", Place);
    const completion = await parse(completions, { model: "m", messages, response_format: format });
    const parsed = completion.choices[0]?.message.parsed;
    expectTypeOf(parsed).toEqualTypeOf<{ city: string; year: number } | null | undefined>();
    expect(parsed).toEqual({ city: "Oslo", year: 2026 });
    expect(bodies()[0].response_format).toMatchObject({
      type: "json_schema",
      json_schema: { name: "place", strict: true, schema: { required: ["city", "year"] } },
    });
    expect(JSON.stringify(bodies()[0])).not.toContain("validator");
  });

  it.each([
    ["is cut", '{"city": "Os', "length", /was cut, since max_tokens/],
    ["is not JSON", "Oslo", "stop", /not JSON/],
    ["lacks a member", '{"city":"Oslo"}', "stop", /year: /],
  ])("throws a ParseError with the answer if it %s", async (_, content, finish, message) => {
    const { completions } = await connect(says({ content }, finish));
    const error = await parse(completions, {
      model: "m",
      messages,
      response_format: responseFormat("place", Place),
    }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ParseError);
    expect(String(error)).toMatch(message);
    expect(error).toHaveProperty("completion.choices.0.message.content", content);
  });

  it("gives null beside a refusal", async () => {
    const { completions } = await connect(says({ content: null, refusal: "No." }));
    const response_format = responseFormat("place", Place);
    const { choices } = await parse(completions, { model: "m", messages, response_format });
    expect(choices[0]?.message).toMatchObject({ refusal: "No.", parsed: null });
  });

  it("takes a JSON Schema with a validator that cannot write one, and asks for it otherwise", async () => {
    const validator = {
      "~standard": {
        version: 1 as const,
        vendor: "tiny",
        validate: (value: unknown) =>
          typeof value === "number"
            ? { value }
            : { issues: [{ message: "no number", path: ["a", { key: 0 }] }] },
      },
    };
    expect(() => responseFormat("n", validator)).toThrow(/tiny does not write JSON Schema/);
    const { completions } = await connect(says({ content: "7" }), says({ content: '"7"' }));
    const response_format = responseFormat("n", { type: "number" }, validator);
    const ask = () => parse(completions, { model: "m", messages, response_format });
    expect((await ask()).choices[0]?.message.parsed).toBe(7);
    await expect(ask()).rejects.toThrow("a.0: no number");
  });

  it("parses what the mock answers by the same schema", async () => {
    const { completions } = new Routescope({ apiKey: "k", baseURL: mock.url }).chat;
    const response_format = responseFormat("place", Place);
    const { choices } = await parse(completions, { model: "gpt-5.4", messages, response_format });
    expect(choices[0]?.message.parsed).toEqual({ city: expect.any(String), year: expect.any(Number) });
  });
});

it("parse takes JSON out of a block of Markdown", async () => {
  const { completions } = await connect(says({ content: '```json\n{"city":"Oslo","year":2026}\n```\n' }));
  const { choices } = await parse(completions, {
    model: "m",
    messages,
    response_format: responseFormat("place", Place),
  });
  expect(choices[0]?.message.parsed).toEqual({ city: "Oslo", year: 2026 });
});

describe("runTools", () => {
  it("gives calls without an ID one, to which the result refers", async () => {
    const call = { type: "function", function: { name: "weather", arguments: '{"city":"Oslo"}' } };
    const { completions, bodies } = await connect(
      says({ tool_calls: [call] }, "tool_calls"),
      says({ content: "Warm." }),
    );
    await runTools(completions, { model: "m", messages, tools: [weather(() => "18 °C")] });
    const [called, result] = bodies()[1].messages.slice(-2);
    expect(called.tool_calls[0].id).toMatch(/./);
    expect(result.tool_call_id).toBe(called.tool_calls[0].id);
  });

  const weather = (run: (args: { city: string }) => unknown) =>
    tool({ name: "weather", description: "Of a city.", parameters: z.object({ city: z.string() }), run });

  it("runs the functions that the model calls until it calls none", async () => {
    const { completions, bodies } = await connect(
      calls(["weather", '{"city":"Oslo"}'], ["weather", '{"city":"Rome"}']),
      says({ content: "Warm." }),
    );
    const told: unknown[] = [];
    const {
      content,
      messages: all,
      completion,
    } = await runTools(
      completions,
      {
        model: "m",
        messages,
        tools: [weather(({ city }) => ({ city, degrees: 18 }))],
        tool_choice: "required",
      },
      { onMessage: (message) => told.push(message) },
    );
    expect(content).toBe("Warm.");
    expect(completion.choices[0]?.finish_reason).toBe("stop");
    expect(all.slice(1)).toEqual(told);
    expect(bodies()[1].messages.slice(2)).toEqual([
      { role: "tool", tool_call_id: "call_0", content: '{"city":"Oslo","degrees":18}' },
      { role: "tool", tool_call_id: "call_1", content: '{"city":"Rome","degrees":18}' },
    ]);
    expect(bodies().map(({ tool_choice: choice }) => choice)).toEqual(["required", "auto"]);
    expect(bodies()[0].tools[0]).toMatchObject({ type: "function", function: { name: "weather" } });
    expect(messages).toHaveLength(1);
  });

  it("tells the model of arguments that are invalid and of tools that do not exist", async () => {
    const { completions, bodies } = await connect(
      calls(["weather", '{"town":1}'], ["weather", "{"], ["news", "{}"]),
      says({ content: "Sorry." }),
    );
    await runTools(completions, { model: "m", messages, tools: [weather(() => expect.unreachable())] });
    const results = bodies()[1]
      .messages.slice(2)
      .map(({ content }: { content: string }) => content);
    expect(results).toEqual([
      expect.stringMatching(/^Error: the arguments are invalid. city: /),
      expect.stringMatching(/^Error: the arguments are invalid. It is not JSON/),
      "Error: there is no tool news. There are: weather.",
    ]);
  });

  it("ends with an error that has the conversation when the model does not stop", async () => {
    const { completions, bodies } = await connect(calls(["weather", '{"city":"Oslo"}']));
    const error = await runTools(
      completions,
      { model: "m", messages, tools: [weather(() => "18")] },
      { maxRounds: 3 },
    ).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RoundsError);
    expect(String(error)).toMatch(/after 3 rounds/);
    expect((error as RoundsError).messages).toHaveLength(7);
    expect(bodies()).toHaveLength(3);
  });

  it("throws what a function throws, and what the server reports", async () => {
    const { completions } = await connect(calls(["weather", '{"city":"Oslo"}']));
    const broken = weather(() => {
      throw new Error("no network");
    });
    await expect(runTools(completions, { model: "m", messages, tools: [broken] })).rejects.toThrow(
      "no network",
    );
    const refused = await connect(answer(401, { error: { message: "No key." } }));
    const body = { model: "m", messages, tools: [broken] };
    await expect(runTools(refused.completions, body)).rejects.toMatchObject({ status: 401 });
  });

  it("ends with the mock's answer to the result of a tool", async () => {
    const { completions } = new Routescope({ apiKey: "k", baseURL: mock.url }).chat;
    const { content } = await runTools(completions, {
      model: "gpt-5.4",
      messages,
      tools: [weather(() => "18 °C")],
    });
    expect(content).toMatch(/\w/);
  });
});

it("is in no bundle that does not import it", async () => {
  const resolveDir = fileURLToPath(new URL("../..", import.meta.url));
  const bundle = async (contents: string) => {
    const { metafile } = await build({
      stdin: { contents, resolveDir },
      ...{
        bundle: true,
        format: "esm",
        platform: "browser",
        write: false,
        metafile: true,
        treeShaking: true,
      },
    });
    return Object.keys(metafile.inputs).filter((file) => file.includes("client/tools/"));
  };
  expect(await bundle('export * from "@routescope/api";')).toEqual([]);
  expect(await bundle('export * from "@routescope/api/tools";')).toContain("scripts/client/tools/run.ts");
});
