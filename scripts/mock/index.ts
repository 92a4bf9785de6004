/**
 * The mock: a server around Prism that answers like a relay. Everything it says comes from the contract's examples and
 * the user's scenarios; this file puts the parts together.
 */
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Document } from "../document/model.ts";
import type { Json } from "../shared/json.ts";
import { DEFAULT_HOST, listen } from "../shared/listen.ts";
import { random } from "../shared/random.ts";
import { DEFAULT_PORT } from "./default-port.ts";
import { createEngine, type Engine, type EngineOptions, type Exchange } from "./engine/engine.ts";
import type { Plan } from "./engine/plan.ts";
import { RequestProblem } from "./engine/request-problem.ts";
import { Attempts } from "./faults/attempts.ts";
import { Journal, type JournalEntry } from "./http/journal.ts";
import { homePlan } from "./http/own-pages.ts";
import type { Pace } from "./http/pace.ts";
import { DEFAULT_LIMITS } from "./http/read-body.ts";
import { close, httpServer } from "./http/server.ts";
import { baseUrl } from "./http/try-it.ts";
import { write, writeAtOnce, writePreflight } from "./http/write.ts";

export type { EngineOptions } from "./engine/engine.ts";
export type { JournalEntry } from "./http/journal.ts";
export type { Pace } from "./http/pace.ts";
export type { ScenarioForm as Scenario, Turn } from "./scenarios/form.ts";

export interface MockOptions extends EngineOptions, Pace {
  /** Whether requests are kept for `requests` and `GET /__mock/requests`; default true. */
  journal?: boolean;
  /** Told of each request once it is answered. */
  log?: (entry: JournalEntry) => void;
  /** Gets every request first, and resolves to true for those that it has answered: other things on the same port. */
  first?: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
}

export interface Mock {
  /** Answers one request, for a server of your own. Never rejects. */
  handler(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /**
   * Serves on a port of its own; 0 picks a free one. Default: port 4010 of 127.0.0.1.
   *
   * @throws {InputError} when the port cannot be had
   */
  listen(where?: { port?: number; host?: string }): Promise<{ url: string; port: number }>;
  /** The last requests with their answers, the oldest first; at most 1,000, and 16 MiB of text. */
  readonly requests: readonly JournalEntry[];
  /** Forgets the requests, and how often each came. */
  reset(): void;
  /**
   * Answers from now on by other options, or from scenario files as they are now.
   *
   * @throws {InputError} as `createMock` does; what was served before is served on
   */
  reload(changes?: Partial<EngineOptions>): Promise<void>;
  /**
   * Ends the server.
   *
   * @param grace milliseconds for which answers may go on; default 0
   */
  close(grace?: number): Promise<void>;
}

/**
 * Makes a mock of a contract.
 *
 * @throws {InputError} when a schema or an `x-when` of the contract cannot be used, or a scenario or a fault is wrong
 */
export async function createMock({
  log,
  first,
  journal: keep = true,
  ...options
}: MockOptions): Promise<Mock> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const attempts = new Attempts();
  const journal = new Journal(keep);
  let current: EngineOptions = options;
  let engine = await createEngine(current, limits, attempts);

  const reset = () => {
    journal.clear();
    attempts.clear();
  };

  async function handler(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Whatever fails here, it fails for this client alone.
    await respond(request, response).catch(() => response.destroy());
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Another contract may be loaded meanwhile.
    const serving = engine;
    const started = performance.now();
    if (first && (await first(request, response))) return;
    const home = homePlan(request, { document: serving.document, journal, reset });
    if (home) return writeAtOnce(request, response, home);
    if (request.method === "OPTIONS") return writePreflight(response, request.headers);
    const exchange = serving.open(request);
    const { method, url, headers } = exchange.context;
    const { keys } = serving;
    const entry = journal.open({ method, url: keys.maskUrl(url), headers: keys.maskHeaders(headers) });
    response.once("close", () => {
      entry.ms = performance.now() - started;
      if (!response.writableFinished) entry.aborted = true;
      log?.(entry);
    });
    const plan = await planFor(serving, request, exchange);
    note(journal, entry, exchange, plan);
    await write(request, response, plan, options, exchange.random);
  }

  async function planFor(serving: Engine, request: IncomingMessage, exchange: Exchange): Promise<Plan> {
    try {
      if (request.httpVersion === "1.1" && request.headers.host === undefined)
        throw new RequestProblem(400, "invalid_request", "The Host header is missing (RFC 9112, 3.2).");
      return await serving.answer(request, exchange);
    } catch (error) {
      return serving.refusal(error, exchange);
    }
  }

  const server = httpServer({
    handler,
    refusal: (problem) => {
      const context = { method: "", url: "", path: {}, query: {}, headers: {}, body: undefined };
      const nobody = { context, faults: [], random: random(Math.random() * 2 ** 32), size: 0 };
      return engine.refusal(problem, nobody);
    },
  });
  return {
    handler,
    listen: ({ port = DEFAULT_PORT, host = DEFAULT_HOST } = {}) => listen(server, { port, host }),
    get requests() {
      return journal.entries;
    },
    reset,
    reload: async (changes = {}) => {
      const next = { ...current, ...changes };
      engine = await createEngine(next, limits, attempts);
      current = next;
    },
    close: (grace = 0) => close(server, grace),
  };
}

/** Completes a request's entry with what was decided. */
function note(journal: Journal, entry: JournalEntry, exchange: Exchange, plan: Plan): void {
  const { context, operation, scenario, faults, size } = exchange;
  entry.status = plan.head.status;
  entry.faults = faults.map((fault) => fault.text);
  if (context.body !== undefined) entry.body = context.body;
  else if (context.raw !== undefined) entry.body = context.raw;
  if (operation) {
    const { operationId, method, path } = { ...operation.entry, ...operation.entry.operation };
    entry.operation = operationId ?? `${method.toUpperCase()} ${path}`;
  }
  if (scenario) entry.scenario = scenario.name;
  // Most are never looked at.
  Object.defineProperty(entry, "answer", { enumerable: true, get: () => answerOf(plan) });
  journal.weigh(
    entry,
    plan.frames.reduce((sum, frame) => sum + frame.length, size),
  );
}

function answerOf({ frames, streamed }: Plan): Json {
  const text = Buffer.concat(frames.map((frame) => Buffer.from(frame))).toString();
  if (streamed) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

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
