/** Deviations of whole answers, of tool calls and of structured answers. */
import type { Any, Change } from "../deviating-server.ts";
import { answer, call, choice, refuses, usage } from "./changes.ts";

export const ANSWERS: Record<string, Change> = {
  "no id": answer((json) => delete json.id),
  "an empty id": answer((json) => (json.id = "")),
  "a number as id": answer((json) => (json.id = 5)),
  "no object": answer((json) => delete json.object),
  "another object": answer((json) => (json.object = "text_completion")),
  "no created": answer((json) => delete json.created),
  "created in milliseconds": answer((json) => (json.created *= 1000)),
  "created as text": answer((json) => (json.created = "now")),
  "created years ago": answer((json) => (json.created = 1_500_000_000)),
  "no model": answer((json) => delete json.model),
  "another model": answer((json) => (json.model = "claude-2")),
  "no choices": answer((json) => delete json.choices),
  "empty choices": answer((json) => (json.choices = [])),
  "choices without index": choice((one) => delete one.index),
  "choices from 1": choice((one) => (one.index = 1)),
  "two choices of one index": answer((json) =>
    json.choices?.forEach((one: Any) => {
      one.index = 0;
    }),
  ),
  "one choice for n of 2": answer((json) => (json.choices = json.choices.slice(0, 1))),
  "no message": choice((one) => delete one.message),
  "no role": choice((one) => delete one.message.role),
  "another role": choice((one) => (one.message.role = "model")),
  "content as parts": choice((one) => (one.message.content = [{ type: "text", text: "Hi" }])),
  "no content": choice((one) => {
    if (!one.message.tool_calls) one.message.content = null;
  }),
  "no finish_reason": choice((one) => delete one.finish_reason),
  "a null finish_reason": choice((one) => (one.finish_reason = null)),
  "stop for an answer that is cut": choice((one) => {
    if (one.finish_reason === "length") one.finish_reason = "stop";
  }),
  "max_tokens ignored": answer((json, { asked }) => {
    if (json.choices[0].finish_reason !== "length" || asked.response_format) return;
    json.choices[0].message.content = "one two three four ".repeat(40);
    json.usage.completion_tokens = 160;
    json.usage.total_tokens = json.usage.prompt_tokens + 160;
    delete json.usage.input_tokens;
    delete json.usage.output_tokens;
  }),
  "stop ignored": choice((one, { asked }) => {
    if (asked.stop) one.message.content += "STOP gamma";
  }),
  "no usage": answer((json) => delete json.usage),
  "a null usage": answer((json) => (json.usage = null)),
  "a usage that does not add up": usage((one) => (one.total_tokens += 1)),
  "a twin that differs": usage((one) => (one.input_tokens += 3)),
  "usage as text": usage((one) => (one.prompt_tokens = "14")),
  "usage of zeros": usage((one) => {
    for (const name of Object.keys(one)) one[name] = 0;
  }),
  "more reasoning than output": usage((one) => {
    one.completion_tokens_details = { reasoning_tokens: one.completion_tokens + 1 };
  }),
  "another media type": (reply) => {
    if (reply.json?.choices) reply.headers["content-type"] = "text/plain";
  },
  "no media type": (reply) => {
    if (reply.json?.choices) delete reply.headers["content-type"];
  },
  "an empty body": (reply) => {
    if (reply.json?.choices) reply.text = "";
  },
  "JSON that breaks off": (reply) => {
    if (reply.json?.choices) reply.text = JSON.stringify(reply.json).slice(0, -9);
  },
  "an error under 200": (reply) => {
    if (reply.json?.choices) reply.json = { error: { message: "upstream failed" } };
  },
  "the status 201": (reply) => {
    if (reply.json?.choices) reply.status = 201;
  },
  "a stream that nobody asked for": (reply) => {
    if (!reply.json?.choices) return;
    reply.headers["content-type"] = "text/event-stream";
    reply.text = `data: ${JSON.stringify(reply.json)}\n\ndata: [DONE]\n\n`;
  },
  "images refused": (reply) => {
    if (!JSON.stringify(reply.asked ?? {}).includes("image_url") || reply.status !== 200) return;
    reply.status = 400;
    reply.headers["content-type"] = "application/json";
    reply.json = {
      error: { message: "no images", type: "invalid_request_error", param: "messages", code: null },
    };
    reply.chunks = undefined;
  },
  "created 0": answer((json) => (json.created = 0)),
  "created tomorrow": answer((json) => (json.created += 86_400)),
  "a fraction as created": answer((json) => (json.created += 0.5)),
  "a null id": answer((json) => (json.id = null)),
  "an empty model": answer((json) => (json.model = "")),
  "an index as text": choice((one) => (one.index = "0")),
  "three choices for n of 2": answer((json, { asked }) => {
    if (asked.n === 2) json.choices.push({ ...json.choices[1], index: 2 });
  }),
  "a delta in place of the message": choice((one) => {
    one.delta = one.message;
    delete one.message;
  }),
  "length for an answer that is not cut": choice((one, { asked }) => {
    if (one.finish_reason === "stop" && asked.max_tokens > 30) one.finish_reason = "length";
  }),
  "negative usage": usage((one) => {
    Object.assign(one, { prompt_tokens: -5, total_tokens: one.completion_tokens - 5, input_tokens: null });
  }),
  "no completion tokens": usage((one) => {
    Object.assign(one, { completion_tokens: 0, total_tokens: one.prompt_tokens, output_tokens: null });
  }),
  "no total": usage((one) => delete one.total_tokens),
  "more cached than prompt tokens": usage((one) => {
    one.prompt_tokens_details = { cached_tokens: one.prompt_tokens + 1 };
  }),
  "log probabilities above 0": choice((one) => {
    for (const token of one.logprobs?.content ?? []) token.logprob = 0.5;
  }),
  "more alternatives than top_logprobs": choice((one) => {
    for (const token of one.logprobs?.content ?? [])
      token.top_logprobs = ["a", "b", "c"].map((text) => ({ token: text, logprob: -1, bytes: null }));
  }),
  "JSON in a text": answer((json, reply) => (reply.json = JSON.stringify(json))),
  "an answer in a list": answer((json, reply) => (reply.json = [json])),
  "an answer in an envelope": answer((json, reply) => (reply.json = { code: 0, data: json })),
  "an error beside the choices": answer((json) => (json.error = { message: "failed" })),
  "no content under 204": answer((_, reply) => Object.assign(reply, { status: 204, text: "" })),
  "a redirection": answer((_, reply) => {
    Object.assign(reply, { status: 302, headers: { ...reply.headers, location: "/v1/models" } });
  }),
  "bytes that are not UTF-8": answer((json, reply) => {
    json.system_fingerprint = "fp_ü";
    reply.text = Buffer.from(JSON.stringify(json), "latin1");
  }),
  "JSON under another name": (reply) => {
    if (reply.json?.choices) reply.headers["content-type"] = "text/json";
  },
  "a limit that is not a number": (reply) => {
    if (reply.json?.choices) reply.headers["x-ratelimit-remaining-tokens"] = "many";
  },
  "a delay that is not a number": (reply) => {
    if (reply.json?.choices) reply.headers["retry-after"] = "soon";
  },
  "developer messages refused": refuses(({ messages }) =>
    messages?.some?.((one: Any) => one.role === "developer"),
  ),
  "messages in parts refused": refuses(({ messages }) =>
    messages?.some?.((one: Any) => Array.isArray(one.content)),
  ),
  "system messages refused": refuses(({ messages }) => messages?.some?.((one: Any) => one.role === "system")),
};

