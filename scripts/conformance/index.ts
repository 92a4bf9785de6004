/** Conformance: checks a running server against the contract. */
import type { Document } from "../document/model.ts";
import { InputError } from "../shared/input-error.ts";
import { type Json, type Members, member } from "../shared/json.ts";
import { type Case, requestOf, type Setting } from "./cases/case.ts";
import { collections, itemsOf } from "./cases/collections.ts";
import { documentedBodies } from "./cases/documented.ts";
import { parsed } from "./checks/tools.ts";
import { type Contract, contractOf } from "./compiled-contract.ts";
import { curlLine, type Exchange, KEY_VARIABLE } from "./exchange.ts";
import { plan } from "./plan.ts";
import { type Report, runCases } from "./run.ts";
import { baseOf, PoliteServer, unreachable } from "./server-under-test.ts";

export type { Report } from "./run.ts";

export interface ConformanceOptions {
  /** Where the server is, with or without the first part of the contract's paths: `https://host/v1`. */
  baseUrl: string;
  document: Document;
  /** The token. Default: one that only a server without real keys takes. */
  apiKey?: string | undefined;
  /** The name of the variable that holds the token, for printed commands. Default: `ROUTESCOPE_API_KEY`. */
  keyVariable?: string | undefined;
  /** The model of every request. Default: each documented request keeps its own where the server lists it. */
  model?: string | undefined;
  /** Patterns with `*` over `operation/case`, parted by commas. Default: all cases. */
  only?: string | undefined;
  /** Default: no limit. */
  maxRequests?: number | undefined;
  /** How many cases run at once; default 8. */
  concurrency?: number | undefined;
  /** Ends the run; what was found until then is reported. */
  signal?: AbortSignal | undefined;
  /** Told why the run pauses. */
  onWait?: (message: string) => void;
  /** Told after each case. */
  onProgress?: (done: number, all: number) => void;
}

/** A run that is ready: what it would do, and how to start it. */
export interface Prepared {
  cases: Pick<Case, "operation" | "name" | "requests" | "tokens">[];
  /** How many requests it makes at most, tries after a failure not counted. */
  requests: number;
  /** How many tokens it costs at most. */
  tokens: number;
  run(): Promise<Report>;
}

const PATIENCE = { first: 60_000, next: 10_000 };
const DEFAULT_CONCURRENCY = 8;

/** The run without a server: the cases as far as the contract alone decides them. */
export function dryRun({
  document,
  model,
  only,
}: Pick<ConformanceOptions, "document" | "model" | "only">): Case[] {
  const contract = contractOf(document);
  const listed = new Map<string, Members[]>();
  return plan(
    {
      contract,
      model: model ?? documentedModel(contract),
      onlyModel: model !== undefined,
      listed,
      keyed: true,
      mock: false,
    },
    only,
  );
}

/**
 * Looks at the server, and plans the cases.
 *
 * @throws {InputError} when the run cannot start: nothing answers, the token is refused, the model is unknown
 */
export async function prepare(options: ConformanceOptions): Promise<Prepared> {
  const contract = contractOf(options.document);
  const base = baseOf(options.baseUrl, contract);
  const signal = options.signal ?? new AbortController().signal;
  const server = new PoliteServer(
    { base, apiKey: options.apiKey ?? "sk-conformance", signal, patience: { ...PATIENCE } },
    options.maxRequests ?? Number.POSITIVE_INFINITY,
    options.onWait ?? (() => {}),
  );
  const listed = await lists(contract, server);
  const model = options.model ?? modelOf(contract, listed);
  await checkAccess(contract, server, model, listed, options.model !== undefined);
  const setting: Setting = {
    contract,
    model,
    onlyModel: options.model !== undefined,
    listed,
    keyed: options.apiKey !== undefined,
    mock: await isMock(server),
  };
  const cases = plan(setting, options.only);
  if (cases.length === 0)
    throw new InputError({
      message: `No case matches --only ${options.only}.`,
      advice: "--dry-run lists the cases.",
    });
  const sum = (of: (one: Case) => number) => cases.reduce((total, one) => total + of(one), 0);
  const variable = options.keyVariable ?? KEY_VARIABLE;
  return {
    cases,
    requests: sum(({ requests }) => requests),
    tokens: sum(({ tokens }) => tokens),
    run: () =>
      runCases(cases, server, {
        concurrency: options.concurrency ?? DEFAULT_CONCURRENCY,
        signal,
        curl: (request) => curlLine(request, base, variable),
        ...(options.onProgress && { onProgress: options.onProgress }),
      }),
  };
}

