import { describe, expect, it } from "vitest";
import { CHAT_CHUNKS, contentOf } from "../../scripts/openai/chunk.ts";
import { CompletionJoiner } from "../../scripts/openai/join.ts";

type Members = Record<string, unknown>;

/** The answer that chunks add up to, read as the client reads them. */
function join(chunks: Members[]) {
  const joiner = new CompletionJoiner();
  let begun = false;
  for (const chunk of structuredClone(chunks)) {
    begun = CHAT_CHUNKS.chunk(chunk, begun);
    joiner.add(chunk);
  }
  // biome-ignore lint/suspicious/noExplicitAny: the answers are compared with literals, not typed
  return joiner.finish() as any;
}

const delta = (piece: Members, more: Members = {}) => ({ choices: [{ index: 0, delta: piece, ...more }] });
const message = (chunks: Members[]) => join(chunks).choices[0].message;
const tools = (...pieces: Members[]) => delta({ tool_calls: pieces });
const piece = (args: unknown, more: Members = {}, name?: unknown) => ({
  ...more,
  function: { ...(name !== undefined && { name }), arguments: args },
});
const called = (chunks: Members[]) =>
  message(chunks).tool_calls.map(
    ({ function: { name, arguments: args } }: { function: Members }) => `${name} ${args}`,
  );

const A = 'a {"n":1}';
const B = 'b {"n":2}';

describe("pieces of tool calls are one call", () => {
  it.each<[string, string[], Members[]]>([
    [
      "by index, interleaved",
      [A, B],
      [
        tools(piece("", { index: 0, id: "1" }, "a"), piece("", { index: 1, id: "2" }, "b")),
        tools(piece('{"n"', { index: 1 })),
        tools(piece('{"n"', { index: 0 })),
        tools(piece(":1}", { index: 0 })),
        tools(piece(":2}", { index: 1 })),
      ],
    ],
    [
      "by ID where there is no index",
      [A, B],
      [
        tools(piece("", { id: "1" }, "a")),
        tools(piece("", { id: "2" }, "b")),
        tools(piece('{"n":1}', { id: "1" })),
        tools(piece('{"n":2}', { id: "2" })),
      ],
    ],
    [
      "by order, with empty or null index, ID and name",
      [A],
      [
        tools(piece("", { index: null, id: "1" }, "a")),
        tools(piece('{"n"', { index: null, id: "" }, "")),
        tools(piece(":1}", { id: null }, null)),
      ],
    ],
    [
      "by their place in the list",
      [A, B],
      [tools(piece('{"n"', {}, "a"), piece('{"n"', {}, "b")), tools(piece(":1}"), piece(":2}"))],
    ],
    [
      "although the name is repeated",
      [A],
      [
        tools(piece("", { index: 0, id: "1" }, "a")),
        tools(piece('{"n"', { index: 0, id: "1" }, "a")),
        tools(piece(":1}", { index: 0 }, "a")),
        tools(piece("", { index: 0 }, "a")),
      ],
    ],
    [
      "although the index is text, interleaved without IDs",
      [A, B],
      [
        tools(piece('{"n"', { index: "0" }, "a")),
        tools(piece('{"n"', { index: "1" }, "b")),
        tools(piece(":1}", { index: "0" })),
        tools(piece(":2}", { index: "1" })),
      ],
    ],
    [
      "although they begin with an empty object",
      [A],
      [
        tools(piece("{}", { index: 0, id: "1" }, "a")),
        tools(piece('{"n"', { index: 0 })),
        tools(piece(":1}", { index: 0 })),
      ],
    ],
    [
      "although the whole call is repeated",
      [A],
      [
        tools(piece('{"n":1}', { index: 0, id: "1" }, "a")),
        tools(piece('{"n":1}', { index: 0, id: "1" }, "a")),
      ],
    ],
    ["although it stands in no list", [A], [delta({ tool_calls: piece('{"n":1}', { id: "1" }, "a") })]],
    [
      "although each has an ID",
      [A],
      [
        tools(piece("", { index: 0, id: "1" }, "a")),
        tools(piece('{"n"', { index: 0, id: "2" })),
        tools(piece(":1}", { index: 0, id: "3" }, "")),
      ],
    ],
    [
      "although the index counts the chunks, IDs or not",
      [A],
      [
        tools(piece("", { index: 0, id: "1" }, "a")),
        tools(piece('{"n"', { index: 1 })),
        tools(piece(":1}", { index: 2, id: "9" })),
      ],
    ],
    [
      "although the name comes late or in two pieces",
      ["find_me {}"],
      [
        tools(piece("", { index: 0, id: "1" })),
        tools(piece("", { index: 0 }, "find")),
        tools(piece("{}", { index: 0 }, "_me")),
      ],
    ],
    [
      "with a brace within a text of their arguments",
      ['a {"n":"}\\"{"}'],
      [tools(piece('{"n":"}\\', { index: 0, id: "1" }, "a")), tools(piece('"{"}', { index: 0 }, "a"))],
    ],
    ["with arguments as an object", [A], [tools(piece({ n: 1 }, { index: 0, id: "1" }, "a"))]],
  ])("%s", (_, calls, chunks) => {
    expect(called(chunks)).toEqual(calls);
  });

  it("with an ID and a type in any case, and without the index", () => {
    const [first, second] = message([
      tools(piece("{}", { index: 0, id: "x" }, "a"), piece("{}", {}, "b")),
    ]).tool_calls;
    expect(first).toEqual({ id: "x", type: "function", function: { name: "a", arguments: "{}" } });
    expect(second).toEqual({ id: "call_1", type: "function", function: { name: "b", arguments: "{}" } });
  });
});

