/** What a recording must not hold: keys, and the fields that the user names. */
import { isObject, type Json } from "../shared/json.ts";
import { at, put } from "../shared/pointer.ts";

const MASK = "***";

/** Headers that carry keys. */
const KEY_HEADERS = [
  "authorization",
  "api-key",
  "x-api-key",
  "x-goog-api-key",
  "cookie",
  "proxy-authorization",
];
/** Query parameters that carry keys. */
const KEY_PARAMETERS = /^(api[-_]?key|key|token|access_token)$/i;
/** Shorter texts are not keys, and would be found in any word. */
const SHORTEST_KEY = 8;

/** The keys that a request carries, in its headers and in its query. */
export function keysIn(headers: Record<string, string>, url: string): string[] {
  const query = new URLSearchParams(url.split("?")[1] ?? "");
  const parameters = [...query].filter(([name]) => KEY_PARAMETERS.test(name)).map(([, value]) => value);
  const held = KEY_HEADERS.flatMap((name) => headers[name] ?? []).flatMap((value) => value.split(/[\s;,=]+/));
  return [...held, ...parameters].filter((key) => key.length >= SHORTEST_KEY);
}

/** Whether a query parameter carries a key. */
export function isKeyParameter(name: string): boolean {
  return KEY_PARAMETERS.test(name);
}

/** A text without any of the keys. */
export function withoutKeys(text: string, keys: readonly string[]): string {
  return keys.reduce((masked, key) => masked.replaceAll(key, MASK), text);
}

/** A value without any of the keys in its texts. */
export function valueWithoutKeys(value: Json, keys: readonly string[]): Json {
  if (typeof value === "string") return withoutKeys(value, keys);
  if (Array.isArray(value)) return value.map((item) => valueWithoutKeys(item, keys));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [withoutKeys(name, keys), valueWithoutKeys(held, keys)]),
  );
}

/** Whether a text has any of the keys in it. */
export function holdsKey(text: string, keys: readonly string[]): boolean {
  return keys.some((key) => text.includes(key));
}

/**
 * A body in which some fields are masked. It is changed.
 *
 * @param fields names of members, masked wherever they stand, and JSON Pointers, masked where they lead
 */
export function masked(body: Json, fields: readonly string[]): Json {
  const names = fields.filter((field) => !field.startsWith("/"));
  if (names.length > 0) maskNames(body, names);
  for (const pointer of fields.filter((field) => field.startsWith("/"))) {
    if (at(body, pointer) !== undefined) put(body, pointer, MASK);
  }
  return body;
}

function maskNames(node: Json, names: readonly string[]): void {
  if (Array.isArray(node)) for (const item of node) maskNames(item, names);
  if (!isObject(node)) return;
  for (const [name, value] of Object.entries(node)) {
    if (names.includes(name) && value !== null) node[name] = MASK;
    else maskNames(value, names);
  }
}

/** Whether anything in a value is masked. */
export function holdsMask(value: Json): boolean {
  if (Array.isArray(value)) return value.some(holdsMask);
  return isObject(value)
    ? Object.values(value).some(holdsMask)
    : typeof value === "string" && value.includes(MASK);
}
