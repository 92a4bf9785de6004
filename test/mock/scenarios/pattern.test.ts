import { describe, expect, it } from "vitest";
import { patternOf } from "../../../scripts/mock/scenarios/pattern.ts";

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
