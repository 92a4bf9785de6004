/** How a list comes page by page: `x-pagination` of an operation. */
import { valid } from "./extensions.ts";
import type { OperationEntry } from "./model.ts";

/** Where pages have their items and the way to the next one. Pointers lead into an answer, -1 is a list's last item. */
export interface Pagination {
  /** Where the items are. */
  items: string;
  /** The query parameter of the next request, and where in an answer its value is. */
  cursor: { parameter: string; value: string };
  /** The query parameter that says how many items a page has at most. */
  limit?: string;
  /** Where a boolean says whether more pages follow. */
  more?: string;
}

/** How an operation's list is divided into pages; undefined for an operation that gives no such list. */
export function paginationOf({ operation }: Pick<OperationEntry, "operation">): Pagination | undefined {
  return valid<Pagination>("x-pagination", operation["x-pagination"]);
}
