/** Answers and chunks in other forms than the contract has: each is read as what it means, whole and streamed. */
import { describe, expect, it } from "vitest";
import { Routescope } from "../../generated/client.ts";
import { frame } from "./server.ts";

const body = { model: "m", messages: [{ role: "user" as const, content: "Hi" }] };
const END = frame({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }) + frame("[DONE]");

/** The completions of a relay that answers with this text. */
function relay(text: string, type: string) {
  const fetch = async () => new Response(text, { headers: { "content-type": type } });
  return new Routescope({ apiKey: "a-long-enough-key", fetch, maxRetries: 0 }).chat.completions;
}

/** The text that the README's loop reads, and the first message once the chunks are put together. */
async function streamed(text: string, type = "text/event-stream") {
  let read = "";
  for await (const { choices } of await relay(text, type).create({ ...body, stream: true }))
    read += choices[0]?.delta.content ?? "";
  const message = await relay(text, type).stream(body).finalMessage();
  expect(message.content).toBe(read);
  return read;
}

const choice = (piece: object) => ({ choices: [{ index: 0, ...piece }] });
const delta = (content: unknown) => choice({ delta: { content } });

describe("chunks are read whose", () => {
  it.each<[string, unknown[], string]>([
    ["deltas are texts", ["Hal", "lo"].map((text) => choice({ delta: text })), "Hallo"],
    ["choices have a text, as of the older API", ["Hal", "lo"].map((text) => choice({ text })), "Hallo"],
    ["content is a number", [delta("4"), delta(2)], "42"],
    [
      "last message is whole, beside an empty delta",
      [
        choice({ delta: { role: "assistant", content: "" }, message: { content: "not yet" } }),
        choice({ delta: {}, message: { role: "assistant", content: "Hallo" }, finish_reason: "stop" }),
      ],
      "Hallo",
    ],
    ["choices are one object", [{ choices: { index: 0, delta: { content: "Hallo" } } }], "Hallo"],
    ["choices are an object by number", [{ choices: { 0: { delta: { content: "Hallo" } } } }], "Hallo"],
  ])("%s", async (_, chunks, text) => {
    expect(await streamed(chunks.map(frame).join("") + END)).toBe(text);
  });

  it("numbers are those of Python, which JSON does not have", async () => {
    const text =
      'data: {"choices":[{"index":0,"delta":{"content":"NaN, \\"Infinity"},"score":-Infinity}]}\n\n';
    expect(await streamed(text + END)).toBe('NaN, "Infinity');
  });

  it.each(["\0\0", "\u200b", "\uFEFF\uFEFF"])("lines begin with what nobody sees: %j", async (hidden) => {
    expect(await streamed(hidden + frame(delta("Hal")) + hidden + frame(delta("lo")) + END)).toBe("Hallo");
  });

  it("events stand in one line", async () => {
    expect(await streamed((frame(delta("Hallo")) + END).replaceAll("\n", ""))).toBe("Hallo");
  });

  it.each(["application/json", "text/event-stream"])("list comes as one JSON, called %s", async (type) => {
    const list = [delta("Hal"), choice({ delta: { content: "lo" }, finish_reason: "stop" })];
    expect(await streamed(JSON.stringify(list, null, 1), type)).toBe("Hallo");
    const first = JSON.stringify([delta("H"), delta("al")]);
    expect(await streamed(`${first}\n${frame(delta("lo"))}${END}`, type)).toBe("Hallo");
  });

  it("list has a hundred thousand items and more, at a cost that grows with their number", async () => {
    const list = `[${'{"choices":[]},'.repeat(150_000)}${JSON.stringify(choice({ delta: "Hallo", finish_reason: "stop" }))}]`;
    let text = "";
    for await (const { choices } of await relay(list, "application/json").create({ ...body, stream: true }))
      text += choices[0]?.delta.content ?? "";
    expect(text).toBe("Hallo");
  });
});

describe("an answer is read", () => {
  const message = { role: "assistant", content: "Hallo" };
  it.each<[string, unknown]>([
    ["whose choices are one object", { choices: { message } }],
    ["that has a delta in place of the message", choice({ delta: message })],
    ["that has a text, as of the older API", choice({ text: "Hallo" })],
  ])("%s", async (_, answer) => {
    const { choices } = await relay(JSON.stringify(answer), "application/json").create(body);
    expect(choices[0]?.message.content).toBe("Hallo");
  });

  it("whose numbers are those of Python", async () => {
    const text = JSON.stringify(choice({ message, score: 7 })).replace("7", "NaN");
    const { choices } = await relay(text, "application/json").create(body);
    expect(choices).toEqual([{ index: 0, message, score: null }]);
  });
});
