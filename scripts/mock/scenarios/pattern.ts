/** Regular expressions of scenarios, over texts that anyone may send: none may take longer than its text is long. */
import { RE2JS } from "re2js";

export interface Pattern {
  test(text: string): boolean;
  /** As it was written, for messages. */
  text: string;
}

/** Of a longer text a pattern with repetitions sees so many characters: the linear engine takes 1 ms for 1,000. */
const SEEN = 100_000;
/** So many question marks cannot multiply to a time that anyone would notice. */
const MOST_OPTIONAL = 8;

/**
 * Compiles a pattern. One with next to no repetitions cannot backtrack far and is left to JavaScript; any other runs in
 * RE2, in linear time. RE2 has no look-around and no back-references. A `RegExp` of a test may use them all the same,
 * since its author can see what time it takes; a string, which comes from a file or over HTTP, may not.
 *
 * @param written a string, in which upper and lower case are alike, or a `RegExp` with its own flags
 * @throws {Error} for a string that is no regular expression, or that RE2 cannot run
 */
export function patternOf(written: string | RegExp): Pattern {
  const flags = typeof written === "string" ? "iu" : written.flags.replaceAll(/[gy]/g, "");
  const expression = new RegExp(written, flags);
  const text = String(expression);
  if (!mayBacktrack(expression.source)) return { test: (value) => expression.test(value), text };
  const linear = linearOf(expression);
  if (!linear && typeof written === "string")
    throw new Error(
      `The pattern ${written} has look-around, a back-reference or more than 1,000 repetitions, so that nothing bounds the time it takes. Write it without them, or as several conditions; in a test it may be a RegExp`,
    );
  return {
    test: (value) => {
      const seen = value.slice(0, SEEN);
      return linear ? linear.matcher(seen).find() : expression.test(seen);
    },
    text,
  };
}

/** Whether a pattern has repetitions, nested ones or many optional parts among them: `(a?a?){9}` is as bad as `(a+)+`. */
function mayBacktrack(source: string): boolean {
  return /[*+{]/.test(source) || (source.match(/\?/g)?.length ?? 0) > MOST_OPTIONAL;
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
