/** One case: requests to send, and what must hold for their answers. */
import type { OperationEntry, Parameter } from "../../document/model.ts";
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

/** The request of an operation. */
export function requestOf(
  operation: OperationEntry,
  body?: Json,
  values: Record<string, string> = {},
): CaseRequest {
  const path = operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    const parameter = operation.parameters.find((one) => one.in === "path" && one.name === name);
    return encodeURIComponent(values[name] ?? exampleOf(parameter) ?? "example");
  });
  const query = operation.parameters
    .filter((parameter) => parameter.in === "query" && parameter.required)
    .map(
      (parameter) =>
        `${encodeURIComponent(parameter.name)}=${encodeURIComponent(exampleOf(parameter) ?? "")}`,
    );
  return {
    method: operation.method.toUpperCase(),
    path: query.length > 0 ? `${path}?${query.join("&")}` : path,
    ...(body !== undefined && { body }),
  };
}

/** A value that a parameter is documented with, as text; undefined for a parameter without an example. */
function exampleOf(parameter: Parameter | undefined): string | undefined {
  const named = Object.values(parameter?.examples ?? {}).find((example) => "value" in example);
  const schema = typeof parameter?.schema === "object" ? parameter.schema : {};
  const [first] = [
    parameter?.example,
    named && "value" in named ? named.value : undefined,
    Array.isArray(schema["examples"]) ? (schema["examples"][0] as Json) : undefined,
    schema.default,
    schema.enum?.[0],
  ].filter((value) => value !== undefined && value !== null);
  return first === undefined ? undefined : String(first);
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
