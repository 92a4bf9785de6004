import { describe, expect, it } from "vitest";
import type { Example, Response } from "../../scripts/document/model.ts";
import { deref, operations } from "../../scripts/document/operations.ts";
import { at } from "../../scripts/shared/pointer.ts";
import { contract, validator } from "./validator.ts";

/** The examples that the contract promises, and the streams derived from them. */
const responses = [...operations(contract)].flatMap(({ operation }) =>
  Object.entries(operation.responses ?? {}).map(([status, response]) => ({
    operation: operation.operationId ?? "",
    status,
    content: deref<Response>(contract, response).content ?? {},
  })),
);

const examples = (operation: string, status: string, type = "application/json") => {
  const found = responses.find((response) => response.operation === operation && response.status === status);
  return (found?.content[type]?.examples ?? {}) as Record<string, Example>;
};

describe("The examples of the contract", () => {
  it("cover every kind of chat completion", () => {
    expect(Object.keys(examples("createChatCompletion", "200")).sort()).toEqual(
      [
        ["plain", "reasoning", "hidden_reasoning", "long", "refusal", "length", "content_filter"],
        ["tool_call", "named_tool_call", "parallel_tool_calls", "tool_result"],
        ["json_schema", "json_object"],
      ]
        .flat()
        .sort(),
    );
  });

  it("list every model of the reference page", () => {
    const { catalogue } = examples("listModels", "200");
    const ids = (catalogue!.value as { data: { id: string }[] }).data.map(({ id }) => id);
    expect(ids).toEqual(at(contract, "/components/schemas/ModelId/anyOf/0/enum"));
  });

  it.each(responses.filter(({ status }) => !status.startsWith("2")))(
    "have all four members of an error: $operation $status",
    ({ operation, status }) => {
      const found = Object.values(examples(operation, status));
      expect(found.length).toBeGreaterThan(0);
      for (const { value, summary, description } of found) {
        expect(Object.keys((value as { error: object }).error)).toEqual(["message", "type", "param", "code"]);
        expect(summary).toBeTruthy();
        expect(description).toBeTruthy();
      }
    },
  );
});

describe("The stream of an example", () => {
  const chunkProblems = validator("ChatCompletionChunk");
  const streams = examples("createChatCompletion", "200", "text/event-stream");

  it.each(Object.entries(examples("createChatCompletion", "200")))(
    "joins to the answer %s",
    (name, { value }) => {
      const frames = (streams[name]!.value as string).split("\n\n");
      expect(frames.splice(-2)).toEqual(["data: [DONE]", ""]);
      const chunks = frames.map((frame) => JSON.parse(frame.replace(/^data: /, "")));
      for (const chunk of chunks) expect(chunkProblems(chunk)).toEqual([]);

      const deltas = chunks.map(({ choices }) => choices[0].delta);
      const joined = (member: string) => deltas.map((delta) => delta[member] ?? "").join("");
      const { message, finish_reason } = (
        value as never as { choices: { message: never; finish_reason: string }[] }
      ).choices[0]!;
      const expected = message as Record<string, string | null | undefined> & { tool_calls?: object[] };
      for (const member of ["content", "reasoning_content", "refusal"])
        expect(joined(member)).toBe(expected[member] ?? "");
      const calls: Record<string, string>[] = [];
      for (const { index, id, type, function: part } of deltas.flatMap((delta) => delta.tool_calls ?? [])) {
        calls[index] ??= { id, type, name: part.name, arguments: "" };
        calls[index]["arguments"] += part.arguments;
      }
      expect(calls.map(({ id, type, ...part }) => ({ id, type, function: part }))).toEqual(
        expected.tool_calls ?? [],
      );
      expect(chunks.map(({ choices }) => choices[0].finish_reason)).toEqual([
        ...Array(chunks.length - 1).fill(null),
        finish_reason,
      ]);
    },
  );
});
