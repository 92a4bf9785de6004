/** Text for people: counts, articles, paragraphs, the words of an error. */

/** `1 file`, `2 files`. */
export function counted(number: unknown, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** `a string`, `an object`: the name of a JSON type in a sentence; `null` takes no article. */
export function withArticle(type: string): string {
  if (type === "null") return type;
  return `${/^[aeio]/.test(type) ? "an" : "a"} ${type}`;
}

/** The message of a thrown value, which need not be an Error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The first paragraph of a text in Markdown, with its line breaks; empty if there is none. */
export function firstParagraph(text: string | undefined): string {
  return (text ?? "").trim().split(/\n\s*\n/)[0] ?? "";
}

/** The first paragraph on one line. */
export function firstParagraphLine(text: string | undefined): string {
  return firstParagraph(text).replace(/\s*\n\s*/g, " ");
}

/**
 * A text for a terminal: control characters are written out as in `\u001b`, since a text of a stranger might clear the
 * screen or colour it. Line breaks and tabs stay, and JSON stays JSON.
 */
export function printable(text: string): string {
  return text.replaceAll(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about.
    /[\0-\x08\x0b-\x1f\x7f-\x9f]/g,
    unicodeEscape,
  );
}

/** A UTF-16 code unit as it is escaped in JSON and in JavaScript: `\u001b`. */
export function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Cuts a text to at most `length` characters; a text that was cut ends in an ellipsis. */
export function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** A text as the source of a regular expression that matches it literally. */
export function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
