import { describe, expect, it } from "vitest";
import { operations } from "../../scripts/document/operations.ts";
import { at } from "../../scripts/shared/pointer.ts";
import { contract } from "./validator.ts";

/**
 * Facts of the API's reference page that the contract may not change: names, ranges, required fields and the table of
 * models.
 */
const field = (name: string) =>
  at(contract, `/components/schemas/ChatCompletionCreateParams/properties/${name}`);

const endpoints = ["POST /v1/chat/completions", "GET /v1/models", "GET /v1/models/{model}"];

describe("The contract", () => {
  it("has the server and the security scheme of the reference page", () => {
    expect(contract.servers?.map(({ url }) => url)).toEqual(["https://api.routescope.ai"]);
    expect(contract.security).toEqual([{ BearerAuth: [] }]);
    expect(at(contract, "/components/securitySchemes/BearerAuth")).toMatchObject({
      type: "http",
      scheme: "bearer",
    });
  });

  it("has the three endpoints of the reference page", () => {
    const found = [...operations(contract)].map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(found).toEqual(expect.arrayContaining(endpoints));
  });

  // OpenAI's document allows `null` beside the page's type here, and the types of its SDKs do too.
  it("has the request fields of the reference page, with their types and ranges", () => {
    expect(at(contract, "/components/schemas/ChatCompletionCreateParams/required")).toEqual([
      "model",
      "messages",
    ]);
    expect(field("messages")).toMatchObject({ type: "array", minItems: 1 });
    expect(field("temperature")).toMatchObject({ type: ["number", "null"], minimum: 0, maximum: 2 });
    expect(field("top_p")).toMatchObject({ type: ["number", "null"], minimum: 0, maximum: 1 });
    expect(field("max_tokens")).toMatchObject({ type: ["integer", "null"], minimum: 1 });
    expect(field("stream")).toMatchObject({ type: ["boolean", "null"] });
    expect(field("enable_thinking")).toMatchObject({ type: "boolean" });
    expect(field("tools")).toMatchObject({ type: "array" });
    expect(field("user")).toMatchObject({ type: "string" });
    expect(field("stream_options")).toBeDefined();
    expect(field("tool_choice")).toBeDefined();
    expect(field("response_format")).toBeDefined();
    expect(at(contract, "/components/schemas/ChatCompletionToolChoiceOption/anyOf/0/enum")).toEqual([
      "none",
      "auto",
      "required",
    ]);
  });

  it("has the response members of the reference page", () => {
    const required = at(contract, "/components/schemas/ChatCompletion/required");
    expect(required).toEqual(["id", "object", "created", "model", "choices", "usage"]);
    const usage = at(contract, "/components/schemas/CompletionUsage/properties") as object;
    expect(Object.keys(usage)).toEqual(
      expect.arrayContaining([
        "prompt_tokens",
        "completion_tokens",
        "total_tokens",
        "input_tokens",
        "output_tokens",
      ]),
    );
    expect(Object.keys(at(contract, "/components/schemas/ErrorResponse/properties") as object)).toEqual([
      "error",
      "message",
    ]);
  });

  it("has the 24 model IDs of the reference page, each with its capability", () => {
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
    expect(Object.keys(capability)).toEqual(known.enum);
    const chat = [
      ["gpt-5", "gpt-5-2025-08-07", "gpt-5.1", "gpt-5.1-2025-11-13", "gpt-5.1-chat-latest"],
      ["gpt-5.2-2025-12-11", "gpt-5.2-chat-latest", "gpt-5.3-chat-latest", "gpt-5.4", "gpt-5.4-2026-03-05"],
      ["gpt-5.4-mini", "gpt-5.4-mini-2026-03-17", "gpt-5.4-nano", "gpt-5.4-pro", "gpt-5.4-pro-2026-03-05"],
      ["gpt-5-pro", "gpt-5-pro-2025-10-06"],
    ].flat();
    const code = [
      "gpt-5.1-codex-mini",
      "gpt-5.1-codex",
      "gpt-5.1-codex-max",
      "gpt-5.2-codex",
      "gpt-5.3-codex",
    ];
    const reasoning = ["o3", "o3-2025-04-16"];
    expect(capability).toEqual({
      ...Object.fromEntries(chat.map((id) => [id, "Chat completions"])),
      ...Object.fromEntries(code.map((id) => [id, "Code generation"])),
      ...Object.fromEntries(reasoning.map((id) => [id, "Reasoning"])),
    });
    expect(known.enum).toHaveLength(24);
  });

  it.each(["400", "401", "403", "429", "500", "503", "default"])(
    "declares the response %s for every operation",
    (status) => {
      for (const { method, path, operation } of operations(contract)) {
        if (!endpoints.includes(`${method.toUpperCase()} ${path}`)) continue;
        expect(Object.keys(operation.responses ?? {})).toContain(status);
      }
    },
  );

  it("has samples of every operation for curl, TypeScript, JavaScript and Python", () => {
    for (const { method, path, operation } of operations(contract)) {
      if (!endpoints.includes(`${method.toUpperCase()} ${path}`)) continue;
      const languages = new Set(operation["x-codeSamples"]?.map(({ lang }) => lang));
      expect([...languages].sort()).toEqual(["JavaScript", "Python", "Shell", "TypeScript"]);
    }
  });
});
