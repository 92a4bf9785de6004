/** Tokens: the pieces in which a model writes a text, and by which its length is counted. */
import { memoize } from "../shared/memoize.ts";

/** Made when the first text comes: it loads its tables, which takes 20 ms. */
let words: Intl.Segmenter | undefined;

/**
 * A text in pieces as a model writes them: a word, or a run of punctuation, with the space before it. Joined they are
 * the text; none ends inside a character as readers see it (UAX #29). Memoized, because an answer's text is split to be
 * counted and again to be streamed, and a conversation's texts come each time.
 */
export const pieces: (text: string) => string[] = memoize(split, { most: 200, longest: 5000 });

/** A text of this many characters or more is split at its spaces, which is a hundred times faster. */
const LONG = 20_000;

/**
 * By hand: V8 gives up on `/\s*\S+/` after some 5 million characters without a space, in a process that has compiled so
 * many regular expressions that it no longer optimizes them.
 */
function splitAtSpaces(text: string): string[] {
  const out: string[] = [];
  let start = 0;
  let isInWord = false;
  for (let at = 0; at < text.length; at++) {
    const isWord = !isSpace(text.charCodeAt(at));
    if (isInWord && !isWord) {
      out.push(text.slice(start, at));
      start = at;
    }
    isInWord = isWord;
  }
  if (start < text.length) out.push(text.slice(start));
  return out;
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || (code > 127 && /\s/.test(String.fromCharCode(code)));
}

function split(text: string): string[] {
  if (text.length > LONG) return splitAtSpaces(text);
  words ??= new Intl.Segmenter("en", { granularity: "word" });
  const out: string[] = [];
  let space = "";
  let open = false;
  for (const { segment, isWordLike = false } of words.segment(text)) {
    if (segment.trim() === "") {
      space += segment;
      open = false;
    } else if (open && !isWordLike) out.push(out.pop() + segment);
    else {
      out.push(space + segment);
      space = "";
      open = !isWordLike;
    }
  }
  if (space !== "") out.push(space);
  return out;
}
