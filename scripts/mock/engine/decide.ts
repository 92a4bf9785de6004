/** Decides how to answer a request: checks its token and its form, and chooses the scenario. */
import type { IncomingMessage } from "node:http";
import { digestOf } from "../../shared/digest.ts";
import { random, seedOf } from "../../shared/random.ts";
import { drawFault } from "../faults/chaos.ts";
import type { Fault } from "../faults/faults.ts";
import { readBody } from "../http/read-body.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { choose } from "./choose.ts";
import { type Engine, randomFor } from "./engine.ts";
import type { Exchange } from "./exchange.ts";
import { preferences } from "./prefer.ts";
import { RequestProblem } from "./request-problem.ts";

/**
 * Reads and checks a request, and chooses its scenario. What becomes known is put into the exchange.
 *
 * @throws {RequestProblem} for a request that is refused. The token is checked first (401), then the body's size,
 *   media type and syntax (413, 415, 400), then each field (400)
 */
export async function decide(
  engine: Engine,
  request: IncomingMessage,
  exchange: Exchange,
): Promise<Scenario> {
  const { context } = exchange;
  const address = engine.addressOf(context);
  const { operation, params } = engine.route(context.method, address.path, context.query);
  const { entry, scenarios, conventions } = operation;
  exchange.operation = operation;
  context.path = params;
  context.headers = address.headers;
  await engine.ask(entry, context, { status: scenarios.success, check: "security" }).catch(onlyRefusals);
  engine.keys.check(operation, context);
  operation.checkCookies?.(context.headers["cookie"]?.toString());
  const { value, fields, foreign, text } = await readBody(request, operation.accepts, engine.limits);
  exchange.text = text;
  exchange.size = text.length;
  if (engine.seed !== undefined) exchange.random = randomFor(engine, context.url, text);
  const type = context.headers["content-type"]?.toString();
  const body = fields ? operation.readForm(fields, type) : value;
  context.body = address.model === undefined ? body : conventions.withModel(body, address.model);
  if (foreign) context.raw = text;
  else operation.checkBody(context.body, type);
  if (engine.rateLimits)
    exchange.headers = engine.rateLimits.take(exchange.session, conventions.requestTokens(context.body));

  const wanted = preferences(context.headers["prefer"]);
  const scenario = choose(engine, exchange, wanted);
  exchange.scenario = scenario;
  const model = conventions.modelOf(context.body) ?? "";
  const paces = engine.options.paces ?? {};
  exchange.pace = {
    ...exchange.pace,
    ...(Object.hasOwn(paces, model) && paces[model]),
    ...scenario.user?.pace,
  };
  exchange.faults = faultsFor(engine, exchange, scenario, wanted.faults);
  return scenario;
}

/** What goes wrong: what the request asks for, else its scenario, else the server's options. */
function faultsFor(
  engine: Engine,
  exchange: Exchange,
  scenario: Scenario,
  asked: readonly Fault[],
): readonly Fault[] {
  const { chaos = 0 } = engine.options;
  const found = [asked, scenarioFaults(engine, exchange, scenario), engine.faults].find(
    ({ length }) => length > 0,
  );
  if (found || chaos === 0) return found ?? [];
  const attempt = String(attemptOf(engine, exchange));
  return drawFault(chaos, random(seedOf(engine.seed ?? "", requestKey(exchange), attempt)));
}

/** The faults of a scenario: all of them, or, of those that are counted, the one whose turn it is. */
function scenarioFaults({ counters }: Engine, exchange: Exchange, { name, user }: Scenario): Fault[] {
  const faults = user?.faults ?? [];
  if (faults.every(({ times }) => times === undefined)) return faults.map(({ fault }) => fault);
  let left = counters.take(exchange.session, `fault ${name}`).index;
  const due = faults.find(({ times = 0 }) => {
    left -= times;
    return left < 0;
  });
  return due ? [due.fault] : [];
}

/** How many times this very request has come in its session, this one included. Only asking counts it. */
export function attemptOf({ counters }: Engine, exchange: Exchange): number {
  exchange.attempt ??= counters.take(exchange.session, requestKey(exchange)).index + 1;
  return exchange.attempt;
}

function requestKey({ context, text }: Exchange): string {
  return digestOf(context.method, context.url, text);
}

/** Only validation matters here; ignore a missing response for the placeholder status. */
export function onlyRefusals(error: unknown): void {
  if (error instanceof RequestProblem) throw error;
}
