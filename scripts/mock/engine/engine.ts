/**
 * What a contract and its scenarios answer to a request. It knows no sockets: the server hands it a request and writes
 * what it returns.
 */
import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Document } from "../../document/model.ts";
import { withCatalogue, withClosedCatalogue } from "../../openai/catalogue.ts";
import { finish } from "../../openai/finish.ts";
import { completionToChunks } from "../../openai/split.ts";
import { digestOf } from "../../shared/digest.ts";
import { InputError } from "../../shared/input-error.ts";
import { copy, type Json, member } from "../../shared/json.ts";
import { type Random, random, seedOf } from "../../shared/random.ts";
import { messageOf } from "../../shared/text.ts";
import type { Attempts } from "../faults/attempts.ts";
import { drawFault } from "../faults/chaos.ts";
import { type Fault, parseFault } from "../faults/faults.ts";
import { type Limits, readBody, readQuery } from "../http/read-body.ts";
import { type Choice, choose, exampleFor, type Scenario, successStatus } from "../scenarios/choose.ts";
import type { Context } from "../scenarios/expression.ts";
import { fill } from "../scenarios/fill.ts";
import type { ScenarioForm } from "../scenarios/form.ts";
import { readScenarios, userScenarios } from "../scenarios/read.ts";
import { type Keys, keys } from "./api-keys.ts";
import { type Head, type Plan, streamPlan, wholePlan } from "./plan.ts";
import { preferences } from "./prefer.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { type Answer, prism } from "./prism.ts";
import { type ProblemDetails, RequestProblem } from "./request-problem.ts";
import { router } from "./router.ts";
import { compiler } from "./schemas.ts";

/** What decides over the answers. */
export interface EngineOptions {
  /** The contract, in one piece: `generated/openapi.json`. */
  document: Document;
  /** Scenarios of your own, tried before the contract's: objects, or paths of files and folders. */
  scenarios?: readonly (string | ScenarioForm)[];
  /** The models that the token may use: list, retrieve and chat then know these alone. Default: the contract's list,
   * and chat takes any. */
  models?: readonly string[];
  /** The tokens that are accepted. Default: any. */
  apiKeys?: readonly string[];
  /** Faults that befall every answer, unless the request or its scenario names others. */
  faults?: readonly string[];
  /** The share of requests, from 0 to 1, that a fault befalls at random. Default: 0. */
  chaos?: number;
  /** Makes IDs, times and chaos repeatable: the same request then gets the same bytes. */
  seed?: string | number;
  /** What a request may have at most. */
  limits?: Partial<Limits>;
}

/** What is known of a request so far. */
export interface Exchange {
  readonly context: Context;
  operation?: Prepared;
  scenario?: Scenario;
  faults: readonly Fault[];
  random: Random;
  /** The body's size in characters, where it was read. */
  size: number;
}

export interface Engine {
  readonly document: Document;
  readonly keys: Keys;
  /** Starts an exchange with what the head of a request says. */
  open(request: IncomingMessage): Exchange;
  /**
   * Decides over the answer.
   *
   * @throws {RequestProblem} for a request that is refused
   */
  answer(request: IncomingMessage, exchange: Exchange): Promise<Plan>;
  /** The answer to a request that is refused, in the contract's own shape, whatever was thrown. */
  refusal(error: unknown, exchange: Exchange): Plan;
}

/**
 * @param limits what a request may have at most
 * @param attempts counts how often the same request comes
 * @throws {InputError} naming what is wrong with the contract, a scenario or a fault
 */
