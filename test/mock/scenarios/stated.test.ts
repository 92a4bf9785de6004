import { afterEach, describe, expect, it } from "vitest";
import type { RunningMock, Scenario, StartOptions } from "../../../scripts/mock/index.ts";
import { ask, events, sdk, start, weather } from "../support.ts";

/** What a scenario states is what is sent; only the rest is completed from the contract. */
const mocks: RunningMock[] = [];
afterEach(async () => {
  for (const mock of mocks.splice(0)) await mock.close();
});

async function running(scenario: Scenario, options: StartOptions = {}): Promise<RunningMock> {
  const scenarios = [{ operation: "chat.completions.create", when: {}, ...scenario }];
  const mock = await start({ tps: 0, scenarios, ...options });
  mocks.push(mock);
  return mock;
}

const body = { model: "m", messages: [{ role: "user", content: "Hi" }] };
const calling = (...calls: object[]) => ({
  tool_calls: calls.map((call) => ({ function: { name: "find", arguments: "{}" }, ...call })),
});

async function answered(mock: RunningMock, more: object = {}) {
  const response = await ask(mock, { ...body, ...more });
  return response.json();
}

async function streamed(mock: RunningMock, more: object = {}) {
  const response = await ask(mock, { ...body, stream: true, ...more });
  const frames = events(await response.text());
  expect(frames.pop()).toBe("[DONE]");
  return frames.map((frame) => JSON.parse(frame));
}

describe("what a scenario states is sent", () => {
  it("keeps the id, the time, the usage and its details", async () => {
    const usage = { prompt_tokens: 7, total_tokens: 99, completion_tokens_details: { reasoning_tokens: 5 } };
    const mock = await running({
      value: { id: "mine", created: 12, choices: [{ message: { content: "One two" } }], usage },
    });
    const answer = await answered(mock);
    expect(answer).toMatchObject({ id: "mine", created: 12, usage });
    expect(answer.choices[0].message.reasoning_content).toBeUndefined();
    // Two words, and the reasoning that is not shown.
    expect(answer.usage.completion_tokens).toBe(7);
    const chunks = await streamed(mock, { stream_options: { include_usage: true } });
    expect(chunks[0]).toMatchObject({ id: "mine", created: 12 });
    expect(chunks.at(-1).usage).toMatchObject(usage);
  });

  it("adds up a usage of which one number is stated", async () => {
    const mock = await running({
      value: { choices: [{ message: { content: "One two" } }], usage: { prompt_tokens: 40 } },
    });
    expect((await answered(mock)).usage).toMatchObject({
      prompt_tokens: 40,
      completion_tokens: 2,
      total_tokens: 42,
    });
  });

  it("keeps the ids of tool calls, and makes up others that never collide", async () => {
    const mock = await running({
      value: { choices: [{ message: calling({ id: "call_1" }, {}, { id: "call_2" }, {}) }] },
    });
    const ids = (await answered(mock)).choices[0].message.tool_calls.map((call: { id: string }) => call.id);
    expect([ids[0], ids[2]]).toEqual(["call_1", "call_2"]);
    expect(new Set(ids).size).toBe(4);
    const many = await running(
      { value: { choices: [{ message: calling(...Array(300).fill({})) }] } },
      { seed: 1 },
    );
    const made = (await answered(many)).choices[0].message.tool_calls.map((call: { id: string }) => call.id);
    expect(new Set(made).size).toBe(300);
  });

  it("keeps a finish_reason beside tool calls, and logprobs that the request asks for too", async () => {
    const logprobs = {
      content: [{ token: "Yes", logprob: -0.5, bytes: null, top_logprobs: [] }],
      refusal: null,
    };
    const stop = await running({
      value: { choices: [{ message: calling({}), finish_reason: "stop" }] },
      check: false,
    });
    expect((await answered(stop)).choices[0].finish_reason).toBe("stop");
    const scored = await running({ value: { choices: [{ message: { content: "Yes" }, logprobs }] } });
    const [choice] = (await answered(scored, { logprobs: true, top_logprobs: 2 })).choices;
    expect(choice.logprobs).toEqual(logprobs);
  });

  it("sends a stated text whole, whatever max_tokens and stop say", async () => {
    const mock = await running({ value: { choices: [{ message: { content: "One two three" } }] } });
    const [choice] = (await answered(mock, { max_tokens: 1, stop: "two" })).choices;
    expect([choice.message.content, choice.finish_reason]).toEqual(["One two three", "stop"]);
  });

  it("numbers two choices 0 and 1, streamed too", async () => {
    const mock = await running({
      value: { choices: [{ message: { content: "A" } }, { message: { content: "B" } }] },
    });
    expect((await answered(mock)).choices.map((choice: { index: number }) => choice.index)).toEqual([0, 1]);
    const texts = ["", ""];
    for (const { choices } of await streamed(mock))
      for (const { index, delta } of choices) texts[index] += delta.content ?? "";
    expect(texts).toEqual(["A", "B"]);
  });

  it.each([
    ["reasoning", { message: { reasoning_content: "Hm.", ...calling({}) } }, {}],
    ["service_tier", { message: calling({}) }, { service_tier: "flex" }],
  ])("completes a tool call with %s like a plain call, without a text", async (_, choice, more) => {
    const mock = await running({ value: { choices: [choice], ...more } });
    const [made] = (await answered(mock, { tools: [weather] })).choices;
    expect(made.finish_reason).toBe("tool_calls");
    expect(made.message.content).toBeNull();
    expect(made.message.tool_calls[0]).toMatchObject({
      type: "function",
      function: { name: "find", arguments: "{}" },
    });
  });

  it("says that no example covers a value, in place of an echo", async () => {
    const mock = await running({
      name: "heard",
      value: { choices: [{ message: { x_audio: { data: "UklGRg==" } } }] },
    });
    const [choice] = (await answered(mock)).choices;
    expect(choice.message.content).toBe(
      "Scenario heard states no text here, and no example of the contract has x_audio.",
    );
    expect(choice.message.x_audio).toEqual({ data: "UklGRg==" });
  });

  it.each([
    ["contnet", { choices: [{ message: { contnet: "Hi" } }] }, "content"],
    ["choises", { choises: [] }, "choices"],
    ["content", { content: "Hi" }, "choices.0.message.content"],
    ["finish_reson", { choices: [{ finish_reson: "stop" }] }, "finish_reason"],
  ])("refuses the misspelt member %s at the start and names the right one", async (name, value, right) => {
    const wrong = { operation: "createChatCompletion", name: "typo", when: {}, value };
    await expect(start({ scenarios: [wrong] })).rejects.toThrow(
      new RegExp(`Scenario typo.*no member ${name} here\\. Did you mean ${right.replaceAll(".", "\\.")}\\?`),
    );
    const mock = await running({ name: "typo", value, check: false });
    expect(JSON.stringify(await answered(mock))).toContain(`"${name}"`);
  });

  it("takes members that the contract does not know and that are not mistakes", async () => {
    const value = { choices: [{ message: { content: "Hi" } }], citations: ["a"], x_groq: { id: "req" } };
    expect(await answered(await running({ value }))).toMatchObject({
      citations: ["a"],
      x_groq: { id: "req" },
    });
  });

  it("writes the text of an event stream as it stands", async () => {
    const text = 'data: {"odd": 1}\r\n\r\n: a comment\n\ndata: no json\n\ndata: [DONE]';
    const mock = await running({
      name: "raw",
      check: false,
      headers: { "Content-Type": "text/event-stream" },
      value: text,
    });
    for (const stream of [true, false]) {
      const response = await ask(mock, { ...body, stream });
      expect(response.headers.get("content-type")).toBe("text/event-stream");
      expect(await response.text()).toBe(text);
    }
  });

  it("may be a status without a body, which has no length either", async () => {
    const response = await ask(await running({ status: 204 }), body);
    expect([response.status, await response.text()]).toEqual([204, ""]);
    expect(response.headers.get("content-length")).toBeNull();
  });

  it("comes in a stream whatever its letters are", async () => {
    const content = "Grüße 🌊 – こんにちは";
    const mock = await running({ value: { choices: [{ message: { content } }] } });
    const texts = (await streamed(mock)).map(({ choices }) => choices[0].delta.content ?? "");
    expect(texts.join("")).toBe(content);
  });

  it("asks for a number of tokens or states a text, not both", async () => {
    const value = { choices: [{ message: { content: "Hi." } }] };
    await expect(running({ tokens: 3, value })).rejects.toThrow("Leave one of them out.");
    const model = (await answered(await running({ tokens: 3, value: { model: "own" } }))).model;
    expect(model).toBe("own");
  });

  it("gives a text of as many tokens as it asks for", async () => {
    const mock = await running({ tokens: 2000 });
    const answer = await sdk(mock).chat.completions.create({
      model: "m",
      messages: [{ role: "user", content: "Hi" }],
    });
    expect(answer.usage?.completion_tokens).toBe(2000);
    const long = await running({ tokens: 30_000 });
    expect((await answered(long)).usage.completion_tokens).toBe(30_000);
    const chunks = await streamed(mock);
    expect(chunks.filter(({ choices }) => choices[0]?.delta.content).length).toBe(2000);
  });
});

