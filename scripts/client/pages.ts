/** Lists that come page by page. Generated clients import this only where an operation gives such a list. */
import { itemsOf, nextCursor, type Pagination } from "../openai/pages.ts";
import type { Call } from "./call.ts";
import type { RequestOptions } from "./options.ts";
import type { APIPromise, WithRequestID } from "./promise.ts";

/** One page: the answer, and the way to the next one. Iterating it gives its items, then those of the pages after it. */
export type Page<Answer, Item> = Answer & PageMethods<Answer, Item>;

/** What a page has beside the members of the answer. */
export interface PageMethods<Answer, Item> extends AsyncIterable<Item> {
  /** The items of this page. */
  getPaginatedItems(): Item[];
  /** Whether the server says that more pages follow. */
  hasNextPage(): boolean;
  /** Asks for the next page. @throws {TypeError} if this is the last one */
  getNextPage(): Promise<WithRequestID<Page<Answer, Item>>>;
  /** This page, then each one after it. */
  iterPages(): AsyncGenerator<WithRequestID<Page<Answer, Item>>>;
}

/** A promise of the first page. Iterating it gives the items of all pages: `for await (const item of client.files.list())`. */
export type PagePromise<Answer, Item> = APIPromise<Page<Answer, Item>> & AsyncIterable<Item>;

/** What makes a call: the transport. */
interface Caller {
  call<T>(method: string, path: string, call: Call, options?: RequestOptions): APIPromise<T>;
}

/**
 * Calls an operation that gives a list page by page.
 *
 * @param pagination how the pages are connected
 * @throws {APIError} as any call does
 */
export function listPages<Answer, Item>(
  api: Caller,
  method: string,
  path: string,
  call: Call,
  options: RequestOptions | undefined,
  pagination: Pagination,
): PagePromise<Answer, Item> {
  type Found = WithRequestID<Page<Answer, Item>>;
  const after = (cursor: string): PagePromise<Answer, Item> => {
    const query = { ...call.query, [pagination.cursor.parameter]: cursor };
    return listPages(api, method, path, { ...call, query }, options, pagination);
  };
  const opened = (answer: unknown): unknown => {
    if (typeof answer !== "object" || answer === null) return answer;
    const page = answer as Found;
    const next = nextCursor(pagination, answer);
    const methods: PageMethods<Answer, Item> = {
      getPaginatedItems: () => itemsOf(pagination, answer) as Item[],
      hasNextPage: () => next !== undefined,
      getNextPage: async () => {
        if (next === undefined) throw new TypeError("This is the last page. Ask hasNextPage() first.");
        return after(next);
      },
      async *iterPages() {
        for (let one = page; ; one = await one.getNextPage()) {
          yield one;
          if (!one.hasNextPage()) return;
        }
      },
      async *[Symbol.asyncIterator]() {
        for await (const one of methods.iterPages()) yield* one.getPaginatedItems();
      },
    };
    // Not enumerable, so that a page prints and compares as the answer that it is.
    for (const name of Reflect.ownKeys(methods))
      Object.defineProperty(page, name, { value: methods[name as keyof typeof methods] });
    return page;
  };
  const promise = api.call<Page<Answer, Item>>(method, path, { ...call, opened }, options);
  return Object.assign(promise, {
    async *[Symbol.asyncIterator]() {
      yield* await promise;
    },
  });
}
