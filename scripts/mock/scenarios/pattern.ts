/** Regular expressions of scenarios, over texts that anyone may send: none may take longer than its text is long. */
import { RE2JS } from "re2js";

export interface Pattern {
  test(text: string): boolean;
  /** As it was written, for messages. */
  text: string;
}

/** Of a longer text a pattern with repetitions sees so many characters: the linear engine takes 1 ms for 1,000. */
const SEEN = 100_000;

/**
 * Compiles a pattern. One without unbounded repetitions cannot backtrack far and is left to JavaScript; any other runs
 * in RE2, in linear time. RE2 knows no look-around and no back-references: a pattern with these is JavaScript's too, and
 * its author answers for the time that it takes.
 *
 * @param written a string, in which upper and lower case are alike, or a `RegExp` with its own flags
 * @throws {Error} for a string that is no regular expression
 */
export function patternOf(written: string | RegExp): Pattern {
  const flags = typeof written === "string" ? "iu" : written.flags.replaceAll(/[gy]/g, "");
  const expression = new RegExp(written, flags);
  const text = String(expression);
  if (!/[*+]|\{\d+,\}/.test(expression.source)) return { test: (value) => expression.test(value), text };
  const linear = linearOf(expression);
  return {
    test: (value) => {
      const seen = value.slice(0, SEEN);
      return linear ? linear.matcher(seen).find() : expression.test(seen);
    },
    text,
  };
}

function linearOf({ source, ignoreCase, multiline, dotAll }: RegExp): RE2JS | undefined {
  const flags =
    (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) |
    (multiline ? RE2JS.MULTILINE : 0) |
    (dotAll ? RE2JS.DOTALL : 0);
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source), flags);
  } catch {
    return undefined;
  }
}
