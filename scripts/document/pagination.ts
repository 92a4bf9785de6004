/** How a list comes page by page: `x-pagination` of an operation. */
import { isObject, type Json } from "../shared/json.ts";
import { parsePointer } from "../shared/pointer.ts";
import { valid } from "./extensions.ts";
import type { OperationEntry } from "./model.ts";

export interface Pagination {
  /** Where in an answer the items are: a JSON Pointer, in which the index -1 is the last item. */
  items: string;
  /** The query parameter of the next request, and where in an answer its value is. */
  cursor: { parameter: string; value: string };
  /** The query parameter that says how many items a page has at most. */
  limit?: string;
  /** Where in an answer a boolean says whether more pages follow. */
  more?: string;
}

/** How an operation's list is divided into pages; undefined for an operation that gives no such list. */
export function paginationOf({ operation }: Pick<OperationEntry, "operation">): Pagination | undefined {
  return valid<Pagination>("x-pagination", operation["x-pagination"]);
}

/** The items of one page; none where the answer has no list there. */
export function itemsOf({ items }: Pagination, answer: Json): Json[] {
  const found = atOrLast(answer, items);
  return Array.isArray(found) ? found : [];
}

/** The cursor of the next page, the value of `cursor.parameter`; undefined after the last page. */
export function nextCursor(pagination: Pagination, answer: Json): string | undefined {
  const { cursor, more } = pagination;
  if (more !== undefined && atOrLast(answer, more) !== true) return undefined;
  const found = atOrLast(answer, cursor.value);
  const value = typeof found === "string" || typeof found === "number" ? String(found) : "";
  return value === "" || itemsOf(pagination, answer).length === 0 ? undefined : value;
}

/** The value at a JSON Pointer, in which -1 is the last item of a list. */
function atOrLast(root: Json, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const token of parsePointer(pointer)) {
    if (Array.isArray(value)) value = value.at(Number(token));
    else value = isObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
  }
  return value;
}
