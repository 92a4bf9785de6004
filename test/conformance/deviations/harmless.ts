/** Variations that the contract allows. */
import type { Any, Change } from "../deviating-server.ts";
import {
  answer,
  call,
  choice,
  completions,
  eachChunk,
  error,
  hasCalls,
  models,
  status,
  stream,
  text,
  usage,
  usageChunks,
} from "./changes.ts";

/** Of everything: answers, streams, refusals and models. */
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
  "IDs of another form": (reply) => {
    for (const one of [reply.json, ...(reply.chunks ?? [])])
      if (one?.id && one.choices) one.id = "0195b2c4-0c5e-7aaa-9c3d-0123456789ab";
  },
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
  "no system_fingerprint": (reply) => {
    for (const one of [reply.json, ...(reply.chunks ?? [])]) delete one?.system_fingerprint;
  },
  "a clock that is a minute off": (reply) => {
    for (const one of [reply.json, ...(reply.chunks ?? [])]) if (one?.choices) one.created -= 60;
  },
  "the members of OpenRouter": (reply) => {
    for (const one of completions(reply)) {
      one.provider = "OpenAI";
      for (const item of one.choices) {
        item.native_finish_reason = "stop";
        (item.message ?? item.delta).reasoning = null;
      }
      if (one.usage) Object.assign(one.usage, { cost: 0.01, is_byok: false, cost_details: {} });
    }
    if (reply.chunks) reply.rewrite = (all) => `: OPENROUTER PROCESSING\n\n${all}`;
  },
  "the nulls and members of vLLM": (reply) => {
    for (const one of completions(reply)) {
      Object.assign(one, { prompt_logprobs: null, kv_transfer_params: null, service_tier: null });
      for (const item of one.choices) Object.assign(item, { stop_reason: null, token_ids: null });
      if (one.usage) one.usage.prompt_tokens_details = null;
    }
  },
  "the members of Groq": (reply) => {
    for (const one of completions(reply)) {
      Object.assign(one, { x_groq: { id: "req_1" }, service_tier: "on_demand" });
      if (one.usage) Object.assign(one.usage, { queue_time: 0.05, total_time: 0.25 });
    }
  },
  "the filters of Azure": (reply) => {
    for (const one of completions(reply))
      for (const item of one.choices) item.content_filter_results = { hate: { filtered: false } };
  },
  "the sources of Perplexity": (reply) => {
    for (const one of completions(reply)) {
      Object.assign(one, {
        citations: ["https://example.com"],
        search_results: [{ title: "x", date: null }],
      });
      for (const item of one.choices) if (item.delta) item.message = { role: "assistant", content: "so far" };
    }
  },
  "the names of Gemini and Mistral": (reply) => {
    for (const one of completions(reply))
      Object.assign(one, { model: `models/${one.model}`, id: "cmpl-e5cc70bb28c444948073e77776eb30ef" });
  },
  "a relay that fills in one of two names": (reply) => {
    for (const { usage } of completions(reply))
      if (usage) Object.assign(usage, { input_tokens: 0, output_tokens: 0, input_tokens_details: null });
  },
  "the headers of clouds": (reply) => {
    Object.assign(reply.headers, {
      "openai-processing-ms": "5",
      "strict-transport-security": "max-age=1",
      "x-ratelimit-limit-tokens": "-1",
      "x-ratelimit-reset-tokens": "15ms",
      "set-cookie": "__cf=1",
    });
  },
};

