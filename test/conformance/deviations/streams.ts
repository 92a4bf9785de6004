/** Deviations of streams. */
import type { Change } from "../deviating-server.ts";
import { completion, deltas, eachChunk, hasCalls, stream, text, usageChunks } from "./changes.ts";

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
    usageChunks(chunks)?.forEach((chunk) => {
      chunk.usage.total_tokens += 5;
    }),
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
  "no media type": (reply) => {
    if (reply.chunks) delete reply.headers["content-type"];
  },
  "a list of chunks": (reply) => {
    if (!reply.chunks) return;
    reply.headers["content-type"] = "application/json";
    reply.text = JSON.stringify(reply.chunks);
  },
  "an empty stream": (reply) => {
    if (reply.chunks) reply.text = "";
  },
  "a stream that stalls": stream((chunks, reply) => {
    reply.finally = "hang";
    reply.rewrite = (all) => all.replace("data: [DONE]\n\n", "");
    return chunks.slice(0, 3);
  }),
  "chunks in texts": text((all) =>
    all.replaceAll(/data: (\{.*)/g, (_, json) => `data: ${JSON.stringify(json)}`),
  ),
  "data twice": text((all) => all.replaceAll("data: {", "data: data: {")),
  "[DONE] in quotes": text((all) => all.replace("[DONE]", '"[DONE]"')),
  "[DONE] as an event": text((all) => all.replace("data: [DONE]", "event: done\ndata: {}")),
  "[DONE] first": text((all) => `data: [DONE]\n\n${all}`),
  "an error as a field": text(
    (all) => `${all.split("\n\n").slice(0, 3).join("\n\n")}\n\nerror: {"message":"x"}\n\n`,
  ),
  "an error of another form": text((all) =>
    [...all.split("\n\n").slice(0, 3), 'data: {"code":500,"message":"failed"}', "data: [DONE]", ""].join(
      "\n\n",
    ),
  ),
  "an error in a chunk": eachChunk((chunk, index) => {
    if (index === 2) chunk.error = { message: "failed", code: 500 };
  }),
  "an empty id": eachChunk((chunk) => (chunk.id = "")),
  "created 0": eachChunk((chunk) => (chunk.created = 0)),
  "null choices": eachChunk((chunk) => (chunk.choices = null)),
  "an index from 1": eachChunk(({ choices }) => {
    for (const one of choices) one.index += 1;
  }),
  "no delta at the end": eachChunk(({ choices: [one] }) => {
    if (one?.finish_reason) delete one.delta;
  }),
  "text in place of delta": eachChunk(({ choices: [one] }) => {
    if (one) Object.assign(one, { text: one.delta.content ?? "", delta: {} });
  }),
  "a role that comes late": stream((chunks) => {
    for (const chunk of deltas(chunks)) delete chunk.choices[0].delta.role;
    deltas(chunks).at(-1).choices[0].delta.role = "assistant";
  }),
  "a reason in each chunk": eachChunk(({ choices: [one] }) => {
    if (one) one.finish_reason = "stop";
  }),
  "a first piece that is lost": stream((chunks) => {
    const first = chunks.find((chunk) => chunk.choices[0]?.delta.content);
    return chunks.filter((chunk) => chunk !== first);
  }),
  "pieces without their spaces": eachChunk(({ choices: [one] }) => {
    if (one?.delta.content) one.delta.content = one.delta.content.trim();
  }),
  "text in another encoding": eachChunk(({ choices: [one] }) => {
    if (one?.delta.content) one.delta.content = Buffer.from(one.delta.content).toString("latin1");
  }),
  "the usage first": stream((chunks) => [...usageChunks(chunks), ...deltas(chunks)]),
  "a usage without choices": stream((chunks) =>
    usageChunks(chunks).forEach((chunk) => {
      delete chunk.choices;
    }),
  ),
  "a null usage at the end": stream((chunks) =>
    usageChunks(chunks).forEach((chunk) => {
      chunk.usage = null;
    }),
  ),
  "arguments so far in each piece": stream((chunks) => {
    const all: Record<number, string> = {};
    for (const piece of chunks.flatMap((chunk) => hasCalls(chunk) ?? [])) {
      all[piece.index] = (all[piece.index] ?? "") + piece.function.arguments;
      piece.function.arguments = all[piece.index];
    }
  }),
  "a name in each piece": stream((chunks) => {
    const names: Record<number, string> = {};
    for (const piece of chunks.flatMap((chunk) => hasCalls(chunk) ?? [])) {
      names[piece.index] ??= piece.function.name;
      piece.function.name = names[piece.index];
    }
  }),
  "a call without ID": eachChunk((chunk) => {
    for (const one of hasCalls(chunk) ?? []) delete one.id;
  }),
  "a call with an empty ID": eachChunk((chunk) => {
    for (const one of hasCalls(chunk) ?? []) one.id = "";
  }),
  "one ID for all calls": eachChunk((chunk) => {
    for (const one of hasCalls(chunk) ?? []) if (one.id) one.id = "call_1";
  }),
  "a call without name": eachChunk((chunk) => {
    for (const one of hasCalls(chunk) ?? []) delete one.function.name;
  }),
  "an index as text": eachChunk((chunk) => {
    for (const one of hasCalls(chunk) ?? []) one.index = String(one.index);
  }),
  "two choices in one": stream((chunks, { asked }) => {
    if (asked.n === 2) for (const chunk of deltas(chunks)) chunk.choices[0].index = 0;
  }),
  "a second choice without end": stream((chunks, { asked }) => {
    if (asked.n === 2)
      for (const chunk of deltas(chunks))
        if (chunk.choices[0].index === 1) chunk.choices[0].finish_reason = null;
  }),
};
