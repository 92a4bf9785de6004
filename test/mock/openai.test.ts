import { Ajv2020 } from "ajv/dist/2020.js";
import OpenAI from "openai";
import type { ChatCompletionMessageParam } from "openai/resources/chat/completions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contract, validator } from "../openapi/validator.ts";
import { clock, plain, question, type Running, sdk, start, weather } from "./support.ts";

/** The mock under the unmodified `openai` package. */
let mock: Running;
let client: OpenAI;
beforeAll(async () => {
  mock = await start();
  client = sdk(mock);
});
afterAll(() => mock.close());

const asCompletion = validator("ChatCompletion");
const asChunk = validator("ChatCompletionChunk");
const matches = (schema: object, value: unknown) => new Ajv2020({ strict: false }).validate(schema, value);
const catalogue = (contract.components!["schemas"]!["ModelId"] as { anyOf: { enum: string[] }[] }).anyOf[0]!
  .enum;

describe("a chat completion", () => {
  it("is a valid answer that names the model and takes up the question", async () => {
    const answer = await client.chat.completions.create({ ...plain, model: "some/relayed-model" });
    expect(asCompletion(answer)).toEqual([]);
    expect(answer).toMatchObject({
      id: expect.stringMatching(/./),
      object: "chat.completion",
      created: expect.any(Number),
      model: "some/relayed-model",
      system_fingerprint: expect.any(String),
      choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant" } }],
    });
    expect(answer.choices[0]?.message.content).toContain(question.content);
    expect(Math.abs(answer.created - Date.now() / 1000)).toBeLessThan(60);
  });

  it("has a new id and request id each time", async () => {
    const [one, two] = await Promise.all([
      client.chat.completions.create(plain),
      client.chat.completions.create(plain),
    ]);
    expect(one.id).not.toBe(two.id);
    expect(one._request_id).toMatch(/./);
    expect(one._request_id).not.toBe(two._request_id);
    expect({ ...one, id: "", created: 0, _request_id: "" }).toEqual({
      ...two,
      id: "",
      created: 0,
      _request_id: "",
    });
  });

  it("reports a usage that adds up and grows with the texts", async () => {
    const usage = async (text: string) => {
      const { usage: counted } = await client.chat.completions.create({
        ...plain,
        messages: [{ role: "user", content: text }],
      });
      expect(counted?.total_tokens).toBe(counted!.prompt_tokens + counted!.completion_tokens);
      expect(counted).toMatchObject({
        input_tokens: counted?.prompt_tokens,
        output_tokens: counted?.completion_tokens,
      });
      return counted!;
    };
    const short = await usage("Hi.");
    const long = await usage("Tell me everything about relays. ".repeat(20));
    expect(short.prompt_tokens).toBeGreaterThan(0);
    expect(short.completion_tokens).toBeGreaterThan(0);
    expect(long.prompt_tokens).toBeGreaterThan(short.prompt_tokens + 60);
    expect(long.completion_tokens).toBeGreaterThan(short.completion_tokens + 60);
  });

  it("reasons when it is asked to", async () => {
    const answer = await client.chat.completions.create({ ...plain, enable_thinking: true } as typeof plain);
    expect(answer.choices[0]?.message).toMatchObject({
      reasoning_content: expect.stringMatching(/\w/),
      content: expect.stringMatching(/\w/),
    });
    const reasoning = answer.usage?.completion_tokens_details?.reasoning_tokens ?? 0;
    expect(reasoning).toBeGreaterThan(0);
    expect(reasoning).toBeLessThan(answer.usage!.completion_tokens);
  });
});

