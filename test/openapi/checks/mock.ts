/** What the mock answers by the contract's examples: which one, and what it takes from the request. */
import assert from "node:assert/strict";
import type { Document } from "../../../scripts/document/model.ts";
import { startMock } from "../../../scripts/mock/index.ts";
import type { Checks } from "./check.ts";

interface Exchange {
  path: string;
  body?: object;
  status?: number;
  /** A part of the answer. */
  answer: object;
}

const tool = (name: string, value: string) => ({
  type: "function",
  function: {
    name,
    parameters: { type: "object", properties: { at: { const: value } }, required: ["at"] },
  },
});
const tools = [tool("get_weather", "Oslo"), tool("get_time", "UTC")];
const called = (name: string, value: string) => ({
  function: { name, arguments: JSON.stringify({ at: value }) },
});
const messages = [{ role: "user", content: "Hello" }];
const chat = (extra: object, message: object, finish_reason = "stop"): Exchange => {
  const model = "gpt-5.4-mini";
  return {
    path: "/v1/chat/completions",
    body: { model, messages, ...extra },
    answer: { model: "model" in extra ? extra.model : model, choices: [{ message, finish_reason }] },
  };
};
const call = { id: "call_1", ...called("get_weather", "Oslo"), type: "function" };
const result = { role: "tool", tool_call_id: "call_1", content: "18 degrees" };
const afterCall = [...messages, { role: "assistant", tool_calls: [call] }, result];
const schema = { type: "object", properties: { name: { const: "Ada" } }, required: ["name"] };

const EXCHANGES: Record<string, Exchange> = {
  "echoes a text": chat({}, { content: "This is the mock of gpt-5.4-mini. You said: Hello" }),
  "echoes the first part of a message": chat(
    { messages: [{ role: "user", content: [{ type: "text", text: "Hi" }] }] },
    { content: "This is the mock of gpt-5.4-mini. You said: Hi" },
  ),
  "says what it answers where there is no text": chat(
    { messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "a" } }] }] },
    { content: "This is the mock of gpt-5.4-mini. It answers text." },
  ),
  "calls the first tool, with arguments by its schema": chat(
    { tools },
    { tool_calls: [called("get_weather", "Oslo")] },
    "tool_calls",
  ),
  "calls the tool that is named": chat(
    { tools, tool_choice: { type: "function", function: { name: "get_time" } } },
    { tool_calls: [called("get_time", "UTC")] },
    "tool_calls",
  ),
  "calls two tools at once where that is asked for": chat(
    { tools, parallel_tool_calls: true },
    { tool_calls: [called("get_weather", "Oslo"), called("get_time", "UTC")] },
    "tool_calls",
  ),
  "calls no tool where that is forbidden": chat(
    { tools, tool_choice: "none" },
    { content: "This is the mock of gpt-5.4-mini. You said: Hello" },
  ),
  "calls two tools where it must call one": chat(
    { tools, parallel_tool_calls: true, tool_choice: "required" },
    { tool_calls: [called("get_weather", "Oslo"), called("get_time", "UTC")] },
    "tool_calls",
  ),
  "tells the result of a tool": chat(
    { messages: afterCall, tools },
    { content: "The tool answered: 18 degrees" },
  ),
  "tells the result of a tool, with a reasoning model": chat(
    { messages: afterCall, tools, model: "o3" },
    { content: "The tool answered: 18 degrees" },
  ),
  "answers by a JSON Schema": chat(
    { response_format: { type: "json_schema", json_schema: { name: "person", schema } } },
    { content: '{"name":"Ada"}' },
  ),
  "hides the thoughts of a reasoning model": {
    ...chat({ model: "o3" }, { content: "This is the mock of o3. You said: Hello" }),
    answer: { model: "o3", usage: { completion_tokens_details: { reasoning_tokens: 64 } } },
  },
  "does not know a model": {
    path: "/v1/chat/completions",
    body: { model: "", messages },
    status: 400,
    answer: { error: { type: "invalid_request_error" } },
  },
  "retrieves a model by its name": { path: "/v1/models/gpt-5.4-mini", answer: { id: "gpt-5.4-mini" } },
  "knows no other model": {
    path: "/v1/models/other",
    status: 404,
    answer: { error: { message: "The model 'other' does not exist, or this token may not use it." } },
  },
  "lists the models": { path: "/v1/models", answer: { object: "list", data: [{ id: "gpt-5" }] } },
};

export const mockAnswers: Checks = {
  "has examples that the mock answers with, by the request": async (contract) => {
    await using mock = await startMock({ document: contract, tps: 0 });
    for (const [name, { path, body, status = 200, answer }] of Object.entries(EXCHANGES)) {
      const response = await ask(`${mock.url}${path}`, body);
      assert.equal(response.status, status, name);
      assert.partialDeepStrictEqual(await response.json(), answer, name);
    }
    const thinking = await ask(`${mock.url}/v1/chat/completions`, {
      model: "gpt-5.4",
      messages,
      enable_thinking: true,
    });
    const told = (await thinking.json()) as { choices: { message: { reasoning_content?: string } }[] };
    assert.ok(told.choices[0]?.message.reasoning_content, "tells its thoughts where that is asked for");
    const json = await ask(`${mock.url}/v1/chat/completions`, {
      model: "gpt-5.4",
      messages,
      response_format: { type: "json_object" },
    });
    const { choices } = (await json.json()) as { choices: { message: { content: string } }[] };
    assert.equal(typeof JSON.parse(choices[0]?.message.content ?? ""), "object");
    for (const path of paths(contract)) {
      const refused = await fetch(`${mock.url}${path}`, { method: "GET" });
      assert.ok([401, 405].includes(refused.status), `${path} asks for a token`);
    }
  },
};

function ask(url: string, body?: object): Promise<Response> {
  return fetch(url, {
    method: body ? "POST" : "GET",
    headers: { authorization: "Bearer sk-test", "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
}

function paths(contract: Document): string[] {
  return Object.keys(contract.paths ?? {}).map((path) => path.replaceAll(/\{\w+\}/g, "gpt-5.4"));
}
