/** Answers as recorded from several providers, and what is none. */
import { accepts, type Checks, refuses } from "./check.ts";

const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
const answer = (message: object, extra: object = {}) => ({
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1,
  model: "m",
  choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", ...message } }],
  usage,
  ...extra,
});
const chunk = (delta: object, extra: object = {}) => ({
  id: "chatcmpl-1",
  object: "chat.completion.chunk",
  created: 1,
  model: "m",
  choices: [{ index: 0, delta, finish_reason: null }],
  ...extra,
});

/** Answers as recorded from several providers, and the sample of the API's reference page. */
const answers: Record<string, unknown> = {
  "the page's own sample": {
    id: "task_01JZ8M9Q4R7V2K8N9P0Q",
    object: "string",
    created: 1,
    model: "gpt-4o-mini",
    choices: [],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 1, input_tokens: 1, output_tokens: 1 },
  },
  "content of null": answer({ content: null }),
  "no content": answer({}),
  "null for what is not there": answer({
    content: "",
    refusal: null,
    tool_calls: null,
    function_call: null,
    audio: null,
    annotations: null,
  }),
  "a tool call without type": answer({ tool_calls: [{ id: "1", function: { name: "f", arguments: "" } }] }),
  "a tool call with an index": answer({
    tool_calls: [{ index: 0, id: "1", type: "function", function: { name: "f", arguments: "{}" } }],
  }),
  reasoning_content: answer({ content: "a", reasoning_content: "b" }),
  reasoning: answer({ content: "a", reasoning: "b" }),
  "extra members at the top": answer(
    {},
    { x_groq: { id: "1" }, citations: ["a"], service_tier: null, system_fingerprint: null, prompt: [] },
  ),
  "fractions, costs and counts in the usage": answer(
    {},
    {
      usage: {
        ...usage,
        queue_time: 0.02,
        total_time: 0.9,
        cost: { total: 0.0001 },
        prompt_tokens_details: { cached_tokens: null, text_tokens: 3 },
        completion_tokens_details: null,
        prompt_cache_hit_tokens: 0,
        input_tokens_details: null,
      },
    },
  ),
  "an unusual finish reason": answer(
    {},
    { choices: [{ index: 0, finish_reason: "eos", message: { role: "assistant" } }] },
  ),
  "logprobs of null": answer(
    {},
    { choices: [{ index: 0, finish_reason: "stop", logprobs: null, message: { role: "assistant" } }] },
  ),
  "logprobs in another form": answer(
    {},
    {
      choices: [
        {
          index: 0,
          finish_reason: "stop",
          logprobs: {
            content: [{ token: "a", logprob: -0.1, bytes: [97], top_logprobs: [] }],
            refusal: null,
          },
          message: { role: "assistant" },
        },
      ],
    },
  ),
};

const chunks: Record<string, unknown> = {
  "the first one": chunk({ role: "assistant", content: "" }),
  "the last one": chunk({}, { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }),
  "no object": { ...chunk({ content: "a" }), object: undefined },
  "an empty object": chunk({ content: "a" }, { object: "" }),
  "an empty leading chunk": { id: "", object: "", created: 0, model: "", choices: [] },
  "members of null": chunk({
    role: null,
    content: null,
    tool_calls: null,
    reasoning_content: null,
    refusal: null,
  }),
  "no finish_reason": chunk({}, { choices: [{ index: 0, delta: { content: "a" } }] }),
  "usage in every chunk": chunk({ content: "a" }, { usage: { ...usage, prompt_tokens_details: null } }),
  "usage of null": chunk({ content: "a" }, { usage: null }),
  "the usage chunk": chunk({}, { choices: [], usage }),
  "a tool-call fragment without index": chunk({ tool_calls: [{ id: "1", function: { arguments: "{" } }] }),
  "a first call at index 1": chunk({
    tool_calls: [{ index: 1, id: "1", type: "function", function: { name: "f", arguments: "" } }],
  }),
  "extra members": chunk({ content: "a" }, { obfuscation: "xyz", x_groq: {} }),
  "an extra member of a choice": chunk(
    {},
    { choices: [{ index: 0, delta: {}, finish_reason: "stop", matched_stop: 1 }] },
  ),
};

const errors: Record<string, unknown> = {
  "the page's envelope": { error: null, message: "success" },
  "all four members": { error: { message: "a", type: "b", param: null, code: "c" } },
  "no param": { error: { message: "a", type: "b", code: "c" } },
  "an empty param and a number as code": { error: { message: "a", type: "", param: "", code: 1305 } },
};

const models: Record<string, unknown> = {
  "a bare list": { data: [{ id: "a" }] },
  "extra members": {
    object: "list",
    data: [
      { id: "a", object: "model", created: 1, owned_by: "x", permission: [], supported_endpoint_types: [] },
    ],
    success: true,
  },
};

const wrong: Record<string, unknown> = {
  "an error in place of an answer": { error: { message: "a" } },
  "a message without role": { ...answer({}), choices: [{ index: 0, finish_reason: "stop", message: {} }] },
  "content as a number": answer({ content: 1 }),
  "usage without totals": answer({}, { usage: {} }),
};

export const answerChecks: Checks = {
  ...accepts("ChatCompletion", answers),
  ...accepts("ChatCompletionChunk", chunks),
  ...accepts("ErrorResponse", errors),
  ...accepts("ModelList", models),
  ...refuses("ChatCompletion", wrong),
};
