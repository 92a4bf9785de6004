/** What the mock prepares from a contract before the first request. Mocks of the same contract share it. */

import { sharedPrefix } from "../../document/addresses.ts";
import { splitDirections } from "../../document/directions.ts";
import type { Document } from "../../document/model.ts";
import { withCatalogue, withClosedCatalogue } from "../../openai/catalogue.ts";
import { fromPublished } from "../../openai/published.ts";
import { digestOf } from "../../shared/digest.ts";
import { InputError } from "../../shared/input-error.ts";
import type { Context } from "../scenarios/expression.ts";
import { type Operation, prepare } from "./operation.ts";
import { type Ask, prism } from "./prism.ts";
import { ready } from "./ready.ts";
import { type Route, router } from "./router.ts";
import { compiler } from "./schemas.ts";

export interface Contract {
  /** The contract as it was given, but for the models. */
  given: Document;
  /** The same with read-only members in answers only, and write-only ones in requests only. */
  document: Document;
  /** What all its paths begin with: `/v1`. */
  shared: string;
  operations: Operation[];
  route(method: string, path: string, query: Context["query"]): Route<Operation>;
  ask: Ask;
}

export interface ContractOptions {
  /** The contract, in one piece: `generated/openapi.json`. */
  document: Document;
  /** The models that the token may use: list, retrieve and chat then know these alone. Default: the contract's list,
   * and chat takes any. */
  models?: readonly string[];
  /** Called with what of the contract the mock cannot use, once for each. Default: a line on stderr. */
  warn?: (message: string) => void;
}

/** The last contracts by a digest of their text: a test suite starts many mocks, mostly of one contract. */
const loaded = new Map<string, Promise<Contract>>();
const KEPT = 4;

/**
 * Loads a contract, or gives the one that was loaded from the same text. A document that was changed in place since is
 * another one.
 *
 * @throws {InputError} when a schema or an `x-when` of the contract cannot be used, or it has no models to replace
 */
export function loadContract({ models, document, warn }: ContractOptions): Promise<Contract> {
  // A caller with its own `warn` gets every warning, so nothing is shared with other mocks.
  if (warn) return load({ document, models, warn });
  const digest = digestOf(JSON.stringify(document));
  const key = `${digest} ${JSON.stringify(models)}`;
  const isReady = digest === ready.contract && !models;
  const known = loaded.get(key) ?? load({ document, models, warn: printWarning, isReady });
  loaded.delete(key);
  loaded.set(key, known);
  known.catch(() => loaded.delete(key));
  const [oldest] = loaded.keys();
  if (loaded.size > KEPT && oldest !== undefined) loaded.delete(oldest);
  return known;
}

interface Loading {
  document: Document;
  models: readonly string[] | undefined;
  warn(message: string): void;
  /** Whether it is the contract whose validators are ready. It was checked when they were made. */
  isReady?: boolean;
}

async function load({ document: whole, models, warn, isReady = false }: Loading): Promise<Contract> {
  const given = models ? limited(models, whole) : whole;
  const document = served(given);
  const schemas = compiler(document, false, isReady ? ready.validators : {});
  const conditions = models ? compiler(withClosedCatalogue(document)) : schemas;
  const operations = prepare({ document, schemas, conditions, warn, isChecked: isReady });
  return {
    given,
    document,
    shared: sharedPrefix(document),
    operations,
    route: router(operations),
    ask: prism(document),
  };
}

/** A contract as the mock reads it: examples are what is sent, and schemas tell requests from answers. */
export function served(given: Document): Document {
  return splitDirections(fromPublished(given));
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

function printWarning(message: string): void {
  process.stderr.write(`Warning: ${message}\n`);
}
