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
  /** Whether it breaks off: then it is not an answer, and is given again in the form alone in which it came. */
  broken?: boolean;
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
    broken: true,
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
  "a role and a null content in each chunk, and no [DONE]": {
    stream: true,
    text: frames(
      chunk({ role: "assistant", content: "One, " }),
      chunk({ role: "assistant", content: "two." }),
      chunk({ role: "assistant", content: null }, { finish_reason: "stop" }),
    ),
  },
  "two whole calls in one chunk, with the reason and the usage": {
    stream: true,
    tools: true,
    usage: true,
    text: frames(
      chunk(
        {
          role: "assistant",
          tool_calls: ["Oslo", "Rome"].map((city, index) => ({
            index,
            id: `function-call-${index}`,
            type: "function",
            function: { name: "get_weather", arguments: JSON.stringify({ city }) },
          })),
        },
        { finish_reason: "tool_calls" },
        { usage: USAGE },
      ),
      "[DONE]",
    ),
  },
  "two whole calls, both at index 0": {
    stream: true,
    tools: true,
    text: frames(
      chunk({ role: "assistant", ...call(0, "call_a", "get_weather", '{"city":"Oslo"}') }),
      chunk({ role: "assistant", ...call(0, "call_b", "get_weather", '{"city":"Rome"}') }),
      chunk({}, { finish_reason: "tool_calls" }),
      "[DONE]",
    ),
  },
  "text, then a call whose first piece is at index 1": {
    stream: true,
    tools: true,
    text: frames(
      chunk({ role: "assistant", content: "Let me look." }),
      chunk(call(1, "toolu_1", "get_weather", "")),
      chunk(call(1, undefined, undefined, '{"city": ')),
      chunk(call(1, undefined, undefined, '"Oslo"}')),
      chunk({}, { finish_reason: "tool_calls" }),
      "[DONE]",
    ),
  },
  "log probabilities": {
    stream: true,
    text: frames(
      chunk({ role: "assistant", content: "" }, { logprobs: null }),
      ...["Hel", "lo", "."].map((token) =>
        chunk(
          { content: token },
          { logprobs: { content: [{ token, logprob: -0.1, bytes: null, top_logprobs: [] }], refusal: null } },
        ),
      ),
      chunk({}, { finish_reason: "stop", logprobs: null }),
      "[DONE]",
    ),
  },
  "a refusal": {
    stream: true,
    text: frames(
      chunk({ role: "assistant", content: "", refusal: null }),
      chunk({ refusal: "I cannot " }),
      chunk({ refusal: "help with that." }),
      chunk({}, { finish_reason: "stop" }),
      "[DONE]",
    ),
  },
  "two choices that alternate, each cut by its length": {
    stream: true,
    text: frames(
      ...[0, 1].map((index) => chunk({ role: "assistant", content: "" }, { index })),
      ...["Red", "Blue"].map((content, index) => chunk({ content }, { index })),
      ...[" and", " or"].map((content, index) => chunk({ content }, { index })),
      ...[0, 1].map((index) => chunk({}, { index, finish_reason: "length" })),
      "[DONE]",
    ),
  },
  "reasoning beside its details": {
    stream: true,
    usage: true,
    text: frames(
      ...["Think", "ing."].map((text) =>
        chunk({
          role: "assistant",
          content: "",
          reasoning: text,
          reasoning_details: [{ type: "reasoning.text", text, format: "unknown", index: 0 }],
        }),
      ),
      chunk({ role: "assistant", content: "Done." }),
      chunk({ role: "assistant", content: "" }, { finish_reason: "stop" }),
      { ...base, choices: [], usage: { ...USAGE, completion_tokens_details: { reasoning_tokens: 3 } } },
      "[DONE]",
    ),
  },
  "a byte order mark, data without a space, and events with names and numbers": {
    stream: true,
    text: `\uFEFFid: 1\nevent: message\n${frames(
      chunk({ role: "assistant", content: "Plain" }),
      chunk({ content: " text." }),
      chunk({}, { finish_reason: "stop" }),
      "[DONE]",
    ).replaceAll("data: ", "data:")}`,
  },
  "text so far beside each piece": {
    stream: true,
    text: frames(
      ...["So ", "far."].map((content, at) =>
        chunk(
          { role: "assistant", content },
          { message: { role: "assistant", content: ["So ", "So far."][at] } },
          { usage: USAGE, search_results: [{ title: "A", url: "https://example.com/a" }] },
        ),
      ),
      chunk({ role: "assistant", content: "" }, { finish_reason: "stop" }, { usage: USAGE }),
      "[DONE]",
    ),
  },
  "a last chunk without identity": {
    stream: true,
    text: frames(
      chunk({ role: "assistant", content: "Filtered" }),
      chunk({}, { finish_reason: "content_filter" }),
      { id: "", object: "", created: 0, model: "", choices: [], usage: USAGE },
      "[DONE]",
    ),
  },
  "a stream that ends without a reason": {
    stream: true,
    broken: true,
    text: frames(chunk({ role: "assistant", content: "Cut" }), chunk({ content: " off" }), "[DONE]"),
  },
  "a stream of one error": {
    stream: true,
    broken: true,
    text: 'data: {"error":{"message":"No such model.","type":"invalid_request_error","code":404}}\n\n',
  },
  "a whole answer with a refusal and log probabilities": {
    stream: false,
    text: JSON.stringify({
      id: "cmpl-7",
      object: "chat.completion",
      created: 1_763_900_000,
      model: "gpt-5.4",
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: null, refusal: "No." },
          logprobs: {
            content: null,
            refusal: [{ token: "No.", logprob: -0.2, bytes: null, top_logprobs: [] }],
          },
          finish_reason: "stop",
        },
      ],
      usage: USAGE,
    }),
  },
  "a whole answer without usage and with a null list of calls": {
    stream: false,
    text: JSON.stringify({
      id: "0195b2c4-0c5e-7aaa-9c3d-0123456789ab",
      object: "chat.completion",
      created: 1_763_900_000,
      model: "accounts/maker/models/gpt-5.4",
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: "Short.", tool_calls: null, function_call: null },
          finish_reason: "length",
          matched_stop: null,
        },
      ],
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
