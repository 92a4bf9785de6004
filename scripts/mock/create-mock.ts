/** Puts the parts of the mock together: a request comes in, is decided, answered, written and logged. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { isObject } from "../shared/json.ts";
import { DEFAULT_HOST, listen } from "../shared/listen.ts";
import { random, seedOf } from "../shared/random.ts";
import { messageOf } from "../shared/text.ts";
import { DEFAULT_PORT } from "./default-port.ts";
import { answer } from "./engine/answer.ts";
import { Counters } from "./engine/counters.ts";
import { decide } from "./engine/decide.ts";
import { createEngine, type Engine, type EngineOptions, randomFor } from "./engine/engine.ts";
import { contextOf, type Exchange, openExchange, sessionNames } from "./engine/exchange.ts";
import { refuse } from "./engine/refuse.ts";
import type { Reply } from "./engine/reply.ts";
import { RequestProblem } from "./engine/request-problem.ts";
import { type Administered, adminReply, isForAdmin } from "./http/admin.ts";
import { fitting, Journal, type JournalEntry, type JournalFilter, type Note } from "./http/journal.ts";
import { Metrics } from "./http/metrics.ts";
import type { Pace } from "./http/pace.ts";
import { DEFAULT_LIMITS } from "./http/read-body.ts";
import { close, httpServer } from "./http/server.ts";
import { write, writeAtOnce, writePreflight } from "./http/write.ts";
import type { ScenarioForm } from "./scenarios/form.ts";

export interface MockOptions extends EngineOptions, Pace {
  /** Whether requests are kept for `requests` and `GET /__mock/requests`; default true. */
  journal?: boolean;
  /** Whether no other process answers at the same address. If one does, `/__mock` is off. Default: true. */
  alone?: boolean;
  /** Needed for `/__mock`, and then enough for pages of any origin. Default: none; pages of other origins are refused. */
  adminToken?: string;
  /** Called with each request once it is answered. */
  log?: (entry: JournalEntry) => void;
  /** Called with what fails while a request is answered, which is a fault of the mock. Default: a line on stderr. */
  logError?: (error: unknown) => void;
  /** Gets every request first, and resolves to true for those that it has answered: other things on the same port. */
  first?: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
}

/** Selects requests: by operation, by several properties, or by a test of the entry. */
export type RequestFilter = string | JournalFilter | ((entry: JournalEntry) => boolean);

