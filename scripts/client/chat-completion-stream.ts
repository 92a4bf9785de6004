/** A chat completion that comes in chunks. */
import { CHAT_CHUNKS, contentOf, firstMessage } from "../openai/chunk.ts";
import { CompletionJoiner } from "../openai/join.ts";
import type { Emitter } from "./emitter.ts";
import { type Collector, Stream, type StreamEvents } from "./stream.ts";

/** The message of a completion's choice. */
export type MessageOf<Completion> = Completion extends { choices: { message: infer Message }[] }
  ? Message
  : unknown;

/** The events of a chat completion's stream, as the `openai` package has them. */
export interface ChatCompletionStreamEvents<Chunk, Completion> extends StreamEvents<Chunk, Completion> {
  /** Each piece of the first choice's text, and the text so far. */
  content: [delta: string, snapshot: string];
  /** The message of the first choice, once it is complete. */
  message: [message: MessageOf<Completion>];
  /** The same. */
  finalMessage: [message: MessageOf<Completion>];
  /** The text of the first choice, once it is complete. */
  finalContent: [content: string];
  /** The complete answer. */
  finalChatCompletion: [completion: Completion];
}

/**
 * The chunks of a chat completion. Beside iterating it, ask for the complete answer by `finalChatCompletion()`, or listen:
 * `stream.on("content", (delta) => …)`.
 */
export class ChatCompletionStream<Chunk, Completion> extends Stream<
  Chunk,
  Completion,
  ChatCompletionStreamEvents<Chunk, Completion>
> {
  static override readonly rules = CHAT_CHUNKS;

  /** The answer that the chunks so far add up to; undefined before the first one, or if nobody asked for the answer. */
  get currentChatCompletionSnapshot(): Completion | undefined {
    return this.snapshot;
  }

  /** The answer that a call without streaming returns. Reads the stream if nobody does. @throws {APIError} as iterating does */
  finalChatCompletion(): Promise<Completion> {
    return this.final();
  }

  /** The text of that answer's first choice; null where it has none, as when tools are called. */
  async finalContent(): Promise<string | null> {
    return contentOf(await this.final());
  }

  /** The message of that answer's first choice. */
  async finalMessage(): Promise<MessageOf<Completion>> {
    return firstMessage(await this.final()) as MessageOf<Completion>;
  }

  protected override collector(): Collector<Chunk, Completion> {
    return new CompletionJoiner() as Collector<Chunk, unknown> as Collector<Chunk, Completion>;
  }

  protected override chunkCame(
    chunk: Chunk,
    emitter: Emitter<ChatCompletionStreamEvents<Chunk, Completion>>,
  ): void {
    const delta = emitter.has("content") && contentOf(chunk);
    if (delta) emitter.emit("content", delta, contentOf(this.snapshot) ?? "");
  }

  protected override completed(
    completion: Completion,
    emitter: Emitter<ChatCompletionStreamEvents<Chunk, Completion>>,
  ): void {
    const message = firstMessage(completion) as MessageOf<Completion>;
    const content = contentOf(completion);
    if (message !== undefined) emitter.emit("message", message);
    emitter.emit("finalChatCompletion", completion);
    if (message !== undefined) emitter.emit("finalMessage", message);
    if (content !== null) emitter.emit("finalContent", content);
  }
}
