/** How a list comes page by page: for the client, which reads pages, and the mock, which writes them. */
import type { Pagination } from "../document/model.ts";
import { isObject, type Json } from "../shared/json.ts";
import { parsePointer } from "../shared/pointer.ts";

export type { Pagination };

/** The items of one page; none where the answer has no list there. */
export function itemsOf({ items }: Pagination, answer: unknown): unknown[] {
  const found = atOrLast(answer, parsePointer(items));
  return Array.isArray(found) ? found : [];
}

/** The cursor of the next page, the value of `cursor.parameter`; undefined after the last page. */
export function nextCursor(pagination: Pagination, answer: unknown): string | undefined {
  const { cursor, more } = pagination;
  if (more !== undefined && atOrLast(answer, parsePointer(more)) !== true) return undefined;
  const found = atOrLast(answer, parsePointer(cursor.value));
  const value = typeof found === "string" || typeof found === "number" ? String(found) : "";
  return value === "" || itemsOf(pagination, answer).length === 0 ? undefined : value;
}

/**
 * One page of an answer that has all items.
 *
 * @param whole is not changed; it may show one page itself, so that its cursor and its `more` are those of the result
 * @param query the parameters of the request
 * @param size how many items a page has at most where the request does not say so
 */
export function pageOf(
  pagination: Pagination,
  whole: Json,
  query: Readonly<Record<string, unknown>>,
  size = Number.POSITIVE_INFINITY,
): Json {
  const { items, cursor, limit, more } = pagination;
  const all = itemsOf(pagination, whole) as Json[];
  const path = parsePointer(cursor.value);
  const itemPath = parsePointer(items);
  // The cursor is a member of the last item, or a member of the page that repeats one of the item's.
  const isOfItem = itemPath.every((token, index) => token === path[index]) && path[itemPath.length] === "-1";
  const rest = isOfItem ? path.slice(itemPath.length + 1) : ["id"];
  const cursors = all.map((item, index) => String(atOrLast(item, rest) ?? index + 1));
  const after = query[cursor.parameter];
  const start = after === undefined ? 0 : cursors.indexOf(String(after)) + 1 || all.length;
  const wanted = limit === undefined ? undefined : Number(query[limit]);
  const count = wanted !== undefined && wanted >= 1 ? Math.floor(wanted) : size;
  const page = all.slice(start, start + count);
  const left = start + page.length < all.length;
  let answer = replaced(whole, itemPath, page);
  if (!isOfItem) {
    // The last page has the ID of its last item beside `more: false` where the example has one there (`last_id`).
    const isThere = left || (more !== undefined && (atOrLast(whole, path) ?? null) !== null);
    const last = page.length > 0 && isThere ? cursors[start + page.length - 1] : undefined;
    answer = replaced(answer, path, last ?? null);
  }
  return more === undefined ? answer : replaced(answer, parsePointer(more), left);
}

function atOrLast(root: unknown, path: readonly string[]): unknown {
  let value = root;
  for (const token of path) {
    if (Array.isArray(value)) value = value.at(Number(token));
    else value = isObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
  }
  return value;
}

/** A copy with another value at a place. */
function replaced(root: Json, [name, ...rest]: readonly string[], value: Json): Json {
  if (name === undefined) return value;
  if (!isObject(root)) return root;
  return { ...root, [name]: replaced((root[name] as Json) ?? {}, rest, value) };
}