export interface Mock {
  /** Answers one request, for a server of your own. Never rejects. */
  handler(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /**
   * Serves on a port; 0 picks a free one. Default: port 4010 of 127.0.0.1.
   *
   * @throws {InputError} when the port cannot be had
   */
  listen(where?: { port?: number; host?: string }): Promise<{ url: string; port: number }>;
  /** The last requests with their answers, the oldest first; at most 1,000, and 16 MiB of text. */
  readonly requests: readonly JournalEntry[];
  /** Those of the requests that no scenario of yours answered, each with the reasons in `mismatches`. */
  readonly unmatched: readonly JournalEntry[];
  /** The requests of an operation, by any of its names: `chat.completions.create`. */
  requestsOf(operation: string, filter?: Omit<JournalFilter, "operation">): JournalEntry[];
  /**
   * Waits until a request was answered; one that was already answered counts too.
   *
   * @param filter default: any request
   * @param options.timeout milliseconds; default 5,000
   * @throws {Error} that lists what came, when none has come in time
   */
  waitForRequest(filter?: RequestFilter, options?: { timeout?: number }): Promise<JournalEntry>;
  /** Forgets the requests, and what is counted between them: of all, or of one session. */
  reset(session?: string): void;
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

const TIMEOUT = 5000;

/**
 * Makes a mock of a contract.
 *
 * @throws {InputError} when a schema or an `x-when` of the contract cannot be used, or a scenario or a fault is wrong
 */
export async function createMock(options: MockOptions): Promise<Mock> {
  const {
    log,
    logError = printError,
    first,
    journal: keep = true,
    alone: isAlone = true,
    adminToken,
    ...started
  } = options;
  const limits = { ...DEFAULT_LIMITS, ...started.limits };
  const pace = paceIn(options);
  const counters = new Counters();
  const journal = new Journal(keep, (headers) => engine.keys.maskHeaders(headers));
  const metrics = new Metrics();
  let engine = await createEngine(started, limits, counters);
  // One change after the other: the second of two may build on the first.
  let changing: Promise<unknown> = Promise.resolve();

  const reset = (session?: string) => {
    for (const name of session === undefined ? [undefined] : sessionNames(session)) {
      journal.clear(name);
      counters.clear(name);
    }
    if (session === undefined) engine.rateLimits?.clear();
  };
  const reload = (changes: (before: EngineOptions) => Partial<EngineOptions>) => {
    const change = async () => {
      const next = { ...engine.options, ...changes(engine.options) };
      engine = await createEngine(next, limits, counters, engine);
    };
    const done = changing.then(change, change);
    changing = done.catch(() => undefined);
    return done;
  };
  const fits = ({ session, operation, ...filter }: JournalFilter) => {
    const found = engine.operations.find(({ names }) => operation !== undefined && names.includes(operation));
    const sessions = session === undefined ? undefined : sessionNames(session);
    return fitting(filter, sessions, operation === undefined ? undefined : (found?.names[0] ?? operation));
  };

  const serve = (scenarios: (before: EngineOptions) => readonly (string | ScenarioForm)[]) =>
    reload((before) => ({ scenarios: scenarios(before) }));
  const administered: Administered = {
    get document() {
      return engine.given;
    },
    limits,
    adminToken,
    isAlone,
    hasJournal: keep,
    requests: (filter) => journal.select(fits(filter)),
    reset,
    metrics: () => metrics.text(),
    scenarios: () => engine.options.scenarios ?? [],
    replaceScenarios: async (forms) => {
      await serve(() => forms);
      counters.clear();
    },
    addScenarios: (forms) => serve(({ scenarios = [] }) => [...forms, ...scenarios]),
    restoreScenarios: async () => {
      await serve(() => started.scenarios ?? []);
      counters.clear();
    },
  };

  async function handler(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (first && (await first(request, response))) return;
      if (isForAdmin(request, engine.given) && (await administrate(request, response))) return;
      if (request.method === "OPTIONS") writePreflight(response, request.headers);
      else await respond(engine, request, response);
    } catch (error) {
      await fail(error, request, response);
    }
  }

  async function administrate(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    try {
      const found = await adminReply(request, administered);
      if (found) await writeAtOnce(request, response, found.reply, found.shared);
      return found !== undefined;
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      await writeAtOnce(request, response, await refuse(engine, error, nobody(engine)), false);
      return true;
    }
  }

  async function respond(serving: Engine, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const start = performance.now();
    const context = contextOf(request);
    const exchange = openExchange(context, randomFor(serving, context.url), pace);
    const note = journal.open(context.method, serving.keys.maskUrl(context.url), context.headers);
    let reply: Reply | undefined;
    response.on("close", () => {
      note.ms = performance.now() - start;
      const isWhole = response.writableFinished;
      if (!isWhole) {
        note.aborted = true;
        for (const undo of exchange.unanswered) undo();
      }
      metrics.count(note, isWhole ? (reply?.tokens ?? 0) : 0);
      journal.close(note);
      log?.(journal.entryOf(note));
    });
    reply = await replyTo(serving, request, exchange);
    complete(note, exchange, reply);
    if (reply.streamed) response.once("close", metrics.openStream());
    await write(request, response, reply, {
      pace: exchange.pace,
      random: exchange.random,
      patience: limits.patience,
    });
  }

  async function replyTo(serving: Engine, request: IncomingMessage, exchange: Exchange): Promise<Reply> {
    try {
      assertOneHost(request);
      return await answer(serving, exchange, await decide(serving, request, exchange));
    } catch (error) {
      for (const undo of exchange.unanswered.splice(0)) undo();
      // A client that breaks its request off is not a fault of the mock.
      const isBrokenOff = request.destroyed && !request.complete;
      if (!(error instanceof RequestProblem) && !isBrokenOff) logError(error);
      return refuse(serving, error, exchange);
    }
  }

  /** Completes the note of a request with what was decided. */
  function complete(note: Note, exchange: Exchange, reply: Reply): void {
    const { context, operation, scenario, faults, size, mismatches, unmatched } = exchange;
    note.status = reply.head.status;
    if (faults.length > 0) note.faults = faults.map((fault) => fault.text);
    const name = operation?.names[0];
    if (name !== undefined) note.operation = name;
    if (scenario && scenario.name !== "") note.scenario = scenario.name;
    note.mismatches = mismatches;
    if (unmatched) note.unmatched = true;
    if (!keep && !log) return;
    const { frames, streamed } = reply;
    journal.fill(note, context.body ?? context.raw, size, { frames, streamed });
  }

  /** Answers by 500 what the mock fails on, or ends the connection where an answer has begun. */
  async function fail(error: unknown, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!response.destroyed) logError(error);
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    await refuse(engine, error, nobody(engine))
      .then((reply) => writeAtOnce(request, response, reply))
      .catch(() => response.destroy());
  }

  const server = httpServer({ handler, refusal: (problem) => refuse(engine, problem, nobody(engine)) });
  return {
    handler,
    listen: ({ port = DEFAULT_PORT, host = DEFAULT_HOST } = {}) => listen(server, { port, host }),
    get requests() {
      return journal.select();
    },
    get unmatched() {
      return journal.select((note) => note.unmatched === true);
    },
    requestsOf: (operation, filter = {}) => journal.select(fits({ ...filter, operation })),
    waitForRequest: (filter = {}, { timeout = TIMEOUT } = {}) => {
      if (typeof filter === "function") return journal.wait((note) => filter(journal.entryOf(note)), timeout);
      return journal.wait(fits(isObject(filter) ? filter : { operation: filter }), timeout);
    },
    reset,
    reload: (changes = {}) => reload(() => changes),
    close: (grace = 0) => close(server, grace),
  };
}

/** @throws {RequestProblem} 400 for a request that does not say where it goes, or says it twice (RFC 9112, 3.2) */
function assertOneHost({ httpVersion, headers: { host } }: IncomingMessage): void {
  if (host === undefined && httpVersion === "1.1")
    throw new RequestProblem(400, "invalid_request", "The Host header is missing (RFC 9112, 3.2).");
  // Node joins headers that came several times.
  if (host?.includes(","))
    throw new RequestProblem(400, "invalid_request", "There are several Host headers (RFC 9112, 3.2).");
}

function paceIn({ ttft, tps, jitter, distribution, heartbeat }: Pace): Pace {
  const all = Object.entries({ ttft, tps, jitter, distribution, heartbeat });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

/** An exchange for messages that are not valid requests. */
function nobody(engine: Engine): Exchange {
  const context = { method: "", url: "", path: {}, query: {}, headers: {}, body: undefined };
  return openExchange(
    context,
    engine.seed === undefined ? random(Math.random() * 2 ** 32) : random(seedOf(engine.seed)),
    {},
  );
}

function printError(error: unknown): void {
  process.stderr.write(`The mock failed: ${messageOf(error)}\n`);
}