/** Prepares a run and runs it. */
export async function conformance(options: ConformanceOptions): Promise<Report> {
  return (await prepare(options)).run();
}

/** The lists of the contract's collections, as the server has them; a list that fails is found by its own case. */
async function lists(contract: Contract, server: PoliteServer): Promise<Map<string, Members[]>> {
  const found = new Map<string, Members[]>();
  for (const { list } of collections(contract)) {
    const answer = await server.send(requestOf(list)).catch((error: unknown) => {
      throw unreachable(server.base, error);
    });
    const items = itemsOf(parsed(answer.text)).filter(({ id }) => typeof id === "string" && id !== "");
    if (answer.status === 200 && items.length > 0) found.set(list.name, items);
  }
  return found;
}

/** The model of the first documented request. */
function documentedModel(contract: Contract): string {
  const bodies = contract.operations
    .filter(({ chat }) => chat)
    .flatMap((operation) => documentedBodies(contract, operation))
    .map(({ body }) => member(body, "model"));
  return bodies.find((model) => typeof model === "string") ?? "default";
}

function modelOf(contract: Contract, listed: Map<string, Members[]>): string {
  const own = documentedModel(contract);
  const ids = [...listed.values()].flat().map(({ id }) => String(id));
  return ids.length === 0 || ids.includes(own) ? own : (ids[0] ?? own);
}

/** Asks once, cheaply, so that a wrong token or an unknown model ends the run before it starts. */
async function checkAccess(
  contract: Contract,
  server: PoliteServer,
  model: string,
  listed: Map<string, Members[]>,
  named: boolean,
): Promise<void> {
  if (listed.size > 0 && !named) return;
  const chat = contract.operations.find((operation) => operation.chat);
  const [first] = contract.operations;
  const target = chat ?? first;
  if (!target) throw new InputError({ message: "The contract has no operation." });
  const body: Json = { model, messages: [{ role: "user", content: "Hi" }], max_tokens: 8 };
  const own = chat ? body : documentedBodies(contract, target)[0]?.body;
  const answer = await server.send(requestOf(target, own)).catch((error: unknown) => {
    throw unreachable(server.base, error);
  });
  if (answer.status === 401) throw refusedToken(server.base, answer);
  if (named && answer.status === 404) throw unknownModel(model, answer, listed);
}

function refusedToken(base: string, { text }: Exchange): InputError {
  return new InputError({
    message: `${base} refuses the token: ${wordsOf(text)}`,
    advice: "Put a valid one into the variable that --api-key-env names.",
  });
}

function unknownModel(model: string, { text }: Exchange, listed: Map<string, Members[]>): InputError {
  const ids = [...listed.values()].flat().map(({ id }) => String(id));
  return new InputError({
    message: `The server has no model ${model}: ${wordsOf(text)}`,
    advice: ids.length > 0 ? `Name one of ${ids.slice(0, 10).join(", ")}.` : "Name another by --model.",
  });
}

function wordsOf(text: string): string {
  const message = member(member(parsed(text), "error"), "message");
  return typeof message === "string" ? message : text.slice(0, 200);
}

/** Whether this is our own mock: it has a journal, on a path that the contract does not have. */
async function isMock(server: PoliteServer): Promise<boolean> {
  const answer = await server.send({ method: "GET", path: "/__mock/requests" }).catch(() => undefined);
  return answer?.status === 200 && Array.isArray(parsed(answer.text));
}
