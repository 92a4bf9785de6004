/** Regular expressions of schemas and scenarios, over texts of strangers: none may take longer than its text is long. */
import { RE2JS } from "re2js";

export interface Pattern {
  test(text: string): boolean;
  /** As it was written, for messages. */
  text: string;
}

/** A pattern with several repetitions runs over this many characters of a text: the linear engine takes 1 ms for 1,000. */
const SEEN = 100_000;
/** One that JavaScript runs: where V8 does not optimize it, each character takes 16 bytes of a stack of 64 MiB. */
const SEEN_BY_JAVASCRIPT = 4_000_000;
/** Up to this many question marks cannot multiply to a time that anyone would notice. */
const MOST_OPTIONAL = 8;

/**
 * Compiles a pattern. One with next to no repetitions cannot backtrack far and is left to JavaScript; any other runs in
 * RE2, in linear time. RE2 has no look-around and no back-references. A `RegExp` of a test may use them all the same,
 * since its author can see what time it takes; a string, which comes from a file or over HTTP, may not.
 *
 * @param written a string, matched without regard to case, or a `RegExp` with its own flags
 * @throws {Error} for a string that is not a regular expression, or that RE2 cannot run
 */
export function patternOf(written: string | RegExp): Pattern {
  const flags = typeof written === "string" ? "iu" : written.flags.replaceAll(/[gy]/g, "");
  const expression = new RegExp(written, flags);
  const text = String(expression);
  const linear = linearOf(expression);
  if (!linear && typeof written === "string") throw new Error(unbounded(written));
  const test = linear ?? ((value: string) => expression.test(value));
  const seen = seenBy(expression.source);
  return { test: (value) => test(value.slice(0, seen)), text };
}

/**
 * Compiles the `pattern` of a JSON Schema. A text that is too long for a pattern with repetitions does not match it.
 *
 * @param strict whether a pattern that nothing bounds is refused; else it runs in JavaScript
 * @throws {Error} for what is not a regular expression, or nothing bounds
 */
export function schemaPattern(source: string, flags: string, strict: boolean): Pattern {
  const expression = lenientRegExp(source, flags);
  if (strict && !linearOf(expression)) throw new Error(unbounded(source));
  const seen = seenBy(source);
  // Compiled at the first text: a mock has many patterns, and most of them never see one.
  let test: ((text: string) => boolean) | undefined;
  return {
    test: (text) => {
      test ??= linearOf(expression) ?? ((one) => expression.test(one));
      return text.length <= seen && test(text);
    },
    text: String(expression),
  };
}

/**
 * What Ajv takes in place of `RegExp`. It asks a pattern for `test`, and tells patterns apart by `toString`.
 *
 * @param strict whether a pattern is refused that nothing bounds in time
 */
export function patterns(strict: boolean): (source: string, flags: string) => RegExp {
  return (source, flags) => {
    const { test, text } = schemaPattern(source, flags, strict);
    return { test, toString: () => text } as unknown as RegExp;
  };
}

/** Many patterns are valid only without Unicode mode, such as `[\w-.]`: they mean the same there. */
function lenientRegExp(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch {
    return new RegExp(source, flags.replace("u", ""));
  }
}

function unbounded(pattern: string): string {
  return `The pattern ${pattern} has look-around, a back-reference or more than 1,000 repetitions, so that nothing bounds the time it takes. Write it without them, or as several conditions; in a test it may be a RegExp`;
}

/**
 * Whether a pattern has repetitions, nested ones or many optional parts among them: `(a?a?){9}` is as bad as `(a+)+`. A
 * single one from the beginning to the end, of single characters, has no choice: `^[a-z]+$`.
 */
function mayBacktrack(source: string): boolean {
  if (/^\^[^*+?{()|]*[^)*+?{(|][*+]\$?$/.test(source)) return false;
  return /[*+{]/.test(source) || (source.match(/\?/g)?.length ?? 0) > MOST_OPTIONAL;
}

/** How many characters of a text a pattern sees. */
function seenBy(source: string): number {
  if (mayBacktrack(source)) return SEEN;
  return /[*+{]/.test(source) ? SEEN_BY_JAVASCRIPT : Number.POSITIVE_INFINITY;
}

/** A test that takes no longer than its text is long; undefined for a pattern that has none. */
function linearOf(expression: RegExp): ((text: string) => boolean) | undefined {
  if (!mayBacktrack(expression.source)) return (text) => expression.test(text);
  const { source, ignoreCase, multiline, dotAll } = expression;
  const flags =
    (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) |
    (multiline ? RE2JS.MULTILINE : 0) |
    (dotAll ? RE2JS.DOTALL : 0);
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(source), flags);
    return (text) => compiled.matcher(text).find();
  } catch {
    return undefined;
  }
}
