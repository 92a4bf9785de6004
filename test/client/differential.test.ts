/** Any completion, split in any of the ways in which servers split them, is put together again; and as `openai` does it. */
import fc from "fast-check";
import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { Routescope } from "../../generated/client.ts";
import { toEventStream } from "../../scripts/openai/frames.ts";
import { completionToChunks } from "../../scripts/openai/split.ts";
import type { Json, Members } from "../../scripts/shared/json.ts";

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 });
const args = fc
  .dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 })
  .map((value) => JSON.stringify(value));
const call = fc.record({
  id: fc.uuid(),
  type: fc.constant("function"),
  function: fc.record({ name: fc.constantFrom("one", "two"), arguments: args }),
});
const calls = fc.uniqueArray(call, { minLength: 1, maxLength: 3, selector: ({ id }) => id });
const message = fc.oneof(
  fc.record({ role: fc.constant("assistant"), content: text, refusal: fc.constant(null) }),
  fc.record({ role: fc.constant("assistant"), content: fc.constant(null), refusal: text }),
  fc.record({
    role: fc.constant("assistant"),
    content: fc.constant(null),
    refusal: fc.constant(null),
    tool_calls: calls,
  }),
);
const completion = fc.array(message, { minLength: 1, maxLength: 3 }).map((messages) => ({
  id: "c",
  object: "chat.completion",
  created: 1,
  model: "m",
  choices: messages.map((said, index) => ({
    index,
    message: said,
    logprobs: null,
    finish_reason: "tool_calls" in said ? "tool_calls" : "stop",
  })),
  usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
}));
type Completion = typeof completion extends fc.Arbitrary<infer Value> ? Value : never;

const split = (answer: Completion) =>
  completionToChunks(answer as unknown as Json, { includeUsage: true }) as Members[];
const ask = { model: "m", messages: [{ role: "user" as const, content: "Hi" }] };
const clientOf = (chunks: Json[]) => ({
  apiKey: "k",
  baseURL: "http://relay.invalid/v1",
  fetch: async () =>
    new Response(toEventStream(chunks), { headers: { "content-type": "text/event-stream" } }),
});
const ours = (chunks: Json[]) =>
  new Routescope(clientOf(chunks)).chat.completions.stream(ask).finalChatCompletion();
/**
 * What the packages differ in on purpose: `parsed` is of another entry here, calls keep no index, and beside calls an empty
 * text is null, as it is in an answer that does not come in chunks. Absent members are as good as null ones.
 */
const comparable = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer), (name, value) =>
    value === null || name === "parsed" || name === "index" || (name === "content" && value === "")
      ? undefined
      : value,
  );

type Piece = { index?: Json; id?: Json; function?: Members };
/** Each `delta` and its pieces of calls, to be written otherwise in place. */
function eachDelta(chunks: Members[], rewrite: (delta: Members, choice: Members, pieces: Piece[]) => void) {
  for (const chunk of chunks) {
    for (const choice of chunk["choices"] as { delta: Members }[])
      rewrite(choice.delta, choice as unknown as Members, (choice.delta["tool_calls"] ?? []) as Piece[]);
  }
  return chunks;
}

const ways: Record<string, (chunks: Members[], answer: Completion) => Members[]> = {
  "IDs in every piece, without an index": (chunks, { choices }) =>
    eachDelta(chunks, (_, { index }, pieces) => {
      for (const piece of pieces) {
        const said = choices[index as number]!.message;
        if ("tool_calls" in said) piece.id = said.tool_calls[piece.index as number]!.id;
        piece.index = null;
      }
    }),
  "names and IDs in every piece": (chunks, { choices }) =>
    eachDelta(chunks, (_, { index }, pieces) => {
      for (const piece of pieces) {
        const said = choices[index as number]!.message;
        const whole = "tool_calls" in said ? said.tool_calls[piece.index as number]! : undefined;
        Object.assign(piece, { id: whole?.id });
        Object.assign(piece.function!, { name: whole?.function.name });
      }
    }),
  "empty and null names and IDs": (chunks) =>
    eachDelta(chunks, (_, __, pieces) => {
      for (const piece of pieces) {
        piece.id ??= "";
        piece.function!["name"] ??= null;
      }
    }),
  "content in parts": (chunks) =>
    eachDelta(chunks, (delta) => {
      if (typeof delta["content"] === "string") delta["content"] = [{ type: "text", text: delta["content"] }];
    }),
  "`message` beside `delta`": (chunks) =>
    eachDelta(chunks, (delta, choice) => {
      choice["message"] = structuredClone(delta);
    }),
  "`message` in place of `delta`": (chunks) =>
    eachDelta(chunks, (delta, choice) => {
      // A message that repeats the text so far is taken for that, which no single piece should look like.
      if (typeof delta["content"] === "string" && delta["content"] !== "") return;
      choice["message"] = delta;
      delete choice["delta"];
    }),
  "an empty chunk before, between and after": (chunks) => {
    const added: Members = { id: "", object: "", created: 0, model: "", choices: [] };
    return [added, ...chunks.flatMap((chunk) => [chunk, structuredClone(added)])];
  },
  "lists that every chunk repeats": (chunks) => chunks.map((chunk) => ({ ...chunk, citations: ["a", "b"] })),
};

describe("a completion folds to itself, split with", () => {
  it.each(Object.entries(ways))("%s", async (name, rewrite) => {
    await fc.assert(
      fc.asyncProperty(completion, async (answer) => {
        const final = await ours(rewrite(structuredClone(split(answer)), answer));
        const expected = name.startsWith("lists") ? { ...answer, citations: ["a", "b"] } : answer;
        expect(comparable(final)).toEqual(comparable(expected));
      }),
      { numRuns: 60 },
    );
  });
});

it("on well-formed chunks, the openai package puts the same answer together, member by member", async () => {
  await fc.assert(
    fc.asyncProperty(completion, async (answer) => {
      const chunks = split(answer);
      const theirs = await new OpenAI(clientOf(chunks)).chat.completions.stream(ask).finalChatCompletion();
      const final = await ours(chunks);
      expect(Object.keys(final).sort()).toEqual(Object.keys(theirs).sort());
      const [own, other] = [final, theirs].map(comparable) as [Members, Members];
      for (const member of Object.keys(other))
        expect({ [member]: own[member] }).toEqual({ [member]: other[member] });
    }),
    { numRuns: 60 },
  );
});