describe("two tool calls stay two", () => {
  it.each<[string, Members[]]>([
    [
      "whole in one delta without any identity",
      [tools(piece('{"n":1}', {}, "a"), piece('{"n":2}', {}, "b"))],
    ],
    [
      "at one index in one delta",
      [tools(piece('{"n":1}', { index: 0, id: "1" }, "a"), piece('{"n":2}', { index: 0, id: "2" }, "b"))],
    ],
    [
      "one after the other without any identity",
      [tools(piece('{"n":1}', {}, "a")), tools(piece('{"n":2}', {}, "b"))],
    ],
    [
      "one after the other, always at index 0",
      [
        tools(piece("", { index: 0, id: "1" }, "a")),
        tools(piece('{"n":1}', { index: 0 })),
        tools(piece("", { index: 0, id: "2" }, "b")),
        tools(piece('{"n":2}', { index: 0 })),
      ],
    ],
    [
      "of which the second's rest has an index that nobody opened",
      [
        tools(piece('{"n":1}', { index: 0, id: "1" }, "a")),
        tools(piece('{"n"', { index: 0, id: "2" }, "b")),
        tools(piece(":2}", { index: 1 })),
      ],
    ],
    [
      "that come in the reverse order",
      [
        tools(piece('{"n":2}', { index: 1, id: "2" }, "b")),
        tools(piece('{"n":1}', { index: 0, id: "1" }, "a")),
      ],
    ],
    [
      "with one ID for both",
      [
        tools(piece('{"n":1}', { index: 0, id: "x" }, "a")),
        tools(piece('{"n":2}', { index: 1, id: "x" }, "b")),
      ],
    ],
  ])("%s", (_, chunks) => {
    expect(called(chunks)).toEqual([A, B]);
  });

  it("of the same function, one after the other", () => {
    const chunks = [1, 2].map((n) => tools(piece(`{"n":${n}}`, { index: 0 }, "a")));
    expect(called(chunks)).toEqual(['a {"n":1}', 'a {"n":2}']);
  });
});

