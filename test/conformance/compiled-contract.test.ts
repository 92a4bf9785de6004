import { expect, it } from "vitest";
import { asStreamed, Contract, isStreamed } from "../../scripts/conformance/compiled-contract.ts";
import type { Document } from "../../scripts/document/model.ts";

/** The operation of a contract whose stream is asked for by a member in this part of the request. */
function operation(part: string) {
  const member = { required: ["as"], properties: { as: { enum: ["events", "tokens"] } } };
  const stream = {
    "x-when": { required: [part], properties: { [part]: member } },
    schema: { type: "string", contentSchema: { type: "object" } },
  };
  const content = { "application/json": {}, "text/event-stream": stream };
  const responses = { "200": { description: "Done.", content } };
  const { operations } = new Contract({
    openapi: "3.1.1",
    info: { title: "Streams", version: "1" },
    paths: { "/run": { post: { responses } } },
  } as unknown as Document);
  return operations[0]!;
}

it("Each value of a member that x-when names asks for the stream, and the first is the one to ask with", () => {
  const run = operation("body");
  expect(["events", "tokens", "json"].map((as) => isStreamed(run, { as }))).toEqual([true, true, false]);
  expect(isStreamed(run, undefined)).toBe(false);
  expect(asStreamed(run, { text: "x" })).toEqual({ text: "x", as: "events" });
});

it("A member that x-when names outside the body is not put into the body", () => {
  expect(asStreamed(operation("query"), {})).toEqual({ stream: true });
});
