/**
 * The mock: a server around Prism that answers like a relay. Everything it says comes from the contract's examples;
 * this file puts the parts in order: read the request, choose the scenario, finish the answer, write it.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { AddressInfo } from "node:net";
import type { Document, Json } from "../pipeline/document.ts";
import { InputError } from "../pipeline/problem.ts";
import { messageOf } from "../words.ts";
import { completionToChunks } from "./chunks.ts";
import { finish } from "./completion.ts";
import type { Context } from "./expression.ts";
import { fill } from "./fill.ts";
import { member } from "./json.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { type Answer, prism } from "./prism.ts";
import { type ProblemDetails, RequestProblem } from "./problem.ts";
import { type Random, random, seedOf } from "./random.ts";
import { DEFAULT_BODY_LIMIT, readBody, readQuery } from "./read.ts";
import { router } from "./route.ts";
import { type Choice, choose, errorScenario, type Scenario } from "./scenarios.ts";
import { type Head, writePreflight, writeStream, writeWhole } from "./write.ts";

export interface MockOptions {
  /** The contract, in one piece: `generated/openapi.json`. */
  document: Document;
  /** Makes IDs and times repeatable too: the same request then gets the same bytes. */
  seed?: string;
  /** The largest request body in bytes; default 50 MiB. */
  bodyLimit?: number;
  /** Milliseconds between the frames of a stream. By default 5, and less in a long one, so that none takes over 3 s. */
  pace?: number;
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
  /** Ends the server and every connection. */
  close(): Promise<void>;
}

export const DEFAULT_PORT = 4010;
export const DEFAULT_HOST = "127.0.0.1";

/** What is known of a request so far. */
interface Exchange {
  context: Context;
  operation?: Prepared;
  random: Random;
}

/**
 * Makes a mock of a contract.
 *
 * @throws {InputError} when a schema or an `x-when` of the contract cannot be used
 */