describe("a parameter", () => {
  const text = "one two three four";
  const ask = (extra: object) =>
    client.chat.completions.create({
      ...plain,
      messages: [{ role: "user", content: text }],
      ...extra,
    }) as Promise<OpenAI.ChatCompletion>;
  const said = (answer: OpenAI.ChatCompletion) => answer.choices[0]!.message.content!;

  it("n asks for several choices, each with its index", async () => {
    const { choices } = await ask({ n: 3 });
    expect(choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    for (const { message } of choices) expect(message.content).toContain(text);
  });

  it.each(["max_tokens", "max_completion_tokens"])("%s cuts the answer", async (name) => {
    const whole = await ask({});
    const cut = await ask({ [name]: 4 });
    expect(cut.choices[0]!.finish_reason).toBe("length");
    expect(cut.usage!.completion_tokens).toBe(4);
    expect(said(whole).startsWith(said(cut))).toBe(true);
    const enough = await ask({ [name]: whole.usage!.completion_tokens });
    expect(enough.choices[0]!.finish_reason).toBe("stop");
    expect(said(enough)).toBe(said(whole));
  });

  it("stop ends the answer before the first of its texts", async () => {
    const answer = await ask({ stop: ["four", " three"] });
    expect(said(answer)).toMatch(/one two$/);
    expect(answer.choices[0]!.finish_reason).toBe("stop");
  });

  it("logprobs scores every token, streamed or not", async () => {
    const answer = await ask({ logprobs: true, top_logprobs: 2 });
    const scores = answer.choices[0]!.logprobs!.content!;
    expect(scores.map(({ token }) => token).join("")).toBe(said(answer));
    for (const { logprob, top_logprobs: top } of scores) {
      expect(logprob).toBeLessThanOrEqual(0);
      expect(top.map((one) => one.logprob)).toEqual([logprob, expect.toSatisfy((other) => other < logprob)]);
    }
    const stream = await client.chat.completions.create({
      ...plain,
      messages: [{ role: "user", content: text }],
      logprobs: true,
      top_logprobs: 2,
      stream: true,
    });
    const streamed = [];
    for await (const { choices } of stream) streamed.push(...(choices[0]?.logprobs?.content ?? []));
    expect(streamed).toEqual(scores);
  });

  it("leaves an answer that calls tools whole", async () => {
    const answer = await ask({ tools: [weather], max_tokens: 1, logprobs: true });
    expect(answer.choices[0]!.finish_reason).toBe("tool_calls");
    const [call] = answer.choices[0]!.message.tool_calls!;
    expect(call).toMatchObject({
      type: "function",
      function: { arguments: expect.stringMatching(/^\{.+\}$/) },
    });
  });
});

describe("tools", () => {
  const call = async (body: object) => {
    const answer = await client.chat.completions.create({
      ...plain,
      ...body,
    } as OpenAI.ChatCompletionCreateParamsNonStreaming);
    expect(asCompletion(answer)).toEqual([]);
    return answer.choices[0]!;
  };

  it("are called, the first one, with arguments that its schema allows", async () => {
    const { message, finish_reason } = await call({ tools: [weather, clock] });
    expect(finish_reason).toBe("tool_calls");
    expect(message.tool_calls).toMatchObject([
      { id: expect.stringMatching(/./), type: "function", function: { name: "get_current_weather" } },
    ]);
    const [first] = message.tool_calls ?? [];
    expect(
      matches(
        weather.function.parameters,
        JSON.parse(first?.type === "function" ? first.function.arguments : ""),
      ),
    ).toBe(true);
  });

  it.each(["auto", "required"])("are called in the same way with tool_choice %s", async (tool_choice) => {
    const { message } = await call({ tools: [weather, clock], tool_choice });
    expect(message.tool_calls).toMatchObject([{ function: { name: "get_current_weather" } }]);
  });

  it("are called by name where tool_choice names one", async () => {
    const { message } = await call({
      tools: [weather, clock],
      tool_choice: { type: "function", function: { name: "get_time" } },
    });
    expect(message.tool_calls).toMatchObject([{ type: "function", function: { name: "get_time" } }]);
    const [first] = message.tool_calls ?? [];
    expect(
      matches(
        clock.function.parameters,
        JSON.parse(first?.type === "function" ? first.function.arguments : ""),
      ),
    ).toBe(true);
  });

  it("are not called with tool_choice none, nor where there are none", async () => {
    for (const body of [
      { tools: [weather], tool_choice: "none" },
      { tools: [], tool_choice: "auto" },
    ]) {
      const { message, finish_reason } = await call(body);
      expect(message.tool_calls).toBeUndefined();
      expect(message.content).toMatch(/\w/);
      expect(finish_reason).toBe("stop");
    }
  });

  it("without parameters are called with an empty object", async () => {
    const { message } = await call({ tools: [{ type: "function", function: { name: "ping" } }] });
    expect(message.tool_calls).toMatchObject([{ function: { name: "ping", arguments: "{}" } }]);
  });

  it("are called together where the request asks for parallel calls, each with its own id", async () => {
    const { message } = await call({ tools: [weather, clock], parallel_tool_calls: true });
    expect(message.tool_calls).toMatchObject([
      { function: { name: "get_current_weather" } },
      { function: { name: "get_time" } },
    ]);
    expect(new Set(message.tool_calls?.map(({ id }) => id)).size).toBe(2);
  });

  it("whose result is there are answered with, so that a loop ends", async () => {
    const messages: ChatCompletionMessageParam[] = [question];
    const first = await client.chat.completions.create({ ...plain, messages, tools: [weather] });
    const answer = first.choices[0]!.message;
    messages.push(answer, {
      role: "tool",
      tool_call_id: answer.tool_calls![0]!.id,
      content: "18 degrees, windy",
    });
    const second = await client.chat.completions.create({ ...plain, messages, tools: [weather] });
    expect(second.choices[0]).toMatchObject({
      finish_reason: "stop",
      message: { content: expect.stringContaining("18 degrees, windy") },
    });
  });

  it("run to the end by `runTools`, streamed and not", async () => {
    const runnable = {
      type: "function" as const,
      function: {
        ...weather.function,
        function: () => "18 degrees",
        parse: JSON.parse,
        parameters: { ...weather.function.parameters },
      },
    };
    for (const stream of [true, false] as const) {
      const runner = client.chat.completions.runTools({
        ...plain,
        stream: stream as false,
        tools: [runnable as never],
      });
      expect(await runner.finalContent()).toContain("18 degrees");
    }
  });
});

describe("structured output", () => {
  it("is JSON that the request's schema allows", async () => {
    const schema = {
      type: "object",
      properties: {
        name: { type: "string", minLength: 1 },
        born: { type: "integer", minimum: 1000, maximum: 2100 },
        friends: { type: "array", minItems: 1, items: { $ref: "#/$defs/friend" } },
      },
      required: ["name", "born", "friends"],
      additionalProperties: false,
      $defs: {
        friend: {
          type: "object",
          properties: { since: { type: "string", format: "date" } },
          required: ["since"],
          additionalProperties: false,
        },
      },
    };
    const { choices } = await client.chat.completions.create({
      ...plain,
      response_format: { type: "json_schema", json_schema: { name: "person", strict: true, schema } },
    });
    expect(matches(schema, JSON.parse(choices[0]?.message.content ?? ""))).toBe(true);
  });

  it("is an object for json_object", async () => {
    const { choices } = await client.chat.completions.create({
      ...plain,
      response_format: { type: "json_object" },
    });
    expect(JSON.parse(choices[0]?.message.content ?? "")).toEqual(expect.any(Object));
  });

  it("that no value can satisfy is a 400 that names the schema", async () => {
    const schema = {
      type: "object",
      properties: { a: { type: "string", minLength: 3, maxLength: 2 } },
      required: ["a"],
    };
    const asked = client.chat.completions.create({
      ...plain,
      response_format: { type: "json_schema", json_schema: { name: "x", schema } },
    });
    await expect(asked).rejects.toMatchObject({ status: 400, param: "response_format.json_schema.schema" });
  });
});

describe("a stream", () => {
  const collect = async (body: object) => {
    const stream = await client.chat.completions.create({ ...plain, ...body, stream: true });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return chunks;
  };

  it("tells the same as the whole answer", async () => {
    const chunks = await collect({});
    for (const chunk of chunks) expect(asChunk(chunk)).toEqual([]);
    const whole = await client.chat.completions.create(plain);
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("")).toBe(
      whole.choices[0]?.message.content,
    );
    expect(chunks.length).toBeGreaterThan(5);
  });

  it("has one id, time and model; the role first; finish_reason null until an empty last delta; no usage", async () => {
    const chunks = await collect({});
    expect(
      new Set(chunks.map(({ id, created, model, object }) => JSON.stringify([id, created, model, object])))
        .size,
    ).toBe(1);
    expect(chunks[0]).toMatchObject({
      object: "chat.completion.chunk",
      choices: [{ index: 0, delta: { role: "assistant", content: "" }, finish_reason: null }],
    });
    const reasons = chunks.map(({ choices }) => choices[0]!.finish_reason);
    expect(reasons).toEqual([...reasons.slice(1).map(() => null), "stop"]);
    expect(chunks.at(-1)?.choices[0]?.delta).toEqual({});
    expect(chunks.filter((chunk) => "usage" in chunk)).toEqual([]);
  });

  it("reports the usage of the whole answer in a separate chunk when asked", async () => {
    const chunks = await collect({ stream_options: { include_usage: true } });
    const whole = await client.chat.completions.create(plain);
    expect(chunks.slice(0, -1).map(({ usage }) => usage)).toEqual(chunks.slice(0, -1).map(() => null));
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: whole.usage });
    expect(
      (await collect({ stream_options: { include_usage: false } })).filter((chunk) => "usage" in chunk),
    ).toEqual([]);
  });

  it("carries parallel tool calls that the SDK puts together again", async () => {
    const body = { ...plain, tools: [weather, clock], parallel_tool_calls: true };
    const streamed = await client.chat.completions.stream(body as never).finalChatCompletion();
    const whole = (await client.chat.completions.create(body as never)) as OpenAI.ChatCompletion;
    const calls = (completion: OpenAI.ChatCompletion) =>
      completion.choices[0]!.message.tool_calls!.map(
        (call) => call.type === "function" && [call.type, call.function.name, call.function.arguments],
      );
    expect(calls(streamed as OpenAI.ChatCompletion)).toEqual(calls(whole));
    expect(streamed.choices[0]?.finish_reason).toBe("tool_calls");
    expect(new Set(streamed.choices[0]?.message.tool_calls?.map(({ id }) => id)).size).toBe(2);
  });

  it("reasons before it answers", async () => {
    const deltas = (await collect({ enable_thinking: true })).map(
      ({ choices }) => choices[0]!.delta as Record<string, unknown>,
    );
    const kinds = deltas
      .map((delta) => Object.keys(delta).find((key) => delta[key] !== "" && key !== "role"))
      .filter(Boolean);
    expect([...new Set(kinds)]).toEqual(["reasoning_content", "content"]);
  });

  it("can be left in the middle", async () => {
    const stream = await client.chat.completions.create({ ...plain, stream: true });
    for await (const _ of stream) break;
    expect((await client.models.list()).data.length).toBeGreaterThan(0);
  });

  it("is none where the request is wrong", async () => {
    const wrong = client.chat.completions.create({ ...plain, temperature: 3, stream: true });
    await expect(wrong).rejects.toMatchObject({ status: 400, param: "temperature" });
    const limited = client.chat.completions.create(
      { ...plain, stream: true },
      { headers: { Prefer: "code=429" } },
    );
    await expect(limited).rejects.toBeInstanceOf(OpenAI.RateLimitError);
  });
});

