/** Deviations from the contract, one at a time, and variations that are none. */
import type { Any, Change, Reply } from "./deviating-server.ts";

/** Changes each whole chat completion. */
const answer =
  (change: (json: Any, reply: Reply) => void): Change =>
  (reply) => {
    if (reply.status === 200 && reply.json?.choices) change(reply.json, reply);
  };
const choice = (change: (choice: Any, reply: Reply) => void): Change =>
  answer((json, reply) => change(json.choices[0], reply));
const usage = (change: (usage: Any, reply: Reply) => void): Change =>
  answer((json, reply) => change(json.usage, reply));
/** Changes the chunks of each stream. */
const stream =
  (change: (chunks: Any[], reply: Reply) => Any[] | void): Change =>
  (reply) => {
    if (reply.chunks) reply.chunks = change(reply.chunks, reply) ?? reply.chunks;
  };
const eachChunk = (change: (chunk: Any, index: number, reply: Reply) => void): Change =>
  stream((chunks, reply) => {
    for (const [index, chunk] of chunks.entries()) change(chunk, index, reply);
  });
const text =
  (change: (text: string) => string): Change =>
  (reply) => {
    if (reply.chunks) reply.rewrite = change;
  };
/** Changes the first tool call of each whole answer that has one. */
const call = (change: (call: Any, choice: Any, reply: Reply) => void): Change =>
  choice((one, reply) => {
    if (one.message.tool_calls) change(one.message.tool_calls[0], one, reply);
  });
const error =
  (change: (error: Any, reply: Reply) => void): Change =>
  (reply) => {
    if (reply.status >= 400 && reply.json?.error) change(reply.json.error, reply);
  };
const models =
  (change: (list: Any) => void): Change =>
  (reply) => {
    if (reply.status === 200 && reply.path === "/v1/models") change(reply.json);
  };
const model =
  (change: (model: Any, reply: Reply) => void): Change =>
  (reply) => {
    if (reply.status === 200 && reply.path.startsWith("/v1/models/")) change(reply.json, reply);
  };
const accepts =
  (wrong: (asked: Any, reply: Reply) => boolean): Change =>
  (reply) => {
    if (reply.status !== 400 || !reply.asked || !wrong(reply.asked, reply)) return;
    reply.status = 200;
    reply.json = completion(reply.asked);
  };
const completion = (asked: Any) => ({
  id: "chatcmpl-1",
  object: "chat.completion",
  created: Math.floor(Date.now() / 1000),
  model: typeof asked?.model === "string" ? asked.model : "gpt-5.4",
  choices: [{ index: 0, message: { role: "assistant", content: "Yes." }, finish_reason: "stop" }],
  usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 },
});
const status =
  (from: number, to: number): Change =>
  (reply) => {
    if (reply.status === from) reply.status = to;
  };
const deltas = (chunks: Any[]) => chunks.filter((chunk) => chunk.choices[0]);
const hasCalls = (chunk: Any) => chunk.choices[0]?.delta.tool_calls;
const usageChunks = (chunks: Any[]) => chunks.filter((chunk) => chunk.choices.length === 0);

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
  "two choices of one index": answer((json) => json.choices.forEach((one: Any) => (one.index = 0))),
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
  "arguments that are no JSON": call((one) => (one.function.arguments = "{city: Oslo}")),
  "arguments that are not valid": call((one) => (one.function.arguments = '{"town":"Oslo"}')),
  "a call without ID": call((one) => delete one.id),
  "a call with an empty ID": call((one) => (one.id = "")),
  "two calls of one ID": choice(({ message }) =>
    message.tool_calls?.forEach((one: Any) => (one.id = "call_1")),
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
};

