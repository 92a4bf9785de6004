/** Turns the chosen scenario into the reply to a request. */
import { STATUS_CODES } from "node:http";
import { encodedBytes } from "../../document/examples.ts";
import type { StreamProtocol } from "../../document/stream-shape.ts";
import { REMAINING, REQUEST_ID } from "../../openai/headers.ts";
import { copy, type Json } from "../../shared/json.ts";
import { isJson, JSON_TYPE } from "../../shared/media-types.ts";
import { seedOf } from "../../shared/random.ts";
import type { Context } from "../scenarios/expression.ts";
import { fill, type Making } from "../scenarios/fill.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { concreteType } from "./answer-types.ts";
import { choose } from "./choose.ts";
import { attemptOf, onlyRefusals } from "./decide.ts";
import type { Engine } from "./engine.ts";
import { resultEvent } from "./event-stream.ts";
import type { Exchange } from "./exchange.ts";
import type { Variables } from "./molds.ts";
import type { Operation } from "./operation.ts";
import {
  type Answer,
  eventReply,
  type Head,
  isStreamType,
  type Reply,
  rawReply,
  streamReply,
  wholeReply,
} from "./reply.ts";
import { type ProblemDetails, RequestProblem } from "./request-problem.ts";

/** Headers that say how a message is framed (RFC 9110, 7.6.1; RFC 9112, 6): the server sets them. */
const FRAMING = new Set([
  "connection",
  "content-length",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * The reply with its faults applied.
 *
 * @throws {RequestProblem} for a parameter that Prism refuses, or an answer that cannot be made
 */
export async function answer(engine: Engine, exchange: Exchange, scenario: Scenario): Promise<Reply> {
  const operation = operationOf(exchange);
  const around = {
    conventions: operation.conventions,
    errorReply: (status: number) => reply(engine, exchange, choose(engine, exchange, { status })),
    attempt: () => attemptOf(engine, exchange),
  };
  let made = await reply(engine, exchange, scenario);
  for (const fault of exchange.faults) made = await fault.apply(made, around);
  return made;
}

/** The reply of a scenario, before any fault. */
async function reply(engine: Engine, exchange: Exchange, scenario: Scenario): Promise<Reply> {
  const { seed, rateLimits, molds } = engine;
  const operation = operationOf(exchange);
  const made = await answerOf(engine, exchange, scenario, operation);
  const protocol = made.status < 300 ? streamOf(operation, exchange, scenario) : undefined;
  const origin = { scenario, protocol, request: requestOf(exchange) };
  const now = seed === undefined ? Date.now() : undefined;
  const written = await molds.answer(origin, { random: exchange.random, now }, (variables) =>
    compose(engine, exchange, { ...variables, made, scenario, protocol }),
  );
  if (rateLimits) {
    rateLimits.spend(exchange.session, written.tokens);
    exchange.headers = rateLimits.headers(exchange.session);
  }
  return { ...written, head: headOf(written.head, exchange) };
}

/** All of a request that its answer can depend on, once its scenario is chosen, headers apart. */
function requestOf({ context: { method, headers, url }, text }: Exchange): string {
  return `${method} ${url} ${headers["content-type"] ?? ""}\n${text}`;
}

interface Composing extends Variables {
  made: Answer;
  scenario: Scenario;
  protocol: StreamProtocol | undefined;
}

/** Makes what is written of an answer: its body, with what the request and its parameters ask for, whole or in frames. */
async function compose(
  { seed, limits }: Engine,
  exchange: Exchange,
  { made, scenario, protocol, random, now }: Composing,
): Promise<Reply> {
  const bytes = encodedBytes(scenario.example);
  if (bytes !== undefined) return wholeReply(made, Buffer.from(bytes, "base64"));
  const { context } = exchange;
  const operation = operationOf(exchange);
  const { conventions } = operation;
  const isGeneric = scenario.user !== undefined || scenario.declared !== String(made.status);
  const whole = await filledFrom(
    made,
    scenario,
    // An answer that stands for several statuses is told which of them was asked for.
    isGeneric ? { ...context, problem: askedFor(made.status) } : context,
    { seed: () => contentSeed(seed, conventions.essence(context.body)), random, now, limit: limits.answer },
  );
  // What a user states is what is sent.
  const filled =
    operation.page && made.status < 300 && !scenario.user ? operation.page(whole, context.query) : whole;
  assertAffordable(conventions.addedSize(filled, context.body), limits.answer);
  const finished = conventions.finish(filled, {
    request: context.body,
    random,
    now,
    stated: scenario.user?.stated,
  });
  const tokens = conventions.tokensOf(finished)?.output ?? 0;
  if (scenario.user?.raw && typeof finished === "string") return rawReply(made, finished);
  if (!protocol) return { ...wholeReply(made, finished), tokens };
  // What is made from a schema has its type from Prism.
  if (isStreamType(scenario.type ?? made.headers["content-type"])) {
    if (typeof finished === "string") return rawReply(made, finished);
    return { ...eventReply(made, protocol, Array.isArray(finished) ? finished : [finished]), tokens };
  }
  if (!isJson(made.headers["content-type"] ?? JSON_TYPE)) return { ...wholeReply(made, finished), tokens };
  const event = resultEvent(protocol, finished);
  return event === undefined
    ? { ...streamReply(made, conventions.chunks(finished, context.body), conventions), tokens }
    : { ...eventReply(made, protocol, [event]), tokens };
}

/** How the answer is streamed; undefined where it is not. */
function streamOf({ typeFor }: Operation, { context }: Exchange, { declared, user }: Scenario) {
  const type = typeFor(declared, context);
  // A user's answer is a whole one, unless the request could have had that too.
  return type?.protocol && (!user || type.isAlternative) ? type.protocol : undefined;
}

async function answerOf(
  { ask }: Engine,
  { context }: Exchange,
  { name, status, declared, type: own, headers, example, user }: Scenario,
  { entry, scenarios, typeFor }: Operation,
): Promise<Answer> {
  if (!user && scenarios.statuses.includes(declared)) {
    const type = own ?? typeFor(declared, context)?.name;
    const made = await ask(entry, context, {
      status,
      ...(name !== "" && { example: name }),
      ...(type !== undefined && { type }),
      check: "all",
    });
    return { ...made, headers: concreteHeaders(made, type) };
  }
  // A scenario of the user's answers no request that the contract refuses.
  await ask(entry, context, { status: scenarios.success, check: "all" }).catch(onlyRefusals);
  return { status, headers, body: example.value ?? null };
}

/** The headers with a type that can be sent, where the contract declares a range of types. */
function concreteHeaders({ headers, body }: Answer, declared: string | undefined): Head["headers"] {
  return declared?.includes("*") && headers["content-type"] !== undefined
    ? { ...headers, "content-type": concreteType(declared, body) }
    : headers;
}

/** An answer's body, with what its scenario takes from the request. */
export function filledFrom(
  { body }: Answer,
  { example }: Scenario,
  context: Context,
  making: Making,
): Promise<Json> {
  return fill(copy(body), example["x-fill"] ?? {}, context, making);
}

/** The head of a reply, with an ID of its request. */
export function headOf({ status, headers }: Head, exchange: Exchange): Head {
  const sent: Head["headers"] = {};
  for (const given of [headers, exchange.headers])
    for (const name in given) {
      const value = given[name];
      if (value === undefined || FRAMING.has(name)) continue;
      // A client that is refused for too many requests has none left, even if the example says otherwise.
      sent[name] = status === 429 && name.startsWith(REMAINING) ? "0" : value;
    }
  sent[REQUEST_ID] = exchange.random.id(headers[REQUEST_ID] ?? "req_0000000000000000");
  return { status, headers: sent };
}

/** @throws {RequestProblem} 400 for an answer that would hold up the answers of others */
function assertAffordable(size: number, limit: number): void {
  if (size <= limit) return;
  throw new RequestProblem(
    400,
    "answer_too_large",
    `The answer would be about ${Math.ceil(size / 1024 ** 2)} MiB larger by n, logprobs and top_logprobs; the mock gives ${Math.floor(limit / 1024 ** 2)} MiB at most. Ask for less of them.`,
  );
}

/** The same request gets the same content, streamed or not. */
export function contentSeed(seed = "", essence: Json | undefined): number {
  return essence === undefined || essence === null ? seedOf(seed) : seedOf(seed, JSON.stringify(essence));
}

/** What an answer says of a status that was asked for, without anything having gone wrong. */
function askedFor(status: number): ProblemDetails {
  const phrase = STATUS_CODES[status] ?? "Unknown status";
  const code = phrase.toLowerCase().replaceAll(/\W+/g, "_");
  return new RequestProblem(status, code, `${phrase}, as was asked for.`).details;
}

function operationOf({ operation }: Exchange): Operation {
  if (!operation) throw new Error("Only the request of an operation is answered.");
  return operation;
}
