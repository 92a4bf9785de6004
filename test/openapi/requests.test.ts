import { describe, expect, it } from "vitest";
import { validator } from "./validator.ts";

const problems = validator("ChatCompletionCreateParams");

const messages = [{ role: "user", content: "Hello" }];
const request = (extra: object) => ({ model: "gpt-5.4", messages, ...extra });
const conversation = (...more: object[]) => ({ model: "gpt-5.4", messages: [...messages, ...more] });
const call = { id: "call_1", type: "function", function: { name: "f", arguments: "{}" } };
const tool = (definition: object) => request({ tools: [{ type: "function", function: definition }] });

/** Requests as recorded from real clients. */
const accepted: Record<string, unknown> = {
  "the two required members": request({}),
  "a model outside the table": { model: "gpt-4o-mini", messages },
  "every role": {
    model: "gpt-5.4",
    messages: [
      { role: "developer", content: "Be brief." },
      { role: "system", content: [{ type: "text", text: "Be kind." }] },
      { role: "user", content: "Hi", name: "ada" },
      { role: "assistant", content: "Hello" },
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: "call_1", content: [{ type: "text", text: "4" }] },
    ],
  },
  "each kind of content part": conversation({
    role: "user",
    content: [
      { type: "text", text: "See" },
      { type: "image_url", image_url: { url: "data:image/png;base64,AAAA", detail: "low" } },
      { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
      { type: "file", file: { file_id: "file-1" } },
    ],
  }),
  "tool calls without content": conversation({ role: "assistant", tool_calls: [call] }),
  "tool calls with empty content": conversation({ role: "assistant", content: "", tool_calls: [call] }),
  "an answer that is echoed back": conversation({
    role: "assistant",
    content: "Hi",
    name: "bot",
    refusal: null,
    parsed: { a: 1 },
    reasoning_content: "…",
    tool_calls: null,
    function_call: null,
    audio: null,
    annotations: [],
  }),
  "a tool call without type, as some upstreams answer": conversation({
    role: "assistant",
    tool_calls: [{ id: "call_1", function: { name: "f", arguments: "{}" } }],
  }),
  "the limits of the ranges": request({ temperature: 0, top_p: 1, max_tokens: 1 }),
  "the other limits of the ranges": request({ temperature: 2, top_p: 0, max_tokens: 1_000_000 }),
  "no tools, auto": request({ tools: [], tool_choice: "auto" }),
  "a tool without parameters": tool({ name: "now" }),
  "a tool with a schema as generators write it": tool({
    name: "f",
    strict: true,
    parameters: {
      $schema: "http://json-schema.org/draft-07/schema#",
      title: "F",
      type: "object",
      properties: { n: { type: "integer", minimum: -9007199254740991, maximum: 9007199254740991 } },
      additionalProperties: false,
    },
  }),
  "a custom tool": request({ tools: [{ type: "custom", custom: { name: "sql" } }] }),
  "a named function": request({ tool_choice: { type: "function", function: { name: "f" } } }),
  "allowed tools": request({
    tool_choice: { type: "allowed_tools", allowed_tools: { mode: "auto", tools: [{ type: "function" }] } },
  }),
  "each response format": request({ response_format: { type: "text" } }),
  "a JSON object": request({ response_format: { type: "json_object" } }),
  "a JSON Schema": request({
    response_format: { type: "json_schema", json_schema: { name: "a", schema: { type: "object" } } },
  }),
  "stream options": request({ stream: true, stream_options: { include_usage: false } }),
  "fields that pass through": request({
    stop: "\n",
    n: 2,
    seed: 1,
    presence_penalty: -2,
    frequency_penalty: 2,
    logprobs: true,
    top_logprobs: 20,
    logit_bias: { "1": -100 },
    max_completion_tokens: 1,
    reasoning_effort: "high",
    parallel_tool_calls: false,
    metadata: { a: "b" },
    store: true,
    service_tier: "auto",
    enable_thinking: false,
    user: "u",
  }),
  "null where OpenAI's own clients may send it": request({
    temperature: null,
    top_p: null,
    max_tokens: null,
    stream: null,
    stream_options: null,
    stop: null,
    n: null,
    seed: null,
    metadata: null,
    store: null,
    reasoning_effort: null,
    logit_bias: null,
  }),
  "an unknown field": request({ top_k: 40, chat_template_kwargs: { thinking: true } }),
};

