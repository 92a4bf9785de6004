/** Pages of a list: what the mock makes of all items, and what the client makes of a page. */
import { describe, expect, it } from "vitest";
import type { Pagination } from "../../scripts/document/model.ts";
import { itemsOf, nextCursor, pageOf } from "../../scripts/openai/pages.ts";
import type { Json } from "../../scripts/shared/json.ts";

const whole = { data: ["a", "b", "c", "d", "e"].map((id) => ({ id })), more: false, last: null };
const BY_ITEM: Pagination = {
  items: "/data",
  cursor: { parameter: "after", value: "/data/-1/id" },
  limit: "limit",
  more: "/more",
};
const BY_PAGE: Pagination = { items: "/data", cursor: { parameter: "page", value: "/last" } };
const ids = (page: Json) => itemsOf(BY_ITEM, page).map((item) => (item as { id: string }).id);

describe("a page", () => {
  it("has as many items as the request asks for, after the item that it names, and says whether more follow", () => {
    const first = pageOf(BY_ITEM, whole, { limit: "2" });
    expect([ids(first), first]).toEqual([["a", "b"], expect.objectContaining({ more: true })]);
    const last = pageOf(BY_ITEM, whole, { limit: "2", after: "d" });
    expect([ids(last), last]).toEqual([["e"], expect.objectContaining({ more: false })]);
    expect(whole.data).toHaveLength(5);
  });

  it("is empty after an item that is not there, and has the usual size where the limit is none", () => {
    expect(ids(pageOf(BY_ITEM, whole, { after: "z" }))).toEqual([]);
    expect(ids(pageOf(BY_ITEM, whole, { limit: "0" }, 3))).toEqual(["a", "b", "c"]);
    expect(ids(pageOf(BY_ITEM, whole, {}))).toHaveLength(5);
  });

  it("may hold its cursor itself, which is null on the last one", () => {
    const first = pageOf(BY_PAGE, whole, {}, 2);
    expect(first).toMatchObject({ last: "b" });
    expect(pageOf(BY_PAGE, whole, { page: "c" }, 2)).toMatchObject({ last: null });
  });

  it("has no cursor on the last one where the example has none, and its last ID where it has one", () => {
    const pagination = { ...BY_PAGE, more: "/more" };
    const cursor = (last: string | null, page: string) =>
      (pageOf(pagination, { ...(whole as object), last }, { page }, 2) as { last: string | null }).last;
    expect([cursor(null, "c"), cursor(null, "b")]).toEqual([null, "d"]);
    expect([cursor("e", "c"), cursor("e", "b")]).toEqual(["e", "d"]);
  });

  it("leads to the next one until the last, and an empty one ends the list", () => {
    const seen: string[] = [];
    let query: Record<string, string> = { limit: "2" };
    for (;;) {
      const page = pageOf(BY_ITEM, whole, query);
      seen.push(...ids(page));
      const after = nextCursor(BY_ITEM, page);
      if (after === undefined) break;
      query = { limit: "2", after };
    }
    expect(seen).toEqual(["a", "b", "c", "d", "e"]);
    expect(nextCursor(BY_PAGE, { data: [], last: "x" })).toBeUndefined();
  });
});
