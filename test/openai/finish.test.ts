import { describe, expect, it } from "vitest";
import { finish } from "../../scripts/openai/finish.ts";
import { addedSize, applyParameters } from "../../scripts/openai/request-parameters.ts";
import { tokensIn } from "../../scripts/openai/usage.ts";
import type { Json } from "../../scripts/shared/json.ts";

/** What is made of a chat completion before it is sent. */
const message = { role: "assistant", content: "One two three four.", reasoning_content: "Let me see." };
const choice = { index: 0, message, finish_reason: "stop" };
const answer = { id: "chatcmpl-1", choices: [choice] };

describe("an ID of a tool call", () => {
  const call = (id: string) => ({ id, type: "function", function: { name: "f", arguments: "{}" } });
  const completion = (calls: Json[]) => ({ choices: [{ index: 0, message: { tool_calls: calls } }] });

  it("is none that the conversation has, or another call of the answer", () => {
    const made = ["call_a", "call_b", "call_b", "call_c"];
    const random = { next: () => 0, id: () => made.shift() ?? "none" };
    const request = { messages: [{ role: "assistant", tool_calls: [call("call_a")] }] };
    const finished = finish(completion([call("call_1"), call("call_2")]), { request, random });
    expect(finished).toMatchObject(completion([{ id: "call_b" }, { id: "call_c" }]));
  });
});

it("an image counts a fixed number of tokens, and not by its address", () => {
  const image = (url: string) => ({
    messages: [{ role: "user", content: [{ type: "image_url", image_url: { url } }] }],
  });
  const [short, long] = ["a.png", "https://example.com/a/long/path/to/some/image.png"].map((url) =>
    tokensIn(image(url)),
  );
  expect(short).toBeGreaterThanOrEqual(85);
  expect(long).toBe(short);
});

it("max_tokens counts reasoning first, and text by what is left", () => {
  const rest = { told: () => undefined, hidden: 0 };
  const [cut] = applyParameters([choice], { max_tokens: 5 }, rest);
  expect(cut).toMatchObject({
    message: { reasoning_content: "Let me see.", content: "One" },
    finish_reason: "length",
  });
});

it("a stream of several choices costs its frames too", () => {
  expect(addedSize(answer, { n: 2, stream: true })).toBeGreaterThan(addedSize(answer, { n: 2 }));
});
