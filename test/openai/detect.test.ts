import { describe, expect, it } from "vitest";
import type { Document, Schema } from "../../scripts/document/model.ts";
import { isChatStream } from "../../scripts/openai/detect.ts";
import { contract } from "../openapi/validator.ts";

const chunk = (items: Schema): Schema => ({
  type: "object",
  properties: { choices: { type: "array", items } },
});
const document: Document = {
  openapi: "3.1.1",
  info: { title: "Streams", version: "1.0.0" },
  components: { schemas: { Choice: { allOf: [{ properties: { delta: { type: "object" } } }] } } },
};

describe("isChatStream", () => {
  it("recognizes the contract's own chunk by its schema", () => {
    expect(isChatStream(contract, { $ref: "#/components/schemas/ChatCompletionChunk" })).toBe(true);
  });

  it("looks behind references and combinations", () => {
    expect(isChatStream(document, chunk({ $ref: "#/components/schemas/Choice" }))).toBe(true);
  });

  it("refuses chunks without choices, choices without a delta, and streams without a schema", () => {
    const log: Schema = { type: "object", properties: { line: { type: "string" } } };
    expect(isChatStream(document, log)).toBe(false);
    expect(isChatStream(document, chunk({ properties: { message: {} } }))).toBe(false);
    expect(isChatStream(document, undefined)).toBe(false);
  });
});