export const TOOLS: Record<string, Change> = {
  "a call although tool_choice is none": choice((one, { asked }) => {
    if (asked.tool_choice !== "none") return;
    one.message.tool_calls = [
      { id: "a", type: "function", function: { name: "get_time", arguments: '{"city":"Oslo"}' } },
    ];
    one.finish_reason = "tool_calls";
  }),
  "no call although it is required": choice((one, { asked }) => {
    if (asked.tool_choice !== "required") return;
    one.message = { role: "assistant", content: "Cold." };
    one.finish_reason = "stop";
  }),
  "another call than the named one": call((one, _, { asked }) => {
    if (asked.tool_choice?.function) one.function.name = "get_weather";
  }),
  "a tool that was not offered": call((one) => (one.function.name = "search")),
  "arguments as an object": call((one) => (one.function.arguments = JSON.parse(one.function.arguments))),
  "arguments that are not JSON": call((one) => (one.function.arguments = "{city: Oslo}")),
  "arguments that are not valid": call((one) => (one.function.arguments = '{"town":"Oslo"}')),
  "a call without ID": call((one) => delete one.id),
  "a call with an empty ID": call((one) => (one.id = "")),
  "two calls of one ID": choice(({ message }) =>
    message.tool_calls?.forEach((one: Any) => {
      one.id = "call_1";
    }),
  ),
  "a call without function": call((one) => delete one.function),
  "stop in place of tool_calls": call((_, one) => (one.finish_reason = "stop")),
  "tool_calls without calls": choice((one) => {
    if (!one.message.tool_calls && one.finish_reason === "stop") one.finish_reason = "tool_calls";
  }),
  "a second call under parallel_tool_calls false": choice((one, { asked }) => {
    if (asked.parallel_tool_calls === false)
      one.message.tool_calls.push({
        id: "b",
        type: "function",
        function: { name: "get_time", arguments: '{"city":"Oslo"}' },
      });
  }),
  "results of tools refused": (reply) => {
    if (reply.status !== 200 || reply.asked?.messages?.at(-1)?.role !== "tool") return;
    Object.assign(reply, { status: 400, chunks: undefined, json: { error: { message: "no role tool" } } });
    reply.headers["content-type"] = "application/json";
  },
  "calls as an object": choice(({ message }) => {
    if (message.tool_calls) message.tool_calls = message.tool_calls[0];
  }),
  "a function_call in place of tool_calls": call((one, whole) => {
    whole.message = { role: "assistant", content: null, function_call: one.function };
    whole.finish_reason = "function_call";
  }),
  "a call as text": call((one, whole) => {
    whole.message = { role: "assistant", content: `<tool_call>${JSON.stringify(one.function)}</tool_call>` };
    whole.finish_reason = "stop";
  }),
  "an empty list of calls": call((_, whole) => (whole.message.tool_calls = [])),
  "arguments encoded twice": call((one) => (one.function.arguments = JSON.stringify(one.function.arguments))),
  "numbers as text in arguments": call((one) => {
    one.function.arguments = one.function.arguments.replaceAll(/:\s*(\d+)/g, ':"$1"');
  }),
  "null arguments": call((one) => (one.function.arguments = null)),
  "a name with a namespace": call((one) => (one.function.name = `functions.${one.function.name}`)),
  "calls without end": choice((one, { asked }) => {
    if (asked.messages.at(-1).role !== "tool") return;
    one.message.tool_calls = [
      { id: "c", type: "function", function: { name: "get_time", arguments: '{"city":"Oslo"}' } },
    ];
    one.finish_reason = "tool_calls";
  }),
  "no text after the results": choice((one, { asked }) => {
    if (asked.messages.at(-1).role === "tool") one.message.content = "";
  }),
  "tools refused": refuses(({ tools }) => tools),
};