export async function createMock({
  document,
  seed,
  bodyLimit = DEFAULT_BODY_LIMIT,
  pace,
  first = async () => false,
}: MockOptions): Promise<Mock> {
  const prepared = prepare(document);
  const route = router(document.servers, prepared);
  const ask = await prism(document);

  async function handler(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange: Exchange = { context: contextOf(request), random: randomFor(request.url ?? "") };
    try {
      if (!(await first(request, response))) await answer(request, response, exchange);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else refuse(response, problemOf(error), exchange);
    }
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    exchange: Exchange,
  ): Promise<void> {
    const { context } = exchange;
    if (context.method === "OPTIONS") return writePreflight(response, request.headers);
    const { operation, params } = route(context.method, context.url.split("?")[0] ?? "/");
    const { entry } = operation;
    exchange.operation = operation;
    context.path = params;
    const { value, text } = await readBody(request, operation.accepts, bodyLimit);
    exchange.random = randomFor(context.url, text);
    try {
      operation.checkBody(value);
    } catch (fault) {
      // A wrong token is told before a wrong body, which Prism need not see: it would collect every fault in it.
      await ask(entry, context, { status: 400, check: "security" });
      throw fault;
    }
    context.body = value;
    const choice = choose(operation.repertoire, context);
    const made = await ask(entry, context, { ...wanted(choice), check: "all" });
    // An answer that stands for several statuses is told which of them was asked for.
    if (choice.scenario?.declared !== String(made.status)) context.problem = askedFor(made.status);
    const filled = filledFrom(made, choice.scenario, context, () => contentSeed(seed, value));
    const finished = finish(filled, value, exchange.random, seed === undefined ? Date.now() : undefined);
    const head = headOf(made, exchange);
    if (operation.streams && made.status < 300 && flag(value, "stream")) {
      const includeUsage = flag(value, "stream_options", "include_usage");
      return writeStream(response, head, completionToChunks(finished, { includeUsage }), pace);
    }
    writeWhole(response, head, finished);
  }

  /**
   * Answers with an error in the contract's own shape: by what the operation declares for the status, else by the
   * first `default` response of the contract.
   */
  function refuse(response: ServerResponse, { details, headers }: RequestProblem, exchange: Exchange): void {
    const { status } = details;
    const own = exchange.operation && errorScenario(exchange.operation.repertoire, status);
    const scenario =
      own ?? prepared.map(({ repertoire }) => errorScenario(repertoire)).find((found) => found);
    // A contract without error examples has no shape of its own; then RFC 9457's.
    if (!scenario) {
      const type = { "content-type": "application/problem+json" };
      writeWhole(response, { status, headers: { ...headers, ...type } }, details);
      return;
    }
    const made = { status, headers: scenario.headers, body: scenario.example.value ?? null };
    const context = { ...exchange.context, problem: details };
    const body = filledFrom(made, scenario, context, () => contentSeed(seed, context.body));
    writeWhole(response, { status, headers: { ...headOf(made, exchange).headers, ...headers } }, body);
  }

  function randomFor(...texts: string[]): Random {
    return random(seed === undefined ? Math.floor(Math.random() * 2 ** 32) : seedOf(seed, ...texts));
  }

  const server = createServer((request, response) => void handler(request, response));
  // Longer than clients keep a connection: one that is closed just as it is used again is an error nobody expects.
  server.keepAliveTimeout = 75_000;
  return {
    handler,
    listen: async ({ port = DEFAULT_PORT, host = DEFAULT_HOST } = {}) => {
      server.listen(port, host);
      await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
        throw portProblem(error, port, host);
      });
      const bound = (server.address() as AddressInfo).port;
      return { url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`, port: bound };
    },
    close: async () => {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function contextOf({ method = "GET", url: target = "/", headers }: IncomingMessage): Context {
  // The target may be a whole URL (RFC 9112, 3.2.2).
  const url = target.replace(/^https?:\/\/[^/?]*/i, "") || "/";
  const present = Object.entries(headers).filter(
    (entry): entry is [string, string | string[]] => entry[1] !== undefined,
  );
  return {
    method,
    url,
    path: {},
    query: readQuery(new URLSearchParams(url.split("?").slice(1).join("?"))),
    headers: Object.fromEntries(present),
    body: undefined,
  };
}

function wanted({ status, scenario }: Choice): { status: number; example?: string } {
  return { status, ...(scenario && { example: scenario.name }) };
}

function filledFrom(
  made: Answer,
  scenario: Scenario | undefined,
  context: Context,
  seed: () => number,
): Json {
  return fill(structuredClone(made.body), scenario?.example["x-fill"] ?? {}, context, seed);
}

/** The head that Prism made, with a request ID of its own. */
function headOf({ status, headers }: Answer, { random }: Exchange): Head {
  const name = "x-request-id";
  return { status, headers: { ...headers, [name]: random.id(headers[name] ?? "req_0000000000000000") } };
}

/** Whether a member of the body is `true`: the flags by which OpenAI's protocol asks for a stream and its usage. */
function flag(body: Json | undefined, ...path: string[]): boolean {
  const found = path.reduce(member, body);
  return found === true;
}

/** The same request gets the same content, streamed or not. */
function contentSeed(seed = "", body: Json | undefined): number {
  if (typeof body !== "object" || body === null) return seedOf(seed);
  const { stream: _, stream_options: __, ...asked } = body as Record<string, Json>;
  return seedOf(seed, JSON.stringify(asked));
}

/** What an answer says of a status that `Prefer` asked for, without anything having gone wrong. */
function askedFor(status: number): ProblemDetails {
  const phrase = STATUS_CODES[status] ?? "Unknown status";
  const code = phrase.toLowerCase().replaceAll(/\W+/g, "_");
  return new RequestProblem(status, code, `${phrase}, as the Prefer header asked.`).details;
}

function problemOf(error: unknown): RequestProblem {
  if (error instanceof RequestProblem) return error;
  // The stack's end: only what a client sent goes so deep.
  if (error instanceof RangeError)
    return new RequestProblem(400, "invalid_json", "The body is nested too deeply.");
  return new RequestProblem(500, "internal_error", `The mock failed: ${messageOf(error)}`);
}

function portProblem(error: NodeJS.ErrnoException, port: number, host: string): InputError {
  const where = `${host}:${port}`;
  if (error.code === "EADDRINUSE")
    return new InputError({
      message: `Port ${port} of ${host} is taken.`,
      advice: "End what listens there, or choose another with --port N (0 picks a free one).",
    });
  if (error.code === "EACCES")
    return new InputError({
      message: `There is no right to listen on ${where}.`,
      advice: "Choose a port above 1023.",
    });
  return new InputError({
    message: `Cannot listen on ${where}: ${error.message}.`,
    advice: "Choose another --host or --port.",
  });
}
