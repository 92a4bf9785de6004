import { describe, expect, it } from "vitest";
import { patternOf, schemaPattern } from "../../scripts/document/pattern.ts";
import { compiler } from "../../scripts/mock/engine/schemas.ts";

describe("A pattern of a scenario", () => {
  it.each(["(?=a).*b", "(a{1,40}){1,40}", "(a+)\\1", "(?<!x)y{2,}"])(
    "is refused as a text when nothing bounds its time: %s",
    (text) => {
      expect(() => patternOf(text)).toThrow(
        /has look-around, a back-reference or more than 1,000 repetitions/,
      );
      expect(patternOf(new RegExp(text)).test("nothing")).toBe(false);
    },
  );

  it.each(["^(?=a)ab$", "(?!x)y"])("may have look-around without repetitions: %s", (text) => {
    expect(patternOf(text).test("aby")).toBe(new RegExp(text).test("aby"));
  });

  it.each(["^(a+)+$", "^(a{1,30}){1,30}$", `^${"a?".repeat(40)}${"a".repeat(40)}b$`])(
    "that would backtrack for years answers at once: %s",
    (text) => {
      expect(patternOf(text).test(`${"a".repeat(39)}!`)).toBe(false);
    },
  );
});

describe("A pattern of a JSON Schema", () => {
  const info = { openapi: "3.1.1", info: { title: "Empty", version: "1" } };
  const catastrophe = { type: "string", pattern: "^(a+)+$" };

  it("that would backtrack for years answers at once, in a contract and in a scenario", () => {
    for (const strict of [false, true]) {
      const check = compiler(info, strict).check(catastrophe);
      expect(check(`${"a".repeat(60)}!`)).toMatchObject({ field: null });
      expect(check("aaaa")).toBeUndefined();
    }
  });

  it("does not match a text that is too long to be looked through", () => {
    expect(schemaPattern("(a*)*b?", "u", false).test("a".repeat(200_000))).toBe(false);
  });

  it.each(["^[a-z]+$", "^.*$", "^a", "b$"])("of one repetition sees a text of any length: %s", (source) => {
    const text = `${"a".repeat(2_000_000)}b`;
    expect(schemaPattern(source, "u", false).test(text)).toBe(true);
  });

  it("of one repetition matches no text of more than 4 million characters, over which V8 might run out of stack", () => {
    const { test } = schemaPattern("^[a-z]+$", "u", false);
    expect([test("a".repeat(4_000_000)), test("a".repeat(4_000_001))]).toEqual([true, false]);
    expect(schemaPattern("b$", "u", false).test(`${"a".repeat(4_000_001)}b`)).toBe(true);
  });

  it("that nothing bounds is refused in a scenario, and runs as it is in a contract", () => {
    const schema = { type: "string", pattern: "^(?=a).*b$" };
    expect(() => compiler(info, true).check(schema)).toThrow(/nothing bounds the time/);
    expect(compiler(info).check(schema)("aab")).toBeUndefined();
    expect(compiler(info).check(schema)("b")).toBeDefined();
  });

  it("is one of several in a schema", () => {
    const properties = { a: { pattern: "^a+$" }, b: { pattern: "^b+$" }, c: { pattern: "c$" } };
    const check = compiler(info).check({ type: "object", properties });
    expect(check({ a: "aa", b: "bb", c: "bc" })).toBeUndefined();
    expect(check({ a: "aa", b: "aa" })).toMatchObject({ field: "b" });
  });

  it("may be one that is valid only without Unicode mode", () => {
    expect(schemaPattern("^[\\w-.]+$", "u", true).test("a-b.c")).toBe(true);
  });
});

it("A format is not asked about a text of more than 100,000 characters, which only some may have", () => {
  const info = { openapi: "3.1.1", info: { title: "Empty", version: "1" } };
  const fits = (format: string, text: string) =>
    compiler(info).check({ type: "string", format })(text) === undefined;
  const image = `data:image/png;base64,${"A".repeat(100_000)}`;
  expect(["uri", "byte", "email", "date-time"].map((format) => fits(format, image))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([fits("uri", "no uri"), fits("date-time", "2026-11-26T10:00:00Z")]).toEqual([false, true]);
});
