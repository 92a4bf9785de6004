import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toEventStream, toFrame, toFrames } from "../../scripts/openai/frames.ts";
import { completionToChunks } from "../../scripts/openai/split.ts";
import { pieces } from "../../scripts/openai/tokens.ts";
import { isObject, type Json } from "../../scripts/shared/json.ts";

interface Chunk {
  choices: { index: number; delta: Record<string, Json>; finish_reason: string | null; logprobs?: Json }[];
  usage?: Json;
}

const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const head = { id: "task_1", object: "chat.completion", created: 7, model: "m", system_fingerprint: "fp" };
const completion = (...messages: Record<string, Json>[]): Json => ({
  ...head,
  choices: messages.map((message, index) => ({
    index,
    message: { role: "assistant", ...message },
    finish_reason: message["tool_calls"] ? "tool_calls" : "stop",
  })),
  usage,
});
const chunksOf = (answer: Json, includeUsage = false) =>
  completionToChunks(answer, { includeUsage }) as unknown as Chunk[];
const deltas = (chunks: Chunk[], index = 0) =>
  chunks.flatMap(({ choices }) =>
    choices.filter((choice) => choice.index === index).map(({ delta }) => delta),
  );
const joined = (chunks: Chunk[], member: string, index = 0) =>
  deltas(chunks, index)
    .map((delta) => delta[member] ?? "")
    .join("");
const call = (id: string, name: string, args: string) => ({
  id,
  type: "function",
  function: { name, arguments: args },
});

describe("chunks become frames", () => {
  const part = fc.oneof(fc.constantFrom<Json>(1, "a", null), fc.array(fc.constantFrom<Json>("b", 2)));
  const chunk = fc.dictionary(fc.constantFrom("id", "choices", '"', "usage"), part);

  it("each with the text that it has alone, whatever the chunk before was", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(chunk, part)), (drawn) => {
        const [first = {}] = drawn;
        // Most chunks of a stream differ from the one before in one member.
        const chunks = drawn.map((one) =>
          isObject(first) && isObject(one) ? { ...first, ...one } : one,
        ) as Json[];
        expect(toFrames(chunks)).toEqual(chunks.map(toFrame));
      }),
    );
  });
});

describe("a completion becomes chunks", () => {
  it("with the role alone, the text in pieces, then an empty delta that says why it ended", () => {
    const chunks = chunksOf(completion({ content: "Oslo is cold." }));
    expect(deltas(chunks)).toEqual([
      { role: "assistant", content: "" },
      { content: "Oslo" },
      { content: " is" },
      { content: " cold" },
      { content: "." },
      {},
    ]);
    expect(chunks.map(({ choices }) => choices[0]?.finish_reason)).toEqual([
      null,
      null,
      null,
      null,
      null,
      "stop",
    ]);
  });

  it("that all have the head of the whole, as chunks", () => {
    for (const chunk of chunksOf(completion({ content: "Hi there" })))
      expect(chunk).toMatchObject({ ...head, object: "chat.completion.chunk" });
  });

  it("without a word of usage, unless it is asked for", () => {
    const answer = completion({ content: "Hi there" });
    expect(chunksOf(answer).filter((chunk) => "usage" in chunk)).toEqual([]);
    const chunks = chunksOf(answer, true);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage });
    expect(chunks.slice(0, -1).map((chunk) => [chunk.usage, chunk.choices.length])).toEqual(
      chunks.slice(0, -1).map(() => [null, 1]),
    );
  });

  it("with reasoning before text, and a refusal in its own member", () => {
    const reasoned = chunksOf(
      completion({ content: "Eight of them.", reasoning_content: "Count them all." }),
    );
    expect(joined(reasoned, "reasoning_content")).toBe("Count them all.");
    expect(joined(reasoned, "content")).toBe("Eight of them.");
    const members = deltas(reasoned).map((delta) => Object.keys(delta).at(-1));
    expect(members.lastIndexOf("reasoning_content")).toBeLessThan(members.indexOf("content", 1));
    const refused = chunksOf(completion({ content: null, refusal: "I can't help with that." }));
    expect(joined(refused, "refusal")).toBe("I can't help with that.");
    expect(joined(refused, "content")).toBe("");
  });

  it("with parallel tool calls interleaved: identity in the first piece, arguments in the later ones", () => {
    const args = ['{"city": "Oslo", "days": 3}', '{"zone": "CET"}'];
    const calls = [call("call_a", "get_weather", args[0]!), call("call_b", "get_time", args[1]!)];
    const chunks = chunksOf(completion({ content: null, tool_calls: calls }));
    const fragments = deltas(chunks).flatMap(
      (delta) =>
        (delta["tool_calls"] ?? []) as {
          index: number;
          id?: string;
          type?: string;
          function: { name?: string; arguments: string };
        }[],
    );
    expect(fragments.slice(0, 2)).toEqual([
      { index: 0, id: "call_a", type: "function", function: { name: "get_weather", arguments: "" } },
      { index: 1, id: "call_b", type: "function", function: { name: "get_time", arguments: "" } },
    ]);
    for (const fragment of fragments.slice(2))
      expect(fragment).toEqual({
        index: expect.any(Number),
        function: { arguments: expect.stringMatching(/./) },
      });
    for (const index of [0, 1])
      expect(
        fragments
          .filter((fragment) => fragment.index === index)
          .map((fragment) => fragment.function.arguments)
          .join(""),
      ).toBe(args[index]);
    const order = fragments.map(({ index }) => index).join("");
    expect(order).toMatch(/^0101/);
    expect(chunks.at(-1)?.choices[0]).toMatchObject({ delta: {}, finish_reason: "tool_calls" });
  });

  it("with a custom tool's input in pieces", () => {
    const custom = { id: "call_a", type: "custom", custom: { name: "shell", input: "ls -la /tmp" } };
    const fragments = deltas(chunksOf(completion({ content: null, tool_calls: [custom] }))).flatMap(
      (delta) => (delta["tool_calls"] ?? []) as { type?: string; custom: { input: string } }[],
    );
    expect(fragments[0]).toMatchObject({ type: "custom", custom: { name: "shell", input: "" } });
    expect(fragments.map((fragment) => fragment.custom.input).join("")).toBe("ls -la /tmp");
  });

  it("with every choice, each to its end", () => {
    const chunks = chunksOf(completion({ content: "One." }, { content: "Two of them." }));
    expect([joined(chunks, "content", 0), joined(chunks, "content", 1)]).toEqual(["One.", "Two of them."]);
    for (const index of [0, 1]) {
      const own = chunks.filter(({ choices }) => choices[0]?.index === index);
      expect(own[0]?.choices[0]?.delta).toMatchObject({ role: "assistant" });
      expect(own.map(({ choices }) => choices[0]!.finish_reason).filter(Boolean)).toEqual(["stop"]);
    }
  });

  it("with the log probabilities of each token beside it", () => {
    const tokens = ["Hel", "lo"].map((token) => ({ token, logprob: -0.1, bytes: null, top_logprobs: [] }));
    const answer = completion({ content: "Hello" }) as { choices: Record<string, Json>[] };
    answer.choices[0]!["logprobs"] = { content: tokens, refusal: null };
    const chunks = chunksOf(answer as unknown as Json);
    expect(joined(chunks, "content")).toBe("Hello");
    expect(
      chunks.flatMap(({ choices }) => (choices[0]!.logprobs as { content: Json[] } | null)?.content ?? []),
    ).toEqual(tokens);
  });

  it("that carry members unknown here", () => {
    const chunks = chunksOf(completion({ content: "Hi", annotations: [{ type: "url_citation" }] }));
    expect(deltas(chunks)).toContainEqual({ annotations: [{ type: "url_citation" }] });
  });

  it("even if it says nothing", () => {
    expect(deltas(chunksOf(completion({ content: "" })))).toEqual([{ role: "assistant", content: "" }, {}]);
    expect(deltas(chunksOf(completion({ content: null })))).toEqual([{ role: "assistant", content: "" }, {}]);
  });

  it("without changing it", () => {
    const answer = completion({ content: "Hi", tool_calls: [call("a", "f", "{}")] });
    const before = structuredClone(answer);
    completionToChunks(answer, { includeUsage: true });
    expect(answer).toEqual(before);
  });
});