const rejected: Record<string, unknown> = {
  "no body": undefined,
  "a body that is no object": [],
  "no model": { messages },
  "a model that is no string": { model: 5, messages },
  "an empty model": { model: "", messages },
  "no messages": { model: "gpt-5.4" },
  "an empty conversation": { model: "gpt-5.4", messages: [] },
  "messages that are no list": { model: "gpt-5.4", messages: "Hello" },
  "a message that is no object": { model: "gpt-5.4", messages: ["Hello"] },
  "a message without role": conversation({ content: "Hi" }),
  "an unknown role": conversation({ role: "bot", content: "Hi" }),
  "a user message without content": conversation({ role: "user" }),
  "a user message of null": conversation({ role: "user", content: null }),
  "a user message of a number": conversation({ role: "user", content: 1 }),
  "a user message without parts": conversation({ role: "user", content: [] }),
  "a system message without content": conversation({ role: "system" }),
  "an unknown content part": conversation({ role: "user", content: [{ type: "video", video: "x" }] }),
  "a text part without text": conversation({ role: "user", content: [{ type: "text" }] }),
  "an image without url": conversation({ role: "user", content: [{ type: "image_url", image_url: {} }] }),
  "an image in a system message": conversation({
    role: "system",
    content: [{ type: "image_url", image_url: { url: "https://example.com/a.png" } }],
  }),
  "audio of an unknown format": conversation({
    role: "user",
    content: [{ type: "input_audio", input_audio: { data: "", format: "ogg" } }],
  }),
  "a tool message without tool_call_id": conversation({ role: "tool", content: "4" }),
  "a tool message without content": conversation({ role: "tool", tool_call_id: "call_1" }),
  "a tool call without function": conversation({
    role: "assistant",
    tool_calls: [{ id: "a", type: "function" }],
  }),
  "tool call arguments that are no string": conversation({
    role: "assistant",
    tool_calls: [{ ...call, function: { name: "f", arguments: {} } }],
  }),
  "temperature below 0": request({ temperature: -0.1 }),
  "temperature above 2": request({ temperature: 2.1 }),
  "temperature as text": request({ temperature: "0.5" }),
  "top_p below 0": request({ top_p: -0.1 }),
  "top_p above 1": request({ top_p: 1.1 }),
  "max_tokens of 0": request({ max_tokens: 0 }),
  "half a token": request({ max_tokens: 1.5 }),
  "max_tokens as text": request({ max_tokens: "1" }),
  "stream as text": request({ stream: "true" }),
  "stream_options as a list": request({ stream_options: [] }),
  "include_usage as text": request({ stream_options: { include_usage: "yes" } }),
  "enable_thinking as text": request({ enable_thinking: "yes" }),
  "tools that are no list": request({ tools: {} }),
  "a tool of an unknown type": request({ tools: [{ type: "browser", function: { name: "f" } }] }),
  "a tool without function": request({ tools: [{ type: "function" }] }),
  "a function without name": tool({ parameters: {} }),
  "a function name with a space": tool({ name: "get weather" }),
  "a function name of 65 characters": tool({ name: "f".repeat(65) }),
  "parameters that are no object": tool({ name: "f", parameters: "{}" }),
  "an unknown tool choice": request({ tool_choice: "always" }),
  "a tool choice without name": request({ tool_choice: { type: "function", function: {} } }),
  "a tool choice of an unknown type": request({ tool_choice: { type: "any", function: { name: "f" } } }),
  "response_format as text": request({ response_format: "json" }),
  "an unknown response format": request({ response_format: { type: "xml" } }),
  "json_schema without its schema member": request({ response_format: { type: "json_schema" } }),
  "json_schema without name": request({
    response_format: { type: "json_schema", json_schema: { schema: {} } },
  }),
  "user as a number": request({ user: 1 }),
  "n of 0": request({ n: 0 }),
  "five stop texts": request({ stop: ["a", "b", "c", "d", "e"] }),
  "presence_penalty above 2": request({ presence_penalty: 2.1 }),
  "frequency_penalty below -2": request({ frequency_penalty: -2.1 }),
  "top_logprobs above 20": request({ top_logprobs: 21 }),
  "logit_bias above 100": request({ logit_bias: { "1": 101 } }),
  "an unknown reasoning_effort": request({ reasoning_effort: "extreme" }),
  "17 pairs of metadata": request({
    metadata: Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`k${i}`, "v"])),
  }),
  "metadata of a number": request({ metadata: { a: 1 } }),
  "max_completion_tokens of 0": request({ max_completion_tokens: 0 }),
};

describe("The request schema, for requests of real clients", () => {
  it.each(Object.entries(accepted))("accepts %s", (_, body) => expect(problems(body)).toEqual([]));
});

describe("The request schema, for mistakes", () => {
  it.each(Object.entries(rejected))("rejects %s", (_, body) => expect(problems(body)).not.toEqual([]));
});