export const STRUCTURES: Record<string, Change> = {
  "JSON in a fence": choice((one, { asked }) => {
    if (asked.response_format) one.message.content = `\`\`\`json\n${one.message.content}\n\`\`\``;
  }),
  "JSON of another schema": choice((one, { asked }) => {
    if (asked.response_format?.type === "json_schema") one.message.content = '{"name":"Ada"}';
  }),
  "a member that the schema forbids": choice((one, { asked }) => {
    if (asked.response_format?.type !== "json_schema") return;
    one.message.content = JSON.stringify({ ...JSON.parse(one.message.content), more: 1 });
  }),
  "prose in place of JSON": choice((one, { asked }) => {
    if (asked.response_format?.type === "json_object") one.message.content = "Ada Lovelace.";
  }),
  "a list in place of an object": choice((one, { asked }) => {
    if (asked.response_format?.type === "json_object") one.message.content = "[1]";
  }),
  "parsed content": choice((one, { asked }) => {
    if (asked.response_format?.type === "json_schema") one.message.content = JSON.parse(one.message.content);
  }),
  "JSON and a text after it": choice((one, { asked }) => {
    if (asked.response_format) one.message.content += "\nI hope this helps.";
  }),
  "JSON encoded twice": choice((one, { asked }) => {
    if (asked.response_format) one.message.content = JSON.stringify(one.message.content);
  }),
  "no text": choice((one, { asked }) => {
    if (asked.response_format) one.message.content = "";
  }),
  "a number as text": choice((one, { asked }) => {
    if (asked.response_format) one.message.content = one.message.content.replaceAll(/:\s*(\d+)/g, ':"$1"');
  }),
  "the schema itself": choice((one, { asked }) => {
    const { json_schema: schema } = asked.response_format ?? {};
    if (schema) one.message.content = JSON.stringify(schema.schema);
  }),
  "json_schema refused": refuses(({ response_format: format }) => format?.type === "json_schema"),
};
