/** JSON Pointers (RFC 6901). */
import { type Json, type Members, setMember } from "./json.ts";
import { memoize } from "./memoize.ts";

/** The tokens of a JSON Pointer; a leading `#` marks its URI fragment form. */
export function parsePointer(pointer: string): string[] {
  const text = pointer.startsWith("#") ? decoded(pointer.slice(1)) : pointer;
  const tokens = text.split("/").slice(1);
  // Few pointers have an escaped character.
  return text.includes("~")
    ? tokens.map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"))
    : tokens;
}

/** As `parsePointer`, memoized. */
export const pointerTokens: (pointer: string) => readonly string[] = memoize(parsePointer);

/** Percent-decodes a URI fragment (RFC 3986, 2.1). One that cannot be decoded, such as `/100%`, is taken literally. */
function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** A JSON Pointer of these tokens, the inverse of `parsePointer`. */
export function toPointer(tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${String(token).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The value at a JSON Pointer, with or without a leading `#`; undefined where there is none. */
export function at(root: unknown, pointer: string): unknown {
  const tokens = pointerTokens(pointer);
  return below(root, tokens, tokens.length);
}

/** The value that the first tokens lead to. */
function below(root: unknown, tokens: readonly string[], count: number): unknown {
  let current = root;
  for (let index = 0; index < count; index++) {
    const token = tokens[index] as string;
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, token)) return undefined;
    current = (current as Record<string, unknown>)[token];
  }
  return current;
}

/**
 * Replaces the value at a pointer, in place. A pointer whose parent does not exist changes nothing.
 *
 * @returns the root; for the empty pointer, the new value
 */
export function put(root: Json, pointer: string, value: Json): Json {
  const tokens = pointerTokens(pointer);
  const last = tokens.at(-1);
  if (last === undefined) return value;
  const parent = below(root, tokens, tokens.length - 1);
  if (typeof parent === "object" && parent !== null) setMember(parent as Members, last, value);
  return root;
}
