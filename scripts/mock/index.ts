/** The mock: a server around Prism that answers like a relay, by the contract's examples and the user's scenarios. */
import { readFile } from "node:fs/promises";
import type { Document } from "../document/model.ts";
import { DEFAULT_HOST } from "../shared/listen.ts";
import { createMock, type Mock, type MockOptions } from "./create-mock.ts";
import { baseUrl } from "./http/try-it.ts";

export { createMock, type Mock, type MockOptions, type RequestFilter } from "./create-mock.ts";
export type { EngineOptions } from "./engine/engine.ts";
export type { Mismatch } from "./engine/exchange.ts";
export type { RateLimit } from "./engine/rate-limits.ts";
export type { JournalEntry, JournalFilter } from "./http/journal.ts";
export type { Pace } from "./http/pace.ts";
export type { ScenarioForm as Scenario, Turn } from "./scenarios/form.ts";

/** A mock that is running. */
export interface RunningMock extends Omit<Mock, "handler" | "listen"> {
  /** Where it is: `http://127.0.0.1:49152`. */
  readonly url: string;
  /** What SDKs take as their base URL: `http://127.0.0.1:49152/v1`. */
  readonly baseURL: string;
  readonly port: number;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface StartOptions extends Partial<MockOptions> {
  /** Default: 0, which picks a free one. */
  port?: number;
  /** Default: 127.0.0.1. */
  host?: string;
}

/**
 * Starts a mock, of this package's contract unless another is given, on a free port. `await using` ends it.
 *
 * @throws {InputError} as `createMock` and `listen` do
 */
export async function startMock({
  port = 0,
  host = DEFAULT_HOST,
  ...options
}: StartOptions = {}): Promise<RunningMock> {
  const document = options.document ?? (await ownContract());
  const mock = await createMock({ ...options, document });
  const { url, port: bound } = await mock.listen({ port, host });
  return {
    url,
    baseURL: baseUrl(document, url),
    port: bound,
    get requests() {
      return mock.requests;
    },
    get unmatched() {
      return mock.unmatched;
    },
    requestsOf: mock.requestsOf,
    waitForRequest: mock.waitForRequest,
    reset: mock.reset,
    reload: mock.reload,
    close: mock.close,
    [Symbol.asyncDispose]: () => mock.close(),
  };
}

/** Where this package's contract is. */
export const CONTRACT = new URL("../../generated/openapi.json", import.meta.url);

let contract: Promise<Document> | undefined;

function ownContract(): Promise<Document> {
  contract ??= readFile(CONTRACT, "utf8").then((text) => JSON.parse(text) as Document);
  return contract;
}
