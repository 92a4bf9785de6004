import OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { RunningMock } from "../../scripts/mock/index.ts";
import { plain, question, sdk, start } from "./support.ts";

/** The helpers of the `openai` package, which ask more of a server than its plain calls do. */
let mock: RunningMock;
beforeAll(async () => {
  mock = await start({ tps: 0 });
});
afterAll(() => mock.close());

const person = z.object({
  name: z.string(),
  tags: z.array(z.enum(["a", "b"])),
  age: z.number().int().min(0),
});

describe("the openai package", () => {
  it("folds a stream into events and a completion", async () => {
    const stream = sdk(mock).chat.completions.stream({
      model: "gpt-5.4",
      messages: [question],
      stream_options: { include_usage: true },
    });
    const contents: string[] = [];
    let chunks = 0;
    stream.on("content", (delta) => contents.push(delta)).on("chunk", () => chunks++);
    const final = await stream.finalChatCompletion();
    expect(final.choices[0]?.message.content).toBe(contents.join(""));
    expect(chunks).toBeGreaterThan(contents.length);
    expect((await stream.totalUsage()).total_tokens).toBe(final.usage?.total_tokens);
  });

  it.each([false, true])("runs tools until there is an answer (stream: %s)", async (stream) => {
    const cities: string[] = [];
    const tool = {
      type: "function",
      function: {
        name: "get_weather",
        description: "The weather of a city.",
        parameters: {
          type: "object",
          properties: { city: { type: "string", minLength: 1 } },
          required: ["city"],
          additionalProperties: false,
        },
        parse: JSON.parse,
        function: ({ city }: { city: string }) => {
          cities.push(city);
          return "18 °C";
        },
      },
    } as const;
    const body = { model: "gpt-5.4", messages: [question], tools: [tool] };
    const { completions } = sdk(mock).chat;
    const runner = stream
      ? completions.runTools({ ...body, stream: true } as never)
      : completions.runTools(body as never);
    expect(await runner.finalContent()).toContain("18 °C");
    expect(cities).toHaveLength(1);
  });

  it("parses an answer by a schema, streamed or not", async () => {
    const request = {
      model: "gpt-5.4",
      messages: [question],
      response_format: zodResponseFormat(person, "person"),
    };
    const parsed = await sdk(mock).chat.completions.parse(request);
    expect(person.safeParse(parsed.choices[0]?.message.parsed).success).toBe(true);
    const streamed = await sdk(mock).chat.completions.stream(request).finalChatCompletion();
    expect(streamed.choices[0]?.message.parsed).toEqual(parsed.choices[0]?.message.parsed);
  });

  it("knows from parse that an answer was cut", async () => {
    const request = {
      model: "gpt-5.4",
      messages: [question],
      response_format: zodResponseFormat(person, "person"),
      max_tokens: 1,
    };
    await expect(sdk(mock).chat.completions.parse(request)).rejects.toThrow(/length/);
  });

  it("tries again by itself, and gives up with the last error", async () => {
    mock.reset();
    const call = (fault: string) =>
      sdk(mock, { maxRetries: 2 }).chat.completions.create(
        { ...plain, messages: [...plain.messages] },
        { headers: { Prefer: `fault=${fault}` } },
      );
    await expect(call("rate_limit:5:0")).rejects.toBeInstanceOf(OpenAI.RateLimitError);
    expect(mock.requests.map(({ headers }) => headers["x-stainless-retry-count"])).toEqual(["0", "1", "2"]);
  });

  it("reads the head of an answer", async () => {
    const { response, request_id: id } = await sdk(mock).models.list().withResponse();
    expect([response.status, id]).toEqual([200, expect.stringMatching(/^req_/)]);
    const completion = await sdk(mock).chat.completions.create({ ...plain, messages: [...plain.messages] });
    expect(completion._request_id).toMatch(/^req_/);
  });
});