export const HARMLESS_STREAMS: Record<string, Change> = {
  "nulls in deltas": eachChunk(({ choices: [one] }) => {
    if (!one) return;
    one.delta = { role: null, content: null, tool_calls: null, reasoning_content: null, ...one.delta };
  }),
  CRLF: text((all) => all.replaceAll("\n", "\r\n")),
  comments: text((all) => `: keep-alive\n\n${all.replaceAll("data:", ": PING\n\ndata:")}`),
  "data without a space": text((all) => all.replaceAll("data: ", "data:")),
  "a byte order mark": text((all) => `\uFEFF${all}`),
  "no empty line at the end": text((all) => all.trimEnd()),
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
  "no index in the pieces of a single tool call": stream((chunks) => {
    // Pieces of several calls that alternate would belong to nothing.
    const pieces = chunks.flatMap((chunk) => hasCalls(chunk) ?? []);
    if (pieces.every(({ index }) => index === 0)) for (const one of pieces) if (!one.id) delete one.index;
  }),
  "the role in each chunk": eachChunk(({ choices: [one] }) => {
    if (one) one.delta = { role: "assistant", content: "", ...one.delta };
  }),
  "no content beside the role": eachChunk(({ choices: [one] }) => {
    if (one?.delta.role) delete one.delta.content;
  }),
  "text beside the reason": stream((chunks, { asked }) => {
    const last = chunks.filter((chunk) => chunk.choices[0]?.delta.content).at(-1);
    const end = chunks.find((chunk) => chunk.choices[0]?.finish_reason);
    if (!last || asked.n) return chunks;
    end.choices[0].delta = last.choices[0].delta;
    return chunks.filter((chunk) => chunk !== last);
  }),
  "a filter's chunk that says nothing": stream((chunks) => [
    ...chunks.slice(0, 3),
    {
      id: "",
      object: "",
      created: 0,
      model: "",
      choices: [{ index: 0, delta: {}, finish_reason: null, content_filter_offsets: {} }],
    },
    ...chunks.slice(3),
  ]),
  "whole calls in one chunk": stream((chunks) => {
    const pieces = chunks.filter(hasCalls);
    const calls: Any[] = [];
    for (const piece of pieces.flatMap(hasCalls)) {
      calls[piece.index] ??= { ...piece, function: { ...piece.function, arguments: "" } };
      calls[piece.index].function.arguments += piece.function.arguments;
    }
    if (pieces[0]) pieces[0].choices[0].delta.tool_calls = calls;
    return chunks.filter((chunk) => !pieces.slice(1).includes(chunk));
  }),
  "an ID in each piece of a call": stream((chunks) => {
    const ids: Record<number, string> = {};
    for (const piece of chunks.flatMap((chunk) => hasCalls(chunk) ?? [])) {
      ids[piece.index] ??= piece.id;
      piece.id = ids[piece.index];
    }
  }),
  "an empty ID and name in later pieces of a call": eachChunk((chunk) => {
    for (const piece of hasCalls(chunk) ?? [])
      if (!piece.id) Object.assign(piece, { id: "", function: { name: "", ...piece.function } });
  }),
  "events with names, numbers and times": text((all) =>
    all.replaceAll("data: {", "id: 5\nevent: message\nretry: 3000\ndata: {"),
  ),
};

export const HARMLESS_ANSWERS: Record<string, Change> = {
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
  "text and calls in one message": call((_, one) => (one.message.content = "Let me look.")),
  "an empty list of calls": choice(({ message }) => (message.tool_calls ??= [])),
  "stop after a call that was named": call((_, one, { asked }) => {
    if (asked.tool_choice?.function) one.finish_reason = "stop";
  }),
  "reasoning that max_tokens does not count": usage((one) => {
    Object.assign(one, { completion_tokens_details: { reasoning_tokens: 200 }, output_tokens: null });
    one.completion_tokens += 200;
    one.total_tokens += 200;
  }),
  "reasoning beside the text": choice(({ message }) => {
    Object.assign(message, { reasoning_content: "Hm.", reasoning_details: [{ type: "reasoning.text" }] });
  }),
  "JSON with spaces": choice((one, { asked }) => {
    if (asked.response_format)
      one.message.content = `\n${JSON.stringify(JSON.parse(one.message.content), null, 2)}\n`;
  }),
  "line breaks before the answer, which keep the connection open": answer((json, reply) => {
    reply.text = `\n\n\n${JSON.stringify(json)}`;
  }),
};

export const HARMLESS_REFUSALS: Record<string, Change> = {
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
  "nulls beside the message": error((one) => Object.assign(one, { type: null, code: null, param: null })),
  "more members beside the message": error((one, reply) => {
    Object.assign(one, { metadata: { provider_name: "x" }, innererror: {} });
    reply.json.request_id = "r";
  }),
};

export const HARMLESS_MODELS: Record<string, Change> = {
  "models with more members": models((list) =>
    list.data.forEach((one: Any) => {
      Object.assign(one, { permission: [], root: one.id, parent: null });
    }),
  ),
  "a list with pages": models((list) =>
    Object.assign(list, { has_more: false, first_id: "a", success: true }),
  ),
  "models with an ID alone": models((list) => (list.data = list.data.map(({ id }: Any) => ({ id })))),
};
