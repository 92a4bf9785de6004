/** One case: requests to send, and what must hold for their answers. */
import {
  cookieValues,
  headerValues,
  pathWriter,
  queryWriter,
  type Style,
  type Styles,
} from "../../client/parameters.ts";
import type { Parameter } from "../../document/model.ts";
import { styleOf } from "../../document/parameter-style.ts";
import type { Json, Members } from "../../shared/json.ts";
import type { Contract, ContractOperation } from "../compiled-contract.ts";
import type { CaseRequest, Exchange } from "../exchange.ts";
import type { Findings } from "../findings.ts";

/** What a case needs to know of the run. */
export interface Setting {
  contract: Contract;
  /** The model for requests that a documented example does not bind to another one. */
  model: string;
  /** Whether every request uses `model`, because the user asked for it. */
  onlyModel: boolean;
  /** The items of each list that was fetched before the start, by the name of the operation that lists. */
  listed: Map<string, Members[]>;
  /** Whether the run has a token of the user's: without one, a wrong one shows nothing. */
  keyed: boolean;
  /** Whether the server is our own mock, which takes any token and any model unless it is told otherwise. */
  mock: boolean;
}

export type Send = (request: CaseRequest) => Promise<Exchange>;

export interface Case {
  operation: string;
  name: string;
  /** How many requests it makes at most, tries after a failure not counted. */
  requests: number;
  /** How many tokens it costs at most, prompt and answer. */
  tokens: number;
  /** How often it runs at most while it finds what may be the model's will; default 1. */
  tries?: number;
  /** Whether it measures time, and so runs while nothing else does. */
  alone?: boolean;
  run(send: Send, found: Findings): Promise<void>;
}

/** The request of an operation, with what it requires beside the body. */
export function requestOf(
  operation: ContractOperation,
  body?: Json,
  values: Record<string, string> = {},
): CaseRequest {
  const { method, keyHeader, bodyType } = operation;
  const path = parametersIn(operation, "path");
  const query = parametersIn(operation, "query");
  const header = parametersIn(operation, "header");
  const target = pathWriter(path.styles)(operation.path, { ...path.values, ...values });
  const search = queryWriter(query.styles)(query.values);
  const headers = {
    ...headerValues(header.values, header.styles),
    ...cookieValues(parametersIn(operation, "cookie").values),
  };
  return {
    method: method.toUpperCase(),
    path: search ? `${target}?${search}` : target,
    ...(body !== undefined && { body }),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(bodyType !== undefined && { type: bodyType }),
    ...(keyHeader !== undefined && { keyHeader }),
  };
}

/** What an operation requires in a place, and how it is written. */
function parametersIn({ parameters, known }: ContractOperation, place: Parameter["in"]) {
  const usual = place === "query" || place === "cookie" ? "form" : "simple";
  const values: Record<string, Json> = {};
  const styles: Styles = {};
  for (const parameter of parameters.filter((one) => one.in === place && one.required)) {
    values[parameter.name] = known.get(parameter) ?? "example";
    styles[parameter.name] = styleOf(parameter, usual) as Style;
  }
  return { values, styles };
}

/** A case that sends one request. */
export function single(
  operation: ContractOperation,
  name: string,
  request: CaseRequest,
  check: (exchange: Exchange, found: Findings) => void,
  more: Partial<Pick<Case, "tokens" | "tries" | "alone">> = {},
): Case {
  return {
    operation: operation.name,
    name,
    requests: 1,
    tokens: 0,
    ...more,
    run: async (send, found) => check(await send(request), found),
  };
}