export const STREAMS: Record<string, Change> = {
  "JSON in place of a stream": (reply) => {
    if (!reply.chunks) return;
    reply.headers["content-type"] = "application/json";
    reply.json = completion(reply.asked);
    reply.chunks = undefined;
  },
  "a stream of another media type": (reply) => {
    if (reply.chunks) reply.headers["content-type"] = "application/json";
  },
  "no [DONE]": text((all) => all.replace("data: [DONE]\n\n", "")),
  "two [DONE]": text((all) => `${all}data: [DONE]\n\n`),
  "a chunk after [DONE]": text((all) => `${all}${all.split("\n\n")[0]}\n\n`),
  "DONE without brackets": text((all) => all.replace("[DONE]", "DONE")),
  "one line break between events": text((all) => all.replaceAll("\n\n", "\n")),
  "bare JSON": text((all) => all.replaceAll("data: {", "{")),
  "JSON that breaks off in an event": text((all) => all.replace(/(data: \{.{40}).*/, "$1")),
  "an error in the middle": text((all) => {
    const frames = all.split("\n\n");
    return [...frames.slice(0, 3), 'data: {"error":{"message":"upstream failed"}}', "data: [DONE]", ""].join(
      "\n\n",
    );
  }),
  "an error event": text((all) => all.replace("data: [DONE]", "event: error\ndata: {}\n\ndata: [DONE]")),
  "a cut before the end": stream((chunks, reply) => {
    reply.rewrite = (all) => all.slice(0, all.length / 2);
    return chunks;
  }),
  "a reset in the middle": stream((chunks, reply) => {
    reply.finally = "reset";
    return chunks.slice(0, 3);
  }),
  "a connection that stays open": (reply) => {
    if (reply.chunks) reply.finally = "hang";
  },
  "chunks without id": eachChunk((chunk) => delete chunk.id),
  "another id in each chunk": eachChunk((chunk, index) => (chunk.id = `task_${index}`)),
  "created that grows": eachChunk((chunk, index) => (chunk.created += index)),
  "another model in the middle": eachChunk((chunk, index) => (chunk.model += index > 1 ? "-b" : "")),
  "chunks of the whole kind": eachChunk((chunk) => (chunk.object = "chat.completion")),
  "created in milliseconds": eachChunk((chunk) => (chunk.created *= 1000)),
  "no choices": eachChunk((chunk) => delete chunk.choices),
  "choices without index": eachChunk((chunk) => delete chunk.choices[0]?.index),
  "message in place of delta": eachChunk(({ choices: [one] }) => {
    if (one) Object.assign(one, { message: one.delta, delta: undefined });
  }),
  "no role": eachChunk((chunk) => delete chunk.choices[0]?.delta.role),
  "another role": eachChunk(({ choices: [one] }) => {
    if (one?.delta.role) one.delta.role = "user";
  }),
  "no finish_reason": eachChunk(({ choices: [one] }) => {
    if (one) one.finish_reason = null;
  }),
  "an empty finish_reason until the end": eachChunk(({ choices: [one] }) => {
    if (one) one.finish_reason ??= "";
  }),
  "two finish_reasons": stream((chunks) =>
    chunks.flatMap((chunk) => (chunk.choices[0]?.finish_reason ? [chunk, chunk] : [chunk])),
  ),
  "text after the finish_reason": stream((chunks) =>
    chunks.flatMap((chunk) =>
      chunk.choices[0]?.finish_reason
        ? [chunk, { ...chunk, choices: [{ index: 0, delta: { content: "more" }, finish_reason: null }] }]
        : [chunk],
    ),
  ),
  "the text so far in each chunk": stream((chunks) => {
    let all = "";
    for (const chunk of deltas(chunks)) {
      if (chunk.choices[0].index > 0 || !chunk.choices[0].delta.content) continue;
      all += chunk.choices[0].delta.content;
      chunk.choices[0].delta.content = all;
    }
  }),
  "each chunk twice": stream((chunks) =>
    chunks.flatMap((chunk) => (chunk.choices[0]?.delta.content ? [chunk, chunk] : [chunk])),
  ),
  "a piece that is lost": stream((chunks) => chunks.filter((_, index) => index !== 14 || chunks.length < 30)),
  "pieces out of order": stream((chunks) =>
    chunks.length > 30 ? [...chunks.slice(0, 15), chunks[16], chunks[15], ...chunks.slice(17)] : chunks,
  ),
  "no usage although it was asked for": stream((chunks) =>
    chunks.filter((chunk) => chunk.choices.length > 0),
  ),
  "the usage beside the last choice": stream((chunks) => {
    const [own] = usageChunks(chunks);
    const rest = chunks.filter((chunk) => chunk.choices.length > 0);
    if (own) rest.at(-1).usage = own.usage;
    return rest;
  }),
  "a usage that does not add up": stream((chunks) =>
    usageChunks(chunks).forEach((chunk) => (chunk.usage.total_tokens += 5)),
  ),
  "delta content as parts": eachChunk(({ choices: [one] }) => {
    if (one?.delta.content) one.delta.content = [{ type: "text", text: one.delta.content }];
  }),
  "arguments as an object": eachChunk((chunk) => {
    const fn = hasCalls(chunk)?.[0].function;
    if (fn?.arguments === "") fn.arguments = {};
  }),
  "arguments that lose their end": stream((chunks) => {
    const last = chunks.filter(hasCalls).at(-1);
    return chunks.filter((chunk) => chunk !== last);
  }),
  "another call ID in each piece": eachChunk((chunk, index) => {
    for (const one of hasCalls(chunk) ?? []) one.id = `call_${index}`;
  }),
  "parallel calls under one index": eachChunk((chunk) => {
    for (const one of hasCalls(chunk) ?? []) one.index = 0;
  }),
  "stop in place of tool_calls": eachChunk(({ choices: [one] }) => {
    if (one?.finish_reason === "tool_calls") one.finish_reason = "stop";
  }),
  "one choice for n of 2": stream((chunks) => chunks.filter((chunk) => !chunk.choices[0]?.index)),
  "structured text that breaks off": stream((chunks, { asked }) => {
    if (!asked.response_format) return chunks;
    const last = chunks.filter((chunk) => chunk.choices[0]?.delta.content).at(-1);
    return chunks.filter((chunk) => chunk !== last);
  }),
  "a stream that is held back": (reply) => {
    if (!reply.chunks) return;
    const { chunks } = reply;
    reply.chunks = chunks;
    reply.rewrite = (all) => {
      const until = performance.now() + (chunks.length > 100 ? 200 : 0);
      while (performance.now() < until);
      return all;
    };
  },
  "an invalid request answered by a stream": (reply) => {
    if (reply.status !== 400 || reply.asked?.stream !== true) return;
    reply.status = 200;
    reply.headers["content-type"] = "text/event-stream";
    reply.text = `data: ${JSON.stringify(reply.json)}\n\ndata: [DONE]\n\n`;
  },
};

export const REFUSALS: Record<string, Change> = {
  "no token accepted": (reply) => {
    if (reply.status === 401 && reply.authorization === "")
      Object.assign(reply, { status: 200, json: completion({}) });
  },
  "403 for a wrong token": status(401, 403),
  "401 in another form": (reply) => {
    if (reply.status === 401) reply.json = { detail: "Not authenticated" };
  },
  "401 as a page": (reply) => {
    if (reply.status !== 401) return;
    reply.headers["content-type"] = "text/html";
    reply.text = "<h1>401</h1>";
  },
  "temperature 2.1 accepted": accepts(({ temperature }) => temperature > 2),
  "top_p 1.1 accepted": accepts(({ top_p }) => top_p > 1),
  "max_tokens 0 accepted": accepts(({ max_tokens }) => max_tokens === 0),
  "no messages accepted": accepts(({ messages }) => messages?.length === 0),
  "an unknown role accepted": accepts(({ messages }) => messages?.[0]?.role === "not one of these!"),
  "no model accepted": accepts((asked) => asked.model === undefined),
  "stream as text accepted": accepts(({ stream }) => stream === "text"),
  "422 in place of 400": status(400, 422),
  "500 in place of 400": status(400, 500),
  "an error as text": error((_, reply) => (reply.json.error = "something went wrong")),
  "an error without message": error((one) => delete one.message),
  "an empty message": error((one) => (one.message = "")),
  "a null error": error((_, reply) => (reply.json = { error: null, message: "success" })),
  "another field named": error((one) => {
    if (one.param) Object.assign(one, { param: "seed", message: "seed: is wrong" });
  }),
  "no field named": error((one) => {
    if (one.param) Object.assign(one, { param: null, message: "Bad request" });
  }),
  "broken JSON answered by 500": (reply) => {
    if (reply.status === 400 && reply.asked === undefined) reply.status = 500;
  },
  "an unknown path as a page": (reply) => {
    if (reply.status !== 404 || !reply.path.includes("no-such-path")) return;
    reply.headers["content-type"] = "text/html";
    reply.text = "<h1>Not found</h1>";
  },
  "an unknown path answered": (reply) => {
    if (reply.path.includes("no-such-path")) Object.assign(reply, { status: 200, json: {} });
  },
  "another method answered": (reply) => {
    if (reply.status === 405) Object.assign(reply, { status: 200, json: { object: "list", data: [] } });
  },
  "every chat fails": (reply) => {
    if (reply.json?.choices) Object.assign(reply, { status: 500, json: { error: { message: "boom" } } });
  },
};

export const MODELS: Record<string, Change> = {
  "another kind of list": models((list) => (list.object = "models")),
  "a bare list": (reply) => {
    if (reply.path === "/v1/models" && reply.status === 200) reply.json = reply.json.data;
  },
  "an empty list": models((list) => (list.data = [])),
  "a model listed twice": models((list) => list.data.push(list.data[0])),
  "a model without ID": models((list) => delete list.data[1].id),
  "models of another kind": models((list) => list.data.forEach((one: Any) => (one.object = "engine"))),
  "created in milliseconds": models((list) => list.data.forEach((one: Any) => (one.created *= 1000))),
  "created as text": models((list) => (list.data[0].created = "2026-01-01")),
  "a listed model that is not there": (reply) => {
    if (reply.path.endsWith("/gpt-5.4-nano"))
      Object.assign(reply, { status: 404, json: { error: { message: "no such model" } } });
  },
  "another owner there than in the list": model((one) => (one.owned_by = "nobody")),
  "another model than asked for": model((one) => (one.id = "gpt-5")),
  "a model in an envelope": model((_, reply) => (reply.json = { data: reply.json })),
  "an unknown model found": (reply) => {
    if (reply.status === 404 && reply.path.includes("/models/no-such"))
      Object.assign(reply, {
        status: 200,
        json: { id: "no-such-id-0000", object: "model", created: 1, owned_by: "x" },
      });
  },
  "an unknown model as an error under 200": (reply) => {
    if (reply.status === 404 && reply.path.includes("/models/no-such")) reply.status = 200;
  },
};

export const HARMLESS: Record<string, Change> = {
  nothing: () => {},
  "extra members everywhere": (reply) => {
    for (const one of [reply.json, ...(reply.chunks ?? [])]) {
      if (!one || Array.isArray(one)) continue;
      one.x_extra = { a: 1 };
      for (const item of one.choices ?? []) {
        item.provider = "x";
        Object.assign(item.message ?? item.delta, { extra: null });
      }
      if (one.usage) one.usage.cost = 0.1;
      if (one.error) one.error.request_id = "r";
    }
  },
  "nulls in place of what is optional": answer((json) => {
    Object.assign(json, { system_fingerprint: null, service_tier: null });
    Object.assign(json.choices[0], { logprobs: null });
    Object.assign(json.choices[0].message, {
      refusal: null,
      reasoning_content: null,
      function_call: null,
      audio: null,
    });
    json.choices[0].message.tool_calls ??= null;
    Object.assign(json.usage, { prompt_tokens_details: null, input_tokens: null, output_tokens: null });
  }),
  "nulls in deltas": eachChunk(({ choices: [one] }) => {
    if (!one) return;
    one.delta = { role: null, content: null, tool_calls: null, reasoning_content: null, ...one.delta };
  }),
  "IDs of another form": (reply) => {
    for (const one of [reply.json, ...(reply.chunks ?? [])])
      if (one?.id && one.choices) one.id = "0195b2c4-0c5e-7aaa-9c3d-0123456789ab";
  },
  CRLF: text((all) => all.replaceAll("\n", "\r\n")),
  comments: text((all) => `: keep-alive\n\n${all.replaceAll("data:", ": PING\n\ndata:")}`),
  "data without a space": text((all) => all.replaceAll("data: ", "data:")),
  "a byte order mark": text((all) => `\uFEFF${all}`),
  "no empty line at the end": text((all) => all.trimEnd()),
  "no headers beside the media type": (reply) => {
    reply.headers = { "content-type": reply.headers["content-type"] ?? "application/json" };
  },
  "other headers": (reply) => {
    Object.assign(reply.headers, {
      server: "cloudflare",
      "cf-ray": "1",
      "x-oneapi-request-id": "2",
      via: "1.1 x",
    });
  },
  "a charset": (reply) => {
    reply.headers["content-type"] += "; charset=utf-8";
  },
  "a pinned model": (reply) => {
    for (const one of [reply.json, ...(reply.chunks ?? [])])
      if (one?.choices) one.model = `openai/${one.model}-2026-03-05`;
  },
  "usage that nobody asked for": stream((chunks) => [
    ...chunks,
    ...(usageChunks(chunks).length > 0
      ? []
      : [{ ...chunks[0], choices: [], usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 } }]),
  ]),
  "usage in every chunk": stream((chunks) => {
    const [own] = usageChunks(chunks);
    for (const chunk of chunks) if (own) chunk.usage = own.usage;
  }),
  "a leading empty chunk": stream((chunks) => [
    { id: "", object: "", created: 0, model: "", choices: [], prompt_filter_results: [] },
    ...chunks,
  ]),
  "chunks without object": eachChunk((chunk) => delete chunk.object),
  "no system_fingerprint": (reply) => {
    for (const one of [reply.json, ...(reply.chunks ?? [])]) delete one?.system_fingerprint;
  },
  "no index in the pieces of a single tool call": stream((chunks) => {
    // Pieces of several calls that alternate would belong to nothing.
    const pieces = chunks.flatMap((chunk) => hasCalls(chunk) ?? []);
    if (pieces.every(({ index }) => index === 0)) for (const one of pieces) if (!one.id) delete one.index;
  }),
  "errors without param and code": error((one) => {
    delete one.param;
    delete one.code;
  }),
  "a numeric code": error((one) => (one.code = 400)),
  "a message beside the error": error((_, reply) => (reply.json.message = "failed")),
  "404 for another method": status(405, 404),
  "503 for an unknown model": (reply) => {
    if (reply.asked?.model?.startsWith?.("no-such"))
      Object.assign(reply, { status: 503, chunks: undefined, json: { error: { message: "no channel" } } });
  },
  "text and calls in one message": call((_, one) => (one.message.content = "Let me look.")),
  "a clock that is a minute off": (reply) => {
    for (const one of [reply.json, ...(reply.chunks ?? [])]) if (one?.choices) one.created -= 60;
  },
  "models with more members": models((list) =>
    list.data.forEach((one: Any) => Object.assign(one, { permission: [], root: one.id, parent: null })),
  ),
};