describe("choices", () => {
  it("without an index are one, and get one", () => {
    const chunks = ["Hal", "lo"].map((content) => ({ choices: [{ delta: { content } }] }));
    expect(join(chunks).choices).toEqual([{ index: 0, message: { content: "Hallo" } }]);
  });

  it.each([[[2, 0, 1]], [["2", "0", "1"]]])("stand in the order of their index: %j", (indexes) => {
    const chunks = indexes.map((index) => ({ choices: [{ index, delta: { content: `${index}` } }] }));
    expect(join(chunks).choices.map(({ message: { content } }: { message: Members }) => content)).toEqual([
      "0",
      "1",
      "2",
    ]);
  });

  it.each<[string, Members[]]>([
    [
      "with `delta` and `message` count once",
      [
        { choices: [{ index: 0, delta: { content: "Hal" }, message: { content: "Hal" } }] },
        { choices: [{ index: 0, delta: { content: "lo" }, message: { content: "Hallo" } }] },
      ],
    ],
    [
      "with pieces in `message`",
      ["Hal", "lo"].map((content) => ({ choices: [{ index: 0, message: { content } }] })),
    ],
    [
      "with the text so far in `message`",
      ["Hal", "Hallo"].map((content) => ({ choices: [{ index: 0, message: { content } }] })),
    ],
    [
      "with content in parts",
      [
        delta({ content: [{ type: "text", text: "Hal" }] }),
        delta({ content: ["l", { type: "text", text: "o" }] }),
      ],
    ],
    [
      "missing or null in some chunks",
      [delta({ content: "Hallo" }), { choices: null }, {}, { choices: [{ index: 0 }] }],
    ],
  ])("%s", (_, chunks) => {
    expect(contentOf(join(chunks))).toBe("Hallo");
  });

  it("keep what a model thought in parts", () => {
    const thinking = [
      { type: "thinking", thinking: [{ type: "text", text: "Hm." }] },
      { type: "text", text: "Yes." },
    ];
    expect(message([delta({ content: thinking })])).toEqual({ content: "Yes.", reasoning_content: "Hm." });
  });

  it("keep the reason `tool_calls` when a `stop` follows, and lift the usage that is within", () => {
    const usage = { total_tokens: 3 };
    const answer = join([
      delta({}, { finish_reason: "tool_calls" }),
      delta({}, { finish_reason: "stop", usage }),
    ]);
    expect(answer).toMatchObject({ usage, choices: [{ finish_reason: "tool_calls" }] });
  });
});

describe("members of the answer", () => {
  it("are not lost to a chunk that a relay adds", () => {
    const head = { id: "c", object: "chat.completion.chunk", created: 7, model: "m" };
    const added = {
      id: "",
      object: "",
      created: 0,
      model: "",
      choices: [{ index: 0, content_filter: { hate: false } }],
    };
    const answer = join([{ ...head, ...delta({ content: "Hi" }) }, added]);
    expect(answer).toMatchObject({ ...head, object: "chat.completion" });
    expect(answer.choices[0].content_filter).toEqual({ hate: false });
  });

  it("are what they are called, `__proto__` too", () => {
    const pollution = JSON.parse('{"choices":[{"index":0,"delta":{"__proto__":{"polluted":true}}}]}');
    expect(Object.keys(message([pollution]))).toEqual(["__proto__"]);
    expect({}).not.toHaveProperty("polluted");
  });

  it("are labels or texts: a format is not repeated, a transcript continues", () => {
    const said = message(
      ["a", "b"].map((transcript) => delta({ reasoning_format: "raw", audio: { id: "x", transcript } })),
    );
    expect(said).toEqual({ reasoning_format: "raw", audio: { id: "x", transcript: "ab" } });
  });
});

