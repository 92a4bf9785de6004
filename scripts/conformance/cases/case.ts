/** One case: requests to send, and what must hold for their answers. */
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
  const { method, keyHeader, bodyType, known } = operation;
  const required = (place: string) =>
    operation.parameters
      .filter((parameter) => parameter.in === place && parameter.required)
      .map(({ name }): [string, string] => [name, known.get(`${place} ${name}`) ?? ""]);
  const path = operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? known.get(`path ${name}`) ?? "example"),
  );
  const query = required("query").map((pair) => pair.map(encodeURIComponent).join("="));
  const headers = required("header");
  return {
    method: method.toUpperCase(),
    path: query.length > 0 ? `${path}?${query.join("&")}` : path,
    ...(body !== undefined && { body }),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    ...(bodyType !== undefined && { type: bodyType }),
    ...(keyHeader !== undefined && { keyHeader }),
  };
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