describe("usage", () => {
  it("counts reasoning of a reasoning model that does not show it, within max_tokens", async () => {
    const mock = await running({ when: { "/body/model": "none of these" } });
    for (const more of [{ model: "o3" }, { enable_thinking: true }]) {
      const { usage } = await answered(mock, more);
      expect(usage.completion_tokens_details.reasoning_tokens).toBeGreaterThan(0);
      expect(usage.completion_tokens).toBeGreaterThan(usage.completion_tokens_details.reasoning_tokens);
    }
    const { usage, choices } = await answered(mock, { model: "o3", max_completion_tokens: 8 });
    expect(usage.completion_tokens).toBeLessThanOrEqual(8);
    expect(choices[0].finish_reason).toBe("length");
  });

  it("does not count an image as text", async () => {
    const mock = await running({ when: { "/body/model": "none of these" } });
    const url = `data:image/png;base64,${"iVBORw0KGgo".repeat(5000)}`;
    const content = [
      { type: "text", text: "What is this?" },
      { type: "image_url", image_url: { url } },
    ];
    const { usage } = await answered(mock, { messages: [{ role: "user", content }] });
    expect(usage.prompt_tokens).toBeGreaterThan(80);
    expect(usage.prompt_tokens).toBeLessThan(200);
  });

  it("counts a long text by its characters", async () => {
    const mock = await running({ when: { "/body/model": "none of these" } });
    const content = "abcdefgh".repeat(4000);
    const { usage } = await answered(mock, { messages: [{ role: "user", content }] });
    expect(usage.prompt_tokens).toBe(8000 + 1);
  });
});
