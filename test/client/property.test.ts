import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ChatCompletion,
  type ChatCompletionChunk,
  ChatCompletionStream,
} from "../../generated/client.ts";
import { ChunkReader } from "../../scripts/client/chunk-reader.ts";
import { Deadline } from "../../scripts/client/deadline.ts";
import { reporter } from "../../scripts/client/errors.ts";
import { toEventStream } from "../../scripts/openai/frames.ts";
import { completionToChunks } from "../../scripts/openai/split.ts";
import type { Json } from "../../scripts/shared/json.ts";

/** However an answer is cut into chunks, events and reads, the client puts the same answer together again. */
const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 });
const call = fc.record({
  id: fc.uuid(),
  type: fc.constant("function"),
  function: fc.record({
    name: fc.constantFrom("one", "two"),
    arguments: fc.jsonValue().map((value) => JSON.stringify(value)),
  }),
});
const message = fc.oneof(
  fc.record({ role: fc.constant("assistant"), content: text }),
  fc.record({ role: fc.constant("assistant"), reasoning_content: text, content: text }),
  fc.record({
    role: fc.constant("assistant"),
    content: fc.constant(null),
    tool_calls: fc.uniqueArray(call, { minLength: 1, maxLength: 3, selector: ({ id }) => id }),
  }),
);
const completion = fc.array(message, { minLength: 1, maxLength: 3 }).map((messages) => ({
  id: "c",
  object: "chat.completion",
  created: 1,
  model: "m",
  choices: messages.map((said, index) => ({
    index,
    message: said,
    finish_reason: "tool_calls" in said ? "tool_calls" : "stop",
  })),
  usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
}));

/** Cuts bytes into reads of these lengths, again and again. */
function reads(bytes: Uint8Array, lengths: number[]): ReadableStream<Uint8Array> {
  let at = 0;
  let turn = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      const length = lengths[turn++ % lengths.length] ?? 1;
      controller.enqueue(bytes.slice(at, at + length));
      at += length;
    },
  });
}

describe("any cutting of any stream", () => {
  it("adds up to the same answer", async () => {
    await fc.assert(
      fc.asyncProperty(
        completion,
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom("\n", "\r\n", "\r"),
        async (answer, lengths, newline) => {
          const events = toEventStream(completionToChunks(answer as unknown as Json, { includeUsage: true }));
          const bytes = new TextEncoder().encode(events.replaceAll("\n", newline));
          const deadline = new Deadline(5000);
          const response = new Response(reads(bytes, lengths));
          const source = new ChunkReader<ChatCompletionChunk>({
            response,
            deadline,
            rules: ChatCompletionStream.rules,
            finish: ["choices", "finish_reason"],
            requireFinish: true,
            limit: 1e6,
            report: reporter(response, (said) => said),
          });
          const stream = new ChatCompletionStream<ChatCompletionChunk, ChatCompletion>(
            source,
            deadline.controller,
          );
          const { choices, usage, ...rest } = await stream.finalChatCompletion();
          expect({ ...rest, usage }).toEqual({
            id: "c",
            object: "chat.completion",
            created: 1,
            model: "m",
            usage: answer.usage,
          });
          // A message that had no text begins with an empty one.
          const plain = choices.map((choice) => ({ ...choice, message: { content: "", ...choice.message } }));
          expect(plain).toEqual(answer.choices);
        },
      ),
      { numRuns: 300 },
    );
  });
});