describe("anything else is its own and only chunk", () => {
  it.each<Json>([
    { object: "list", data: [] },
    { choices: [] },
    { choices: "x" },
    { choices: [{ text: "Hi" }] },
    [1],
    "text",
    null,
  ])("%j", (answer) => {
    expect(completionToChunks(answer)).toEqual([answer]);
    expect(toEventStream(completionToChunks(answer))).toBe(
      `data: ${JSON.stringify(answer)}\n\ndata: [DONE]\n\n`,
    );
  });
});

describe("a text is cut", () => {
  const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
  const texts = [
    "Plain words, with punctuation… and “quotes”.",
    "Søren, Zoë e\u0301te\u0301, 👩‍🚀👨‍👩‍👧‍👦🏳️‍🌈🇳🇴🇸🇪 1️⃣ ©️",
    "北京大学。東京タワー、한국어 ภาษาไทย हिन्दी क्षत्रिय தமிழ்",
    "عَرَبِيّ עִבְרִית Z͑ͫ̓ͪ̂ͫ̽a͎̜͉l̷̴g̶o",
    "line one\r\nline two\n\n\tindented  \u00a0 spaces   ",
    " \u0301leading mark, \u200dalone \u200b zero \ufeff width",
    "const a = { b: [1, 2.5e-3], c: 'd_e' }; // 日本",
    "x".repeat(500),
    "\ud800 lone",
  ];

  it.each(texts)("%s", (text) => {
    const parts = pieces(text);
    expect(parts.join("")).toBe(text);
    expect(parts).not.toContain("");
    const boundaries = new Set([...graphemes.segment(text)].map(({ index }) => index));
    let at = 0;
    for (const part of parts) {
      expect(boundaries.has(at), `${JSON.stringify(part)} at ${at}`).toBe(true);
      at += part.length;
    }
  });

  it("between its words, not everywhere", () => {
    expect(pieces("Hello  big world!")).toEqual(["Hello", "  big", " world", "!"]);
    expect(pieces("")).toEqual([]);
    const long = "It's half-past two, isn't it?\n ".repeat(1000);
    expect(pieces(long)).toHaveLength(5001);
    expect(pieces(long).join("")).toBe(long);
    expect(pieces(" \n ")).toEqual([" \n "]);
  });
});
