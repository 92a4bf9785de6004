/** How a list comes page by page: `x-pagination` of an operation. */
import { valid } from "./extensions.ts";
import type { OperationEntry, Pagination } from "./model.ts";

/** How an operation's list is divided into pages; undefined for an operation that gives no such list. */
export function paginationOf({ operation }: Pick<OperationEntry, "operation">): Pagination | undefined {
  return valid<Pagination>("x-pagination", operation["x-pagination"]);
}