describe("models", () => {
  it("are listed as the contract's catalogue", async () => {
    const { data } = await client.models.list();
    expect(data.map(({ id }) => id)).toEqual(catalogue);
  });

  it("are each retrieved as they are listed", async () => {
    const { data } = await client.models.list();
    for (const model of data) expect(await client.models.retrieve(model.id)).toMatchObject(model);
  });

  it.each(["gpt-9", "vendor/model", "a b%2Fc", "Ø€", "toString"])("of which there is no %s", async (id) => {
    const asked = client.models.retrieve(id);
    await expect(asked).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(asked).rejects.toMatchObject({
      code: "model_not_found",
      message: expect.stringContaining(id),
    });
  });
});

describe("errors", () => {
  it.each([
    [400, OpenAI.BadRequestError],
    [401, OpenAI.AuthenticationError],
    [403, OpenAI.PermissionDeniedError],
    [404, OpenAI.NotFoundError],
    [429, OpenAI.RateLimitError],
    [500, OpenAI.InternalServerError],
    [503, OpenAI.InternalServerError],
  ])("of status %i can be asked for", async (status, kind) => {
    const asked = client.chat.completions.create(plain, { headers: { Prefer: `code=${status}` } });
    await expect(asked).rejects.toBeInstanceOf(kind);
    await expect(asked).rejects.toMatchObject({
      status,
      type: expect.stringMatching(/./),
      code: expect.stringMatching(/./),
      requestID: expect.stringMatching(/./),
    });
  });

  it("that say when to retry are retried by the SDK", async () => {
    const seen: number[] = [];
    const retrying = sdk(mock, {
      maxRetries: 1,
      fetch: async (url, init) => {
        const headers = new Headers(init?.headers);
        if (seen.length === 0) headers.set("prefer", "code=429");
        const response = await fetch(url, { ...init, headers });
        seen.push(response.status);
        expect(response.status === 429 && response.headers.get("retry-after")).toEqual(
          response.status === 429 && expect.stringMatching(/^\d+$/),
        );
        return response;
      },
    });
    await retrying.chat.completions.create(plain);
    expect(seen).toEqual([429, 200]);
  });

  it("of a wrong field name it", async () => {
    const asked = client.chat.completions.create({
      ...plain,
      messages: [{ role: "robot" as "user", content: "Hi" }],
    });
    await expect(asked).rejects.toMatchObject({
      status: 400,
      param: "messages.0.role",
      message: expect.stringContaining("user"),
    });
  });
});
