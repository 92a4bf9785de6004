/** JSON Pointers (RFC 6901). */
import type { Json } from "./json.ts";

/** The tokens of a JSON Pointer; a leading `#` marks its URI fragment form. */
export function parsePointer(pointer: string): string[] {
  const text = pointer.startsWith("#") ? decoded(pointer.slice(1)) : pointer;
  const tokens = text.split("/").slice(1);
  // Few pointers have an escaped character.
  return text.includes("~")
    ? tokens.map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"))
    : tokens;
}

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
  let current = root;
  for (const token of parsePointer(pointer)) {
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
  const last = parsePointer(pointer).at(-1);
  if (last === undefined) return value;
  const parent = at(root, pointer.slice(0, pointer.lastIndexOf("/")));
  if (typeof parent === "object" && parent !== null) (parent as Record<string, Json>)[last] = value;
  return root;
}
