/**
 * Facts of the API's reference page that a contract may not change: names, ranges, required fields and the table of
 * models.
 */
import assert from "node:assert/strict";
import type { Document } from "../../../scripts/document/model.ts";
import { operations } from "../../../scripts/document/operations.ts";
import { at } from "../../../scripts/shared/pointer.ts";
import type { Checks } from "./check.ts";

const ENDPOINTS = ["POST /v1/chat/completions", "GET /v1/models", "GET /v1/models/{model}"];

/** The operations that the page describes. */
const described = (contract: Document) =>
  [...operations(contract)].filter(({ method, path }) =>
    ENDPOINTS.includes(`${method.toUpperCase()} ${path}`),
  );

const includes = (found: readonly string[], expected: readonly string[]) =>
  assert.deepEqual(
    expected.filter((one) => !found.includes(one)),
    [],
  );

/** OpenAI's document allows `null` beside the page's type here, and the types of its SDKs do too. */
const FIELDS: Record<string, object> = {
  messages: { type: "array", minItems: 1 },
  temperature: { type: ["number", "null"], minimum: 0, maximum: 2 },
  top_p: { type: ["number", "null"], minimum: 0, maximum: 1 },
  max_tokens: { type: ["integer", "null"], minimum: 1 },
  stream: { type: ["boolean", "null"] },
  enable_thinking: { type: "boolean" },
  tools: { type: "array" },
  user: { type: "string" },
  stream_options: {},
  tool_choice: {},
  response_format: {},
};

const CHAT = [
  ["gpt-5", "gpt-5-2025-08-07", "gpt-5.1", "gpt-5.1-2025-11-13", "gpt-5.1-chat-latest"],
  ["gpt-5.2-2025-12-11", "gpt-5.2-chat-latest", "gpt-5.3-chat-latest", "gpt-5.4", "gpt-5.4-2026-03-05"],
  ["gpt-5.4-mini", "gpt-5.4-mini-2026-03-17", "gpt-5.4-nano", "gpt-5.4-pro", "gpt-5.4-pro-2026-03-05"],
  ["gpt-5-pro", "gpt-5-pro-2025-10-06"],
].flat();
const CODE = ["gpt-5.1-codex-mini", "gpt-5.1-codex", "gpt-5.1-codex-max", "gpt-5.2-codex", "gpt-5.3-codex"];
const REASONING = ["o3", "o3-2025-04-16"];

export const facts: Checks = {
  "has the server and the security scheme of the reference page": (contract) => {
    assert.deepEqual(
      contract.servers?.map(({ url }) => url),
      ["https://api.routescope.ai"],
    );
    assert.deepEqual(contract.security, [{ BearerAuth: [] }]);
    assert.partialDeepStrictEqual(at(contract, "/components/securitySchemes/BearerAuth"), {
      type: "http",
      scheme: "bearer",
    });
  },

  "has the three endpoints of the reference page": (contract) =>
    assert.equal(described(contract).length, ENDPOINTS.length),

  "has the request fields of the reference page, with their types and ranges": (contract) => {
    const schema = "/components/schemas/ChatCompletionCreateParams";
    assert.deepEqual(at(contract, `${schema}/required`), ["model", "messages"]);
    for (const [name, expected] of Object.entries(FIELDS)) {
      const field = at(contract, `${schema}/properties/${name}`) ?? assert.fail(`no field ${name}`);
      assert.partialDeepStrictEqual(field, expected, name);
    }
    assert.deepEqual(at(contract, "/components/schemas/ChatCompletionToolChoiceOption/anyOf/0/enum"), [
      "none",
      "auto",
      "required",
    ]);
  },

  "has the response members of the reference page": (contract) => {
    const required = at(contract, "/components/schemas/ChatCompletion/required");
    assert.deepEqual(required, ["id", "object", "created", "model", "choices", "usage"]);
    const totals = ["prompt_tokens", "completion_tokens", "total_tokens", "input_tokens", "output_tokens"];
    includes(Object.keys(at(contract, "/components/schemas/CompletionUsage/properties") as object), totals);
    const envelope = at(contract, "/components/schemas/ErrorResponse/properties") as object;
    assert.deepEqual(Object.keys(envelope), ["error", "message"]);
  },

  "has the 24 model IDs of the reference page, each with its capability": (contract) => {
    const known = at(contract, "/components/schemas/ModelId/anyOf/0") as {
      enum: string[];
      "x-enumDescriptions": Record<string, string>;
    };
    const capability = Object.fromEntries(
      Object.entries(known["x-enumDescriptions"]).map(([id, text]) => [
        id,
        /^\*\*(.+)\.\*\*/.exec(text)?.[1],
      ]),
    );
    assert.deepEqual(Object.keys(capability), known.enum);
    assert.deepEqual(capability, {
      ...Object.fromEntries(CHAT.map((id) => [id, "Chat completions"])),
      ...Object.fromEntries(CODE.map((id) => [id, "Code generation"])),
      ...Object.fromEntries(REASONING.map((id) => [id, "Reasoning"])),
    });
    assert.equal(known.enum.length, 24);
  },

  "declares the documented responses for every operation": (contract) => {
    for (const { operation } of described(contract))
      includes(Object.keys(operation.responses ?? {}), ["400", "401", "403", "429", "500", "503", "default"]);
  },

  "has samples of every operation for curl, TypeScript, JavaScript and Python": (contract) => {
    for (const { operation } of described(contract)) {
      assert.deepEqual(
        operation["x-codeSamples"]?.map(({ lang, label }) => [lang, label]),
        [
          ["Shell", "curl"],
          ["TypeScript", "TypeScript"],
          ["JavaScript", "JavaScript (openai)"],
          ["Python", "Python (openai)"],
        ],
      );
    }
  },
};
