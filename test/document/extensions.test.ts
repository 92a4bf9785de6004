import { describe, expect, it } from "vitest";
import { problemsOf } from "../../scripts/document/extensions.ts";
import { paginationOf } from "../../scripts/document/pagination.ts";
import { choicesOf } from "../../scripts/document/response-choice.ts";
import { eventName, streamProtocol } from "../../scripts/document/stream-shape.ts";
import { itemsOf, nextCursor } from "../../scripts/openai/pages.ts";

describe("x-stream", () => {
  it("describes events with names, their end, their failure and the whole answer", () => {
    const stream = {
      name: "/type",
      end: ["response.completed"],
      failure: ["error"],
      result: { event: "response.completed", pointer: "/response" },
    };
    expect(problemsOf("x-stream", stream)).toEqual([]);
    expect(streamProtocol({ "x-stream": stream })).toEqual({ ...stream, done: false });
  });

  it("is events without names and then [DONE] where a media type has none, or one of another vendor", () => {
    const plain = { end: [], failure: [], done: true };
    expect(streamProtocol({})).toEqual(plain);
    expect(streamProtocol({ "x-stream": true })).toEqual(plain);
  });

  it.each([
    ["no members", {}, "x-stream: it must NOT have fewer than 1 properties."],
    [
      "an end without names of events",
      { end: ["done"] },
      "x-stream: it must have property name when property end is present.",
    ],
    [
      "an unknown convention",
      { result: { join: "poem" } },
      "x-stream: it must be equal to one of the allowed values (chat.completion).",
    ],
    ["an unknown member", { fail: ["error"] }, "x-stream: it must NOT have additional properties."],
  ])("is refused with %s", (_, value, message) => {
    expect(problemsOf("x-stream", value).map((problem) => problem.message)[0]).toContain(message);
  });

  it("takes the name of an event from its line or from its data", () => {
    const named = (name?: string) => streamProtocol(name === undefined ? {} : { "x-stream": { name } });
    expect(eventName(named("event"), "ping", {})).toBe("ping");
    expect(eventName(named("/type"), "ping", { type: "delta" })).toBe("delta");
    expect(eventName(named("/type"), "ping", { type: 1 })).toBeUndefined();
    expect(eventName(named(), "ping", { type: "delta" })).toBeUndefined();
  });
});

describe("x-pagination", () => {
  const value = {
    items: "/data",
    cursor: { parameter: "after", value: "/data/-1/id" },
    limit: "limit",
    more: "/has_more",
  };
  const pagination = paginationOf({ operation: { "x-pagination": value } });

  it("finds the items of a page and the cursor of the next one", () => {
    expect(problemsOf("x-pagination", value)).toEqual([]);
    const page = { data: [{ id: "a" }, { id: "b" }], has_more: true };
    expect(itemsOf(pagination!, page)).toEqual(page.data);
    expect(nextCursor(pagination!, page)).toBe("b");
  });

  it.each([
    ["says so", { data: [{ id: "a" }], has_more: false }],
    ["does not say that more follow", { data: [{ id: "a" }] }],
    ["has no items", { data: [], has_more: true }],
    ["has no cursor", { data: [{}], has_more: true }],
    ["has another form", "nothing"],
  ])("ends at a page that %s", (_, page) => {
    expect(nextCursor(pagination!, page)).toBeUndefined();
  });

  it("ends at a page without items where no member says whether more follow", () => {
    const { more: _, ...rest } = pagination!;
    expect(nextCursor(rest, { data: [{ id: 7 }] })).toBe("7");
    expect(nextCursor(rest, { data: [] })).toBeUndefined();
  });

  it("is absent where an operation has none, or one of another vendor", () => {
    expect(paginationOf({ operation: {} })).toBeUndefined();
    expect(paginationOf({ operation: { "x-pagination": { type: "offset" } } })).toBeUndefined();
  });
});

describe("x-when of a media type", () => {
  const when = (name: string, schema: object) => ({
    properties: { body: { properties: { [name]: schema }, required: [name] } },
  });
  const conditions = (schema: unknown) =>
    choicesOf({ description: "", content: { "text/plain": { "x-when": schema } } }).map(
      ({ condition }) => condition,
    );

  it("puts the media types that a request selects before those that Accept selects", () => {
    const content = {
      "application/json": {},
      "text/event-stream": { "x-when": when("stream", { const: true }) },
    };
    const choices = choicesOf({ description: "", content });
    expect(choices.map(({ mediaType }) => mediaType)).toEqual(["text/event-stream", "application/json"]);
    expect(choices[0]?.condition).toEqual({ in: "body", name: "stream", values: [true] });
    expect(choices[1]).not.toHaveProperty("when");
  });

  it("is a condition on one member where it names its values", () => {
    expect(conditions(when("format", { type: "string", enum: ["text", "srt"] }))).toEqual([
      { in: "body", name: "format", values: ["text", "srt"] },
    ]);
  });

  it.each([
    [
      "demands two members",
      { properties: { body: { properties: { a: { const: 1 }, b: { const: 2 } }, required: ["a"] } } },
    ],
    ["does not require its member", { properties: { body: { properties: { a: { const: 1 } } } } }],
    ["has a pattern", when("a", { pattern: "^x" })],
    ["matches everything", {}],
  ])("is not a condition on one member where it %s", (_, schema) => {
    expect(conditions(schema)).toEqual([undefined]);
  });
});