describe("lists", () => {
  const cited = [
    { url: "u", title: "t" },
    { url: "u", title: "t" },
    { id: "7", url: "v" },
  ];

  it("that every chunk repeats are not multiplied, and two equal items of one list are two", () => {
    const chunks = [1, 2, 3].map(() => ({
      citations: ["u", "u"],
      search_results: cited,
      ...delta({ annotations: cited }),
    }));
    const answer = join(chunks);
    expect(answer).toMatchObject({ citations: ["u", "u"], search_results: cited });
    expect(answer.choices[0].message.annotations).toEqual(cited);
  });

  it("have one item for one source, though its other members change, and one for each place that it is cited for", () => {
    const results = (...list: Members[]) => ({ search_results: list });
    const first = { url: "u", snippet: "s", date: null };
    const later = [{ url: "u", snippet: "s and more", date: "2025" }, { url: "v" }];
    expect(join([results(first), results(...later), results(...later)]).search_results).toEqual(later);
    const cite = (more: Members) => ({ type: "url_citation", url_citation: { url: "u", ...more } });
    const cited = [cite({ start_index: 0, title: "t" }), cite({ start_index: 7 })];
    const pieces = [[cite({ start_index: 0 })], cited, [cite({ start_index: 7 })]];
    expect(message(pieces.map((annotations) => delta({ annotations }))).annotations).toEqual(cited);
  });

  it("that grow, or come item by item, are complete", () => {
    expect(join([{ citations: ["a"] }, { citations: ["a", "b"] }]).citations).toEqual(["a", "b"]);
    expect(message(["a", "b"].map((url) => delta({ annotations: [{ url }] }))).annotations).toEqual([
      { url: "a" },
      { url: "b" },
    ]);
    const results = [
      { results: [{ index: 1, text: "a" }] },
      { results: [{ index: 1, text: "ab", more: 1 }] },
    ];
    expect(join(results).results).toEqual([{ index: 1, text: "ab", more: 1 }]);
  });

  it("of log probabilities and tokens continue, equal ones too", () => {
    const logprobs = { content: [{ token: "a", logprob: -1 }], refusal: null };
    const { choices } = join([1, 2].map(() => delta({}, { logprobs, token_ids: [5] })));
    expect(choices[0].logprobs.content).toHaveLength(2);
    expect(choices[0].token_ids).toEqual([5, 5]);
  });

  it("of reasoning keep one entry per block, to be sent back", () => {
    const block = (index: number, type: string, more: Members) => ({ index, type, format: "f-v1", ...more });
    const pieces = [
      block(0, "reasoning.text", { text: "Let " }),
      block(0, "reasoning.text", { text: "me." }),
      block(0, "reasoning.text", { text: "", signature: "SIG" }),
      block(0, "reasoning.encrypted", { data: "ENC", id: "r" }),
      block(1, "reasoning.text", { text: "So." }),
    ];
    expect(message(pieces.map((entry) => delta({ reasoning_details: [entry] }))).reasoning_details).toEqual([
      block(0, "reasoning.text", { text: "Let me.", signature: "SIG" }),
      block(0, "reasoning.encrypted", { data: "ENC", id: "r" }),
      block(1, "reasoning.text", { text: "So." }),
    ]);
  });

  it("of thinking blocks without an index begin anew after a signature", () => {
    const think = (thinking: string, signature?: string) =>
      delta({ thinking_blocks: [{ type: "thinking", thinking, ...(signature && { signature }) }] });
    const chunks = [think("a"), think("b"), think("", "S1"), think("c"), think("", "S2")];
    expect(message(chunks).thinking_blocks).toEqual([
      { type: "thinking", thinking: "ab", signature: "S1" },
      { type: "thinking", thinking: "c", signature: "S2" },
    ]);
  });
});

describe("the work grows with the bytes", () => {
  /** How often a member is read or written while chunks are joined, by counting on the chunks themselves. */
  const steps = (chunks: Members[]) => {
    let count = 0;
    const watch = (value: unknown): unknown =>
      typeof value === "object" && value !== null
        ? new Proxy(value, {
            get(target, name) {
              count += 1;
              return watch(Reflect.get(target, name));
            },
          })
        : value;
    const joiner = new CompletionJoiner();
    for (const chunk of chunks) joiner.add(watch(chunk));
    joiner.finish();
    return count;
  };
  const results = Array.from({ length: 10 }, (_, i) => ({ id: `${i}`, title: `Result ${i}` }));
  it.each<[string, (i: number) => Members]>([
    ["of log probabilities", () => delta({ content: "a" }, { logprobs: { content: [{ token: "a" }] } })],
    ["of repeated results", () => ({ search_results: results, ...delta({ content: "a" }) })],
    ["of arguments whose name is repeated", () => tools(piece('"x",', { index: 0, id: "1" }, "a"))],
    ["of thousands of calls", (i) => tools(piece("{}", { index: i, id: `c${i}` }, "a"))],
    ["of thousands of blocks", (i) => delta({ reasoning_details: [{ index: i, type: "t", text: "a" }] })],
  ])("%s", (_, make) => {
    const cost = (length: number) => steps(Array.from({ length }, (_, i) => make(i)));
    expect(cost(4000) / cost(1000)).toBeLessThan(5);
  });

  it("of 20,000 chunks in one go", () => {
    const chunks = Array.from({ length: 20_000 }, () => tools(piece('"x",', { index: 0, id: "1" }, "a")));
    expect(called(chunks)[0]).toHaveLength(2 + 4 * 20_000);
  });
});
