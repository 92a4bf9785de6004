import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { HumanMessage } from "@langchain/core/messages";
import { tool as langchainTool } from "@langchain/core/tools";
import { ChatOpenAI } from "@langchain/openai";
import { APICallError, generateText, isStepCount, Output, streamText, tool } from "ai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { RunningMock } from "../../scripts/mock/index.ts";
import { start } from "./support.ts";

/** Clients as they come from npm, unmodified, pointed at the mock: the Vercel AI SDK, LangChain, curl. */
let mock: RunningMock;
beforeAll(async () => {
  mock = await start({ tps: 0 });
});
afterAll(() => mock.close());

const person = z.object({
  name: z.string(),
  born: z.number().int().min(1800).max(2000),
  friends: z.array(z.object({ name: z.string(), kind: z.enum(["old", "new"]) })).max(3),
});

describe("the Vercel AI SDK", () => {
  const model = (apiKey = "sk-test") =>
    createOpenAICompatible({
      name: "routescope",
      baseURL: mock.baseURL,
      apiKey,
      includeUsage: true,
      supportsStructuredOutputs: true,
    })("gpt-5.4");
  const asked: string[] = [];
  const tools = {
    get_weather: tool({
      description: "The weather of a city.",
      inputSchema: z.object({ city: z.string().min(2) }),
      execute: ({ city }) => {
        asked.push(city);
        return { celsius: 18 };
      },
    }),
  };

  it("generates text, and counts its tokens", async () => {
    const { text, finishReason, usage } = await generateText({ model: model(), prompt: "Say hello." });
    expect([text.includes("Say hello."), finishReason]).toEqual([true, "stop"]);
    expect(usage.totalTokens).toBe((usage.inputTokens ?? 0) + (usage.outputTokens ?? 0));
    expect(usage.outputTokens).toBeGreaterThan(3);
  });

  it("streams the same text", async () => {
    const { text } = await generateText({ model: model(), prompt: "Say it." });
    const result = streamText({ model: model(), prompt: "Say it." });
    const parts: string[] = [];
    for await (const part of result.textStream) parts.push(part);
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.join("")).toBe(text);
    expect(await result.finishReason).toBe("stop");
    expect((await result.usage).totalTokens).toBeGreaterThan(5);
  });

  it("calls a tool and ends with its result, streamed or not", async () => {
    asked.length = 0;
    const stopWhen = isStepCount(5);
    const result = await generateText({ model: model(), prompt: "Weather?", tools, stopWhen });
    expect([result.steps.length, result.finishReason]).toEqual([2, "stop"]);
    expect(result.text).toContain("18");
    const streamed = streamText({ model: model(), prompt: "Weather?", tools, stopWhen });
    expect(await streamed.text).toContain("18");
    expect(asked).toHaveLength(2);
    for (const city of asked) expect(city.length).toBeGreaterThan(1);
  });

  it("gets an object of a schema", async () => {
    const output = Output.object({ schema: person });
    const result = await generateText({ model: model(), prompt: "Who?", output });
    expect(person.safeParse(result.output).success).toBe(true);
  });

  it("is refused with a wrong request, and tries again what may go better", async () => {
    const calm = { model: model(), prompt: "Hi", maxRetries: 0 };
    const error = await generateText({ ...calm, temperature: 7 }).catch((thrown: unknown) => thrown);
    expect(APICallError.isInstance(error) && [error.statusCode, error.isRetryable]).toEqual([400, false]);
    mock.reset();
    const headers = { Prefer: "fault=rate_limit:1:0" };
    const { text } = await generateText({ ...calm, headers, maxRetries: 1 });
    expect(text).toContain("Hi");
    expect(mock.requests.map(({ status }) => status)).toEqual([429, 200]);
  });
});

