/** A contract and its scenarios, prepared for answering: everything that is done before the first request. */
import type { Document } from "../../document/model.ts";
import { InputError } from "../../shared/input-error.ts";
import { type Random, random, seedOf } from "../../shared/random.ts";
import { type Fault, parseFault } from "../faults/faults.ts";
import type { Pace } from "../http/pace.ts";
import type { Limits } from "../http/read-body.ts";
import type { ScenarioForm } from "../scenarios/form.ts";
import type { Script } from "../scenarios/scenario.ts";
import { type Keys, keys } from "./api-keys.ts";
import { addresses } from "./compatible-addresses.ts";
import { type Contract, type ContractOptions, loadContract } from "./contract.ts";
import type { Counters } from "./counters.ts";
import { Molds } from "./molds.ts";
import type { Operation } from "./operation.ts";
import { type RateLimit, RateLimits } from "./rate-limits.ts";

/** The options that decide the answers. */
export interface EngineOptions extends ContractOptions {
  /** Scenarios of your own, tried before the contract's: objects, or paths of files and folders. */
  scenarios?: readonly (string | ScenarioForm)[];
  /** Whether a request that no scenario of yours matches gets an error that says why. Default: false. */
  strict?: boolean;
  /** The tokens that are accepted. Default: any. */
  apiKeys?: readonly string[];
  /** What a token may use in a minute. Default: no limit. */
  rateLimit?: RateLimit;
  /** Faults that apply to every answer, unless the request or its scenario names others. */
  faults?: readonly string[];
  /** The share of requests, from 0 to 1, that get a fault at random. Default: 0. */
  chaos?: number;
  /** Makes IDs, times and chaos repeatable: the same request then gets the same bytes. */
  seed?: string | number;
  /** How fast the answers of a model come, by its name. */
  paces?: Readonly<Record<string, Pace>>;
  /** A path that all paths of the API are served below too: `/openai` for `/openai/v1/models`. */
  prefix?: string;
  /** Whether Azure's addresses are served too: `/openai/deployments/NAME/…`, `/openai/v1/…`, the header `api-key`. */
  azure?: boolean;
  /** What a request may have at most. */
  limits?: Partial<Limits>;
}

export interface Engine extends Contract {
  /** What a request means by its address. */
  addressOf: ReturnType<typeof addresses>;
  options: EngineOptions;
  keys: Keys;
  /** The user's scenarios of each operation that has any. */
  scripts: ReadonlyMap<Operation, readonly Script[]>;
  faults: Fault[];
  seed: string | undefined;
  limits: Limits;
  counters: Counters;
  molds: Molds;
  rateLimits: RateLimits | undefined;
}

/**
 * @param limits what a request may have at most
 * @param counters what is counted between requests; outlives the engine
 * @param before an engine whose contract is taken over, if it is of the same document and models
 * @throws {InputError} naming what is wrong with the contract, a scenario or a fault
 */
export async function createEngine(
  options: EngineOptions,
  limits: Limits,
  counters: Counters,
  before?: Engine,
): Promise<Engine> {
  const { models, apiKeys, rateLimit } = options;
  const isSame = before && before.options.document === options.document && before.options.models === models;
  const { given, document, shared, operations, route, ask } = isSame ? before : await loadContract(options);
  return {
    given,
    document,
    shared,
    operations,
    route,
    ask,
    addressOf: addresses({ ...options, shared }),
    options,
    keys: keys(document, apiKeys),
    scripts: await scriptsOf(options.scenarios, document, operations),
    faults: (options.faults ?? []).map(faultOption),
    seed: options.seed === undefined ? undefined : String(options.seed),
    limits,
    counters,
    molds: new Molds(),
    rateLimits:
      before && before.options.rateLimit === rateLimit
        ? before.rateLimits
        : rateLimit && new RateLimits(rateLimit),
  };
}

/** What reads scenarios loads much code, which a mock without any does not need. */
async function scriptsOf(
  scenarios: EngineOptions["scenarios"] = [],
  document: Document,
  operations: readonly Operation[],
): Promise<Engine["scripts"]> {
  if (scenarios.length === 0) return new Map();
  const { loadScenarios } = await import("../scenarios/load.ts");
  return loadScenarios(scenarios, document, operations);
}

function faultOption(text: string): Fault {
  const fault = parseFault(text);
  if (typeof fault !== "string") return fault;
  throw new InputError({ message: `--fault ${text}: ${fault}` });
}

/** Random numbers for a request: the same ones for the same texts where the engine has a seed. */
export function randomFor({ seed }: Engine, ...texts: string[]): Random {
  return random(seed === undefined ? Math.floor(Math.random() * 2 ** 32) : seedOf(seed, ...texts));
}
