/** Variations that the contract allows. */
import type { Any, Change } from "../deviating-server.ts";
import {
  answer,
  call,
  eachChunk,
  error,
  hasCalls,
  models,
  status,
  stream,
  text,
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
};

export const HARMLESS_MODELS: Record<string, Change> = {
  "models with more members": models((list) =>
    list.data.forEach((one: Any) => {
      Object.assign(one, { permission: [], root: one.id, parent: null });
    }),
  ),
};
