/** The kinds of change that deviations are made of. */
import type { Any, Change, Reply } from "../deviating-server.ts";

/** Changes each whole chat completion. */
export const answer =
  (change: (json: Any, reply: Reply) => void): Change =>
  (reply) => {
    if (reply.status === 200 && reply.json?.choices) change(reply.json, reply);
  };
export const choice = (change: (choice: Any, reply: Reply) => void): Change =>
  answer((json, reply) => change(json.choices[0], reply));
/** The completion of an answer, or the chunks of its stream. */
export const completions = (reply: Reply): Any[] =>
  [reply.json, ...(reply.chunks ?? [])].filter((one) => one?.choices);
export const usage = (change: (usage: Any, reply: Reply) => void): Change =>
  answer((json, reply) => change(json.usage, reply));
/** Changes the chunks of each stream: in place, or to those that are returned. */
export const stream =
  (change: (chunks: Any[], reply: Reply) => Any): Change =>
  (reply) => {
    if (!reply.chunks) return;
    const changed: unknown = change(reply.chunks, reply);
    if (Array.isArray(changed)) reply.chunks = changed;
  };
export const eachChunk = (change: (chunk: Any, index: number, reply: Reply) => void): Change =>
  stream((chunks, reply) => {
    for (const [index, chunk] of chunks.entries()) change(chunk, index, reply);
  });
export const text =
  (change: (text: string) => string): Change =>
  (reply) => {
    if (reply.chunks) reply.rewrite = change;
  };
/** Changes the first tool call of each whole answer that has one. */
export const call = (change: (call: Any, choice: Any, reply: Reply) => void): Change =>
  choice((one, reply) => {
    if (one.message.tool_calls) change(one.message.tool_calls[0], one, reply);
  });
export const error =
  (change: (error: Any, reply: Reply) => void): Change =>
  (reply) => {
    if (reply.status >= 400 && reply.json?.error) change(reply.json.error, reply);
  };
export const models =
  (change: (list: Any) => void): Change =>
  (reply) => {
    if (reply.status === 200 && reply.path === "/v1/models") change(reply.json);
  };
export const model =
  (change: (model: Any, reply: Reply) => void): Change =>
  (reply) => {
    if (reply.status === 200 && reply.path.startsWith("/v1/models/")) change(reply.json, reply);
  };
export const accepts =
  (wrong: (asked: Any, reply: Reply) => boolean): Change =>
  (reply) => {
    if (reply.status !== 400 || !reply.asked || !wrong(reply.asked, reply)) return;
    reply.status = 200;
    reply.json = completion(reply.asked);
  };
/** Refuses requests that the contract allows. */
export const refuses =
  (which: (asked: Any) => unknown): Change =>
  (reply) => {
    if (reply.status !== 200 || !reply.asked || !which(reply.asked)) return;
    Object.assign(reply, { status: 400, chunks: undefined, json: { error: { message: "not supported" } } });
    reply.headers["content-type"] = "application/json";
  };
export const completion = (asked: Any) => ({
  id: "chatcmpl-1",
  object: "chat.completion",
  created: Math.floor(Date.now() / 1000),
  model: typeof asked?.model === "string" ? asked.model : "gpt-5.4",
  choices: [{ index: 0, message: { role: "assistant", content: "Yes." }, finish_reason: "stop" }],
  usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 },
});
export const status =
  (from: number, to: number): Change =>
  (reply) => {
    if (reply.status === from) reply.status = to;
  };
export const deltas = (chunks: Any[]) => chunks.filter((chunk) => chunk.choices[0]);
export const hasCalls = (chunk: Any) => chunk.choices[0]?.delta.tool_calls;
export const usageChunks = (chunks: Any[]) => chunks.filter((chunk) => chunk.choices.length === 0);
