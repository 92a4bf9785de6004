/**
 * Streams and answers in the forms that providers are seen to send, by `wire.md`; the texts are ours. A test replays
 * each byte for byte.
 */

export interface ProviderAnswer {
  /** Whether the request asks for a stream, and for its usage. */
  stream: boolean;
  usage?: boolean;
  tools?: boolean;
  status?: number;
  headers?: Record<string, string>;
  text: string;
}

const frames = (...chunks: (object | string)[]): string =>
  chunks.map((chunk) => `data: ${typeof chunk === "string" ? chunk : JSON.stringify(chunk)}\n\n`).join("");
const base = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1_763_900_000, model: "gpt-5.4" };
const chunk = (delta: object, more: object = {}, top: object = {}) => ({
  ...base,
  choices: [{ index: 0, delta, finish_reason: null, ...more }],
  ...top,
});
const USAGE = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
const call = (index: number | undefined, id: string | undefined, name: string | undefined, text: string) => ({
  tool_calls: [
    {
      ...(index !== undefined && { index }),
      ...(id !== undefined && { id, type: "function" }),
      function: { ...(name !== undefined && { name }), arguments: text },
    },
  ],
});

export const PROVIDERS: Record<string, ProviderAnswer> = {
  "a plain stream with its usage": {
    stream: true,
    usage: true,
    text: frames(
      chunk({ role: "assistant", content: "" }, {}, { usage: null }),
      chunk({ content: "Grüße, " }, {}, { usage: null }),
      chunk({ content: "world." }, {}, { usage: null }),
      chunk({}, { finish_reason: "stop" }, { usage: null }),
      { ...base, choices: [], usage: USAGE },
      "[DONE]",
    ),
  },
  "reasoning_content before the text, usage beside the last delta": {
    stream: true,
    text: frames(
      chunk({ role: "assistant", content: null, reasoning_content: "" }),
      chunk({ content: null, reasoning_content: "Let me " }),
      chunk({ content: null, reasoning_content: "think." }),
      chunk({ content: "Four.", reasoning_content: null }),
      chunk(
        { content: "", reasoning_content: null },
        { finish_reason: "stop" },
        { usage: { ...USAGE, prompt_cache_hit_tokens: 0 } },
      ),
      "[DONE]",
    ),
  },
  "usage in a member of the provider": {
    stream: true,
    text: frames(
      chunk({ role: "assistant", content: "" }, {}, { x_groq: { id: "req_1" } }),
      chunk({ content: "Hello." }),
      chunk(
        {},
        { finish_reason: "stop" },
        { x_groq: { id: "req_1", usage: { ...USAGE, total_time: 0.02 } } },
      ),
      "[DONE]",
    ),
  },
  "comments, a provider in each chunk, reasoning details": {
    stream: true,
    usage: true,
    text: `: PROCESSING\n\n: PROCESSING\n\n${frames(
      chunk(
        { role: "assistant", content: "", reasoning: "Hm. " },
        { native_finish_reason: null },
        { provider: "Relay" },
      ),
      chunk({ content: "Yes." }, { native_finish_reason: null }, { provider: "Relay" }),
      chunk({ content: "" }, { finish_reason: "stop", native_finish_reason: "STOP" }, { provider: "Relay" }),
      {
        ...base,
        provider: "Relay",
        choices: [{ index: 0, delta: { role: "assistant", content: "" }, finish_reason: null }],
        usage: { ...USAGE, cost: 0.01 },
      },
      "[DONE]",
    )}`,
  },
  "a leading chunk without identity": {
    stream: true,
    text: frames(
      {
        id: "",
        object: "",
        created: 0,
        model: "",
        choices: [],
        prompt_filter_results: [{ prompt_index: 0 }],
      },
      chunk({ role: "assistant", content: "" }, { content_filter_results: {} }),
      chunk({ content: "Fine." }, { content_filter_results: { hate: { filtered: false } } }),
      chunk({}, { finish_reason: "stop", content_filter_results: {} }),
      "[DONE]",
    ),
  },
  "tool calls with CRLF": {
    stream: true,
    tools: true,
    text: frames(
      chunk({ role: "assistant", content: null }),
      chunk(call(0, "call_a", "get_weather", "")),
      chunk(call(0, undefined, undefined, '{"city":')),
      chunk(call(0, undefined, undefined, '"Oslo"}')),
      chunk(call(1, "call_b", "get_time", '{"city":"Rome"}')),
      chunk({}, { finish_reason: "tool_calls" }),
      "[DONE]",
    ).replaceAll("\n", "\r\n"),
  },
  "whole tool calls without index": {
    stream: true,
    tools: true,
    text: frames(
      chunk({ role: "assistant", ...call(undefined, "function-call-1", "get_weather", '{"city":"Oslo"}') }),
      chunk({ role: "assistant", content: "" }, { finish_reason: "tool_calls" }),
      "[DONE]",
    ),
  },
  "citations in each chunk": {
    stream: true,
    text: frames(
      chunk(
        { role: "assistant", content: "It is " },
        {},
        { citations: ["https://example.com/a"], usage: USAGE },
      ),
      chunk(
        { role: "assistant", content: "so." },
        {},
        { citations: ["https://example.com/a"], usage: USAGE },
      ),
      chunk(
        { role: "assistant", content: "" },
        { finish_reason: "stop" },
        { citations: ["https://example.com/a"], usage: USAGE },
      ),
      "[DONE]",
    ),
  },
  "an error in the middle of a stream": {
    stream: true,
    text: frames(
      chunk({ role: "assistant", content: "Half an " }),
      { error: { message: "overloaded", code: 529 } },
      "[DONE]",
    ),
  },
  "a whole answer with more members": {
    stream: false,
    text: JSON.stringify({
      id: "cmpl-9",
      object: "chat.completion",
      created: 1_763_900_000,
      model: "gpt-5.4",
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: "Hi.", refusal: null, annotations: [] },
          logprobs: null,
          finish_reason: "stop",
        },
      ],
      usage: { ...USAGE, queue_time: 0.04, prompt_tokens_details: { cached_tokens: 3 } },
      service_tier: "default",
      x_groq: { id: "req_2" },
    }),
  },
  "a whole answer with reasoning and calls": {
    stream: false,
    tools: true,
    text: JSON.stringify({
      id: "cmpl-8",
      object: "chat.completion",
      created: 1_763_900_000,
      model: "gpt-5.4",
      choices: [
        {
          index: 0,
          message: {
            role: "assistant",
            content: null,
            reasoning_content: "The weather.",
            tool_calls: [
              {
                id: "call_z",
                type: "function",
                function: { name: "get_weather", arguments: '{"city":"Oslo"}' },
              },
            ],
          },
          finish_reason: "tool_calls",
        },
      ],
      usage: USAGE,
    }),
  },
  "an error of another form": {
    stream: false,
    status: 429,
    headers: { "Retry-After": "7" },
    text: JSON.stringify({ error: { message: "Slow down.", type: "tokens", code: "rate_limit_exceeded" } }),
  },
  "an error as a page": {
    stream: true,
    status: 502,
    headers: { "Content-Type": "text/html" },
    text: "<html><h1>502 Bad Gateway</h1></html>",
  },
};