describe("LangChain", () => {
  const model = (fields: object = {}) =>
    new ChatOpenAI({
      model: "gpt-5.4",
      apiKey: "sk-test",
      maxRetries: 0,
      configuration: { baseURL: mock.baseURL },
      ...fields,
    });
  const weather = langchainTool(() => "18 °C", {
    name: "get_weather",
    description: "The weather of a city.",
    schema: z.object({ city: z.string() }),
  });

  it("invokes and streams the same text", async () => {
    const answer = await model().invoke("Say hello.");
    const { text } = answer;
    const usage = answer.usage_metadata as Record<string, number> | undefined;
    expect(text).toContain("Say hello.");
    expect(usage?.["total_tokens"]).toBe((usage?.["input_tokens"] ?? 0) + (usage?.["output_tokens"] ?? 0));
    let streamed = "";
    for await (const chunk of await model().stream("Say hello.")) streamed += chunk.text;
    expect(streamed).toBe(text);
  });

  it("calls a tool, and answers with its result", async () => {
    const bound = model().bindTools([weather]);
    const question = new HumanMessage("Weather?");
    const call = await bound.invoke([question]);
    expect(call.tool_calls).toEqual([
      expect.objectContaining({ name: "get_weather", args: { city: expect.any(String) } }),
    ]);
    const result = await weather.invoke(call.tool_calls![0]!);
    const answer = await bound.invoke([question, call, result]);
    expect(answer.text).toContain("18 °C");
    let chunks: Awaited<ReturnType<typeof bound.invoke>> | undefined;
    for await (const chunk of await bound.stream([question])) chunks = chunks ? chunks.concat(chunk) : chunk;
    expect(chunks?.tool_calls).toHaveLength(1);
  });

  it("gets an object of a schema", async () => {
    const answer = await model().withStructuredOutput(person, { method: "jsonSchema" }).invoke("Who?");
    expect(person.safeParse(answer).success).toBe(true);
  });

  it("is refused in the words of the contract", async () => {
    await expect(model({ temperature: 7 }).invoke("Hi")).rejects.toThrow(/temperature/);
  });
});

describe("curl", () => {
  const curl = async (path: string, ...args: string[]) => {
    const all = ["--silent", "--show-error", "--max-time", "10", `${mock.baseURL}${path}`, ...args];
    return (await promisify(execFile)("curl", all)).stdout;
  };
  const auth = ["-H", "Authorization: Bearer sk-test"];
  const body = (extra: object = {}) => [
    ...auth,
    "-H",
    "Content-Type: application/json",
    "-d",
    JSON.stringify({ model: "gpt-5.4", messages: [{ role: "user", content: "Hi" }], ...extra }),
  ];

  it("gets an answer, a stream and an error", async () => {
    expect(JSON.parse(await curl("/chat/completions", ...body())).choices).toHaveLength(1);
    const stream = await curl("/chat/completions", "--no-buffer", ...body({ stream: true }));
    expect(stream).toMatch(/^data: \{[\s\S]+\}\n\ndata: \[DONE\]\n\n$/);
    const error = JSON.parse(await curl("/models/none", ...auth));
    expect(error.error.code).toBe("model_not_found");
  });

  it("asks for heads and options, waits to be told to go on, and sends HTTP/1.0", async () => {
    expect(await curl("/models", "--head", ...auth)).toMatch(
      /^HTTP\/1\.1 200 OK\r\n[\s\S]*content-length: \d+/i,
    );
    const preflight = await curl("/models", "-i", "-X", "OPTIONS", "-H", "Origin: http://a.example");
    expect(preflight).toMatch(/^HTTP\/1\.1 204[\s\S]*access-control-allow-origin: \*/i);
    const patient = await curl(
      "/chat/completions",
      ...body({ user: "x".repeat(2000) }),
      "-H",
      "Expect: 100-continue",
    );
    expect(JSON.parse(patient).choices).toHaveLength(1);
    expect(JSON.parse(await curl("/models", "--http1.0", ...auth)).data.length).toBeGreaterThan(20);
    const packed = await curl("/models", "--compressed", ...auth);
    expect(JSON.parse(packed).object).toBe("list");
  });
});
