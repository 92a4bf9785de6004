/** Regular expressions of scenarios, over texts that anyone may send. */

export interface Pattern {
  test(text: string): boolean;
  /** As it was written, for messages. */
  text: string;
}

/**
 * Compiles a pattern.
 *
 * @param written a string, in which upper and lower case are alike, or a `RegExp` with flags of its choice
 * @throws {Error} for a string that is no regular expression
 */
export function linearPattern(written: string | RegExp): Pattern {
  const flags = typeof written === "string" ? "iu" : written.flags.replaceAll(/[gy]/g, "");
  const expression = new RegExp(written, flags);
  return { test: (text) => expression.test(text), text: String(expression) };
}