export async function createEngine(
  options: EngineOptions,
  limits: Limits,
  attempts: Attempts,
): Promise<Engine> {
  const { models, apiKeys, chaos = 0 } = options;
  const seed = options.seed === undefined ? undefined : String(options.seed);
  const document = models ? limited(models, options.document) : options.document;
  const schemas = compiler(document);
  const prepared = prepare(document, schemas, models ? compiler(withClosedCatalogue(document)) : schemas);
  const written = await readScenarios(options.scenarios ?? []);
  for (const { operation, scenario } of userScenarios(written, document, prepared, schemas).reverse())
    operation.repertoire.scenarios.unshift(scenario);
  const serverFaults = (options.faults ?? []).map(faultOption);
  const route = router(document.servers, prepared);
  const ask = await prism(document);
  const known = keys(document, apiKeys);

  async function answer(request: IncomingMessage, exchange: Exchange): Promise<Plan> {
    const { context } = exchange;
    const { operation, params } = route(context.method, context.url.split("?")[0] ?? "/");
    exchange.operation = operation;
    context.path = params;
    const { repertoire, entry } = operation;
    // Who asks comes before what is asked.
    await ask(entry, context, { status: successStatus(repertoire), check: "security" }).catch(onlyRefusals);
    known.check(operation, context);
    const { value, foreign, text } = await readBody(request, operation.accepts, limits);
    exchange.size = text.length;
    exchange.random = randomFor(context.url, text);
    context.body = value;
    if (foreign) context.raw = text;
    else operation.checkBody(value);
    const wanted = preferences(context.headers["prefer"]);
    const choice = choose(repertoire, context, wanted);
    if (choice.scenario) exchange.scenario = choice.scenario;
    const token = String(context.headers["authorization"]);
    const key = () => digestOf(token, context.method, context.url, text);
    let attempt: number | undefined;
    const around = {
      errorPlan: async (status: number) =>
        planFor(exchange, choose(repertoire, context, { status }), context),
      attempt: () => {
        attempt ??= attempts.next(key());
        return attempt;
      },
    };
    exchange.faults =
      [wanted.faults, choice.scenario?.faults ?? [], serverFaults].find(({ length }) => length > 0) ?? [];
    if (exchange.faults.length === 0 && chaos > 0)
      exchange.faults = drawFault(chaos, random(seedOf(seed ?? "", key(), String(around.attempt()))));
    let plan = await planFor(exchange, choice, context);
    for (const fault of exchange.faults) plan = await fault.apply(plan, around);
    return plan;
  }

  /** The answer of a choice, before any fault. */
  async function planFor(exchange: Exchange, choice: Choice, request: Context): Promise<Plan> {
    const { operation } = exchange;
    if (!operation) throw new Error("There is no operation.");
    const { scenario, status } = choice;
    const own = scenario?.status !== undefined;
    const wanted = own || !scenario ? { status } : { status, example: scenario.name };
    const made: Answer = own
      ? { status, headers: scenario.headers, body: scenario.example.value ?? null }
      : await ask(operation.entry, request, { ...wanted, check: "all" });
    // A user's scenario answers no request that the contract refuses.
    const usual = successStatus(operation.repertoire);
    if (own) await ask(operation.entry, request, { status: usual, check: "all" }).catch(onlyRefusals);
    const generic = own || scenario?.declared !== String(made.status);
    // An answer that stands for several statuses is told which of them was asked for.
    const context = generic ? { ...request, problem: askedFor(made.status) } : request;
    const filled = filledFrom(made, scenario, context, () => contentSeed(seed, request.body));
    const finished = finish(
      filled,
      request.body,
      exchange.random,
      seed === undefined ? Date.now() : undefined,
    );
    const head = headOf(made, exchange);
    if (operation.streams && made.status < 300 && flag(request.body, "stream")) {
      const includeUsage = flag(request.body, "stream_options", "include_usage");
      return streamPlan(head, completionToChunks(finished, { includeUsage }));
    }
    return wholePlan(head, finished);
  }

  /**
   * An error in the contract's own shape: by what the operation declares for the status, else by the first `default`
   * response of the contract.
   */
  function refusal(error: unknown, exchange: Exchange): Plan {
    const { details, headers } = problemOf(error);
    const { status } = details;
    const own = exchange.operation && exampleFor(exchange.operation.repertoire, status);
    const scenario = own ?? prepared.map(({ repertoire }) => exampleFor(repertoire)).find((found) => found);
    if (scenario) exchange.scenario = scenario;
    // A contract without error examples has no shape of its own; then RFC 9457's.
    if (!scenario)
      return wholePlan(
        { status, headers: { ...headers, "content-type": "application/problem+json" } },
        details,
      );
    const made = { status, headers: scenario.headers, body: scenario.example.value ?? null };
    const context = { ...exchange.context, problem: details };
    const body = filledFrom(made, scenario, context, () => contentSeed(seed, context.body));
    return wholePlan({ status, headers: { ...headOf(made, exchange).headers, ...headers } }, body);
  }

  function randomFor(...texts: string[]): Random {
    return random(seed === undefined ? Math.floor(Math.random() * 2 ** 32) : seedOf(seed, ...texts));
  }

  return {
    document,
    keys: known,
    open: (request) => {
      const context = contextOf(request);
      return { context, faults: [], random: randomFor(context.url), size: 0 };
    },
    answer,
    refusal,
  };
}

function contextOf({ method = "GET", url: target = "/", headers }: IncomingMessage): Context {
  // The target may be a whole URL (RFC 9112, 3.2.2).
  const url = target.replace(/^https?:\/\/[^/?]*/i, "") || "/";
  const query = url.split("?").slice(1).join("?");
  return {
    method,
    url,
    path: {},
    query: query === "" ? {} : readQuery(new URLSearchParams(query)),
    headers: headers as Context["headers"],
    body: undefined,
  };
}

/** Prism may have no answer to give for a status that was only a pretext; that it refuses is all that counts. */
function onlyRefusals(error: unknown): void {
  if (error instanceof RequestProblem) throw error;
}

/** @throws {InputError} when the contract has no list of models that could be limited */
function limited(models: readonly string[], document: Document): Document {
  const found = withCatalogue(models, document);
  if (found) return found;
  throw new InputError({
    message: "The contract has no list of models that --models could replace.",
    advice: "An example repeats such a list by an x-fill with `each`.",
  });
}

function faultOption(text: string): Fault {
  const fault = parseFault(text);
  if (typeof fault !== "string") return fault;
  throw new InputError({ message: `--fault ${text}: ${fault}` });
}

function filledFrom(
  made: Answer,
  scenario: Scenario | undefined,
  context: Context,
  seed: () => number,
): Json {
  return fill(copy(made.body), scenario?.example["x-fill"] ?? {}, context, seed);
}

/** The head that was made, with a request ID of its own. */
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

/** What an answer says of a status that was asked for, without anything having gone wrong. */
function askedFor(status: number): ProblemDetails {
  const phrase = STATUS_CODES[status] ?? "Unknown status";
  const code = phrase.toLowerCase().replaceAll(/\W+/g, "_");
  return new RequestProblem(status, code, `${phrase}, as was asked for.`).details;
}

function problemOf(error: unknown): RequestProblem {
  if (error instanceof RequestProblem) return error;
  // The stack's end: only what a client sent goes so deep.
  if (error instanceof RangeError)
    return new RequestProblem(400, "invalid_json", "The body is nested too deeply.");
  return new RequestProblem(500, "internal_error", `The mock failed: ${messageOf(error)}`);
}
