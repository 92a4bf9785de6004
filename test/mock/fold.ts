/** What a client has of a stream once it has put its chunks together, and of the same answer whole. */
import type { Json } from "../../scripts/shared/json.ts";
import { validator } from "../openapi/validator.ts";

interface Call {
  index: number;
  type?: string;
  function?: { name?: string; arguments?: string };
  custom?: { name?: string; input?: string };
}

interface Message {
  content?: string | null;
  reasoning_content?: string | null;
  refusal?: string | null;
  tool_calls?: Omit<Call, "index">[];
}

interface Choice {
  index: number;
  finish_reason: string | null;
  message?: Message;
  delta?: Message & { tool_calls?: Call[] };
}

export interface ChatChunk {
  choices: Choice[];
  usage?: Json;
  model?: string;
}

const asChunk = validator("ChatCompletionChunk");

/** Joins chunks, each of which must be one by the contract. */
export function fold(chunks: ChatChunk[]) {
  const choices = new Map<number, ReturnType<typeof empty>>();
  let usage: Json | undefined;
  for (const chunk of chunks) {
    const problems = asChunk(chunk);
    if (problems.length > 0) throw new Error(`Not a chunk: ${JSON.stringify(chunk)} ${problems.join("; ")}`);
    usage = chunk.usage ?? usage;
    for (const { index, delta = {}, finish_reason } of chunk.choices) {
      const choice = choices.get(index) ?? empty();
      choices.set(index, choice);
      choice.text += delta.content ?? "";
      choice.reasoning += delta.reasoning_content ?? "";
      choice.refusal += delta.refusal ?? "";
      choice.finish = finish_reason ?? choice.finish;
      for (const call of delta.tool_calls ?? []) {
        const joined = choice.calls[call.index] ?? { name: "", input: "" };
        choice.calls[call.index] = joined;
        joined.name += call.function?.name ?? call.custom?.name ?? "";
        joined.input += call.function?.arguments ?? call.custom?.input ?? "";
      }
    }
  }
  return { choices: [...choices.values()], usage };
}

fold.ofAnswer = (answer: Json) => {
  const { choices, usage } = answer as unknown as ChatChunk;
  return {
    choices: choices.map(({ message = {}, finish_reason }) => ({
      ...empty(),
      text: message.content ?? "",
      reasoning: message.reasoning_content ?? "",
      refusal: message.refusal ?? "",
      finish: finish_reason,
      calls: (message.tool_calls ?? []).map((call) => ({
        name: call.function?.name ?? call.custom?.name ?? "",
        input: call.function?.arguments ?? call.custom?.input ?? "",
      })),
    })),
    usage,
  };
};

function empty() {
  return {
    text: "",
    reasoning: "",
    refusal: "",
    finish: null as string | null,
    calls: [] as { name: string; input: string }[],
  };
}
