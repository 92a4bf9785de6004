/** The examples that the contract promises, and the streams derived from them. */
import assert from "node:assert/strict";
import { checkCompletion } from "../../../scripts/conformance/checks/completion.ts";
import { Findings } from "../../../scripts/conformance/findings.ts";
import type { Document, Example, RequestBody, Response } from "../../../scripts/document/model.ts";
import { deref, operations } from "../../../scripts/document/operations.ts";
import type { Json, Members } from "../../../scripts/shared/json.ts";
import { at } from "../../../scripts/shared/pointer.ts";
import { type Checks, validator } from "./check.ts";

const responses = (contract: Document) =>
  [...operations(contract)].flatMap(({ operation }) =>
    Object.entries(operation.responses ?? {}).map(([status, response]) => ({
      operation: operation.operationId ?? "",
      status,
      content: deref<Response>(contract, response).content ?? {},
    })),
  );

type Examples = Record<string, Example>;

function examples(contract: Document, operation: string, status: string, type = "application/json") {
  const found = responses(contract).find((one) => one.operation === operation && one.status === status);
  return (found?.content[type]?.examples ?? {}) as Examples;
}

/** The request examples of an operation, by name. */
function requestExamples(contract: Document, operationId: string): Record<string, Members> {
  const entry = [...operations(contract)].find(({ operation }) => operation.operationId === operationId);
  const body = deref<RequestBody>(contract, entry?.operation.requestBody ?? { content: {} });
  const named = Object.entries((body.content?.["application/json"]?.examples ?? {}) as Examples);
  return Object.fromEntries(named.map(([name, { value }]) => [name, value as Members]));
}

/** The day that the examples take for today. */
const NOW = Date.UTC(2025, 10, 23, 12, 13);

const KINDS = [
  ...["plain", "reasoning", "hidden_reasoning", "long", "refusal", "length", "content_filter"],
  ...["tool_call", "named_tool_call", "parallel_tool_calls", "tool_result", "json_schema", "json_object"],
];

export const exampleChecks: Checks = {
  "has an example of every kind of chat completion": (contract) =>
    assert.deepEqual(Object.keys(examples(contract, "createChatCompletion", "200")).sort(), KINDS.toSorted()),

  "has chat completions that are right in all that conformance asks of the API's own": (contract) => {
    const requests = requestExamples(contract, "createChatCompletion");
    for (const [name, { value }] of Object.entries(examples(contract, "createChatCompletion", "200"))) {
      const found = new Findings();
      const request = requests[name] ?? requestFor(name, value as never);
      checkCompletion(value as Json, { request, now: NOW, streamed: false }, found);
      assert.deepEqual(found.list, [], name);
    }
  },

  "has requests whose results of tools answer calls": (contract) => {
    for (const [name, { messages }] of Object.entries(requestExamples(contract, "createChatCompletion"))) {
      const calls = (messages as Members[]).flatMap(({ tool_calls }) => (tool_calls ?? []) as Members[]);
      const results = (messages as Members[]).flatMap(({ tool_call_id }) => tool_call_id ?? []);
      assert.deepEqual(
        results,
        calls.map(({ id }) => id),
        name,
      );
    }
  },

  "has an example that lists every model of the reference page": (contract) => {
    const { catalogue } = examples(contract, "listModels", "200");
    const list = catalogue?.value as { data: { id: string }[] } | undefined;
    const ids = list?.data.map(({ id }) => id);
    assert.deepEqual(ids, at(contract, "/components/schemas/ModelId/anyOf/0/enum"));
  },

  "has examples of each error, with all four members of an error": (contract) => {
    for (const { operation, status } of responses(contract)) {
      if (status.startsWith("2")) continue;
      const found = Object.values(examples(contract, operation, status));
      assert.ok(found.length > 0, `${operation} ${status}`);
      for (const { value, summary, description } of found) {
        const members = Object.keys((value as { error: object }).error);
        assert.deepEqual(members, ["message", "type", "param", "code"]);
        assert.ok(summary && description, `${operation} ${status}`);
      }
    }
  },

  "has a stream for each example of a chat completion, whose chunks join to it": (contract) => {
    const streams = examples(contract, "createChatCompletion", "200", "text/event-stream");
    for (const [name, { value }] of Object.entries(examples(contract, "createChatCompletion", "200")))
      joins(contract, String(streams[name]?.value), value as never);
  },
};

/** A request for an answer that no request example has the name of. */
function requestFor(name: string, { choices }: Answer): Members {
  if (name === "json_object") return { response_format: { type: "json_object" } };
  const calls = choices.flatMap(({ message }) => (message["tool_calls"] ?? []) as Members[]);
  return { tools: calls.map(({ function: called }) => ({ type: "function", function: called ?? null })) };
}

interface Answer {
  choices: { message: Record<string, unknown>; finish_reason: string }[];
}

/** The chunks of a stream are valid, and join to the answer. */
function joins(contract: Document, stream: string, answer: Answer): void {
  const frames = stream.split("\n\n");
  assert.deepEqual(frames.splice(-2), ["data: [DONE]", ""]);
  const chunks = frames.map((frame) => JSON.parse(frame.replace(/^data: /, "")));
  for (const chunk of chunks) assert.deepEqual(validator(contract, "ChatCompletionChunk")(chunk), []);
  const deltas = chunks.map(({ choices }) => choices[0].delta);
  const joined = (member: string) => deltas.map((delta) => delta[member] ?? "").join("");
  const [choice] = answer.choices;
  assert.ok(choice);
  for (const member of ["content", "reasoning_content", "refusal"])
    assert.equal(joined(member), choice.message[member] ?? "");
  const calls: Record<string, string>[] = [];
  for (const { index, id, type, function: part } of deltas.flatMap((delta) => delta.tool_calls ?? [])) {
    calls[index] ??= { id, type, name: part.name, arguments: "" };
    calls[index]["arguments"] += part.arguments;
  }
  assert.deepEqual(
    calls.map(({ id, type, ...part }) => ({ id, type, function: part })),
    choice.message["tool_calls"] ?? [],
  );
  assert.deepEqual(
    chunks.map(({ choices }) => choices[0].finish_reason),
    [...Array(chunks.length - 1).fill(null), choice.finish_reason],
  );
}
