/** Which of its answers an operation gives to a request. */

import { responsesOf } from "../../document/examples.ts";
import type { Document, Example, OperationEntry, Response } from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import { JSON_TYPE } from "../../shared/media-types.ts";
import { messageOf } from "../../shared/text.ts";
import type { Preferences } from "../engine/prefer.ts";
import { RequestProblem } from "../engine/request-problem.ts";
import type { Compiler } from "../engine/schemas.ts";
import type { Fault } from "../faults/faults.ts";
import type { Context } from "./expression.ts";

/** One answer that is held ready: an example of the contract, or a scenario of the user's. */
export interface Scenario {
  /** The headers that its response declares, with their examples. */
  headers: Record<string, string>;
  /** The key of the response that declares it: `200`, `4XX` or `default`. */
  declared: string;
  /** Its name among the response's examples. */
  name: string;
  example: Example;
  /** The status of a user's scenario; an example has that of its response. */
  status?: number;
  faults?: Fault[];
  matches?: (request: unknown) => boolean;
}

/** What an operation can answer. */
export interface Repertoire {
  /** In the order in which they are tried: the user's, the contract's errors, its other answers. */
  scenarios: Scenario[];
  /** The statuses that it declares, as they are written. */
  statuses: string[];
}

/** What was decided: a status, and a scenario unless the operation has none for it. */
export interface Choice {
  status: number;
  scenario?: Scenario;
}

/**
 * Collects the JSON examples of an operation's responses. Errors come first: what goes wrong does so whatever else
 * the request asks for. Within them, and within the rest, document order holds.
 *
 * @throws {Error} naming an `x-when` that does not compile
 */
export function repertoire(
  document: Document,
  { operation }: OperationEntry,
  { matcher }: Compiler,
): Repertoire {
  const responses = responsesOf(document, operation.responses);
  const scenarios = responses.flatMap(({ status, response }) =>
    examples(document, response).map(([name, example]): Scenario => {
      const scenario = { declared: status, name, example, headers: headersOf(document, response) };
      const when = example["x-when"];
      if (when === undefined) return scenario;
      try {
        return { ...scenario, matches: matcher(when) };
      } catch (error) {
        throw new Error(
          `The x-when of example ${name} (${operation.operationId}, ${status}) does not compile: ${messageOf(error)}`,
        );
      }
    }),
  );
  const isError = ({ declared }: Scenario) => !/^[123]/.test(declared);
  return {
    scenarios: [...scenarios.filter(isError), ...scenarios.filter((scenario) => !isError(scenario))],
    statuses: responses.map(({ status }) => status),
  };
}

function examples(document: Document, response: Response): [string, Example][] {
  const declared = response.content?.[JSON_TYPE]?.examples ?? {};
  return Object.entries(declared).map(([name, example]) => [name, deref<Example>(document, example)]);
}

/** The declared headers that have an example, by lower-case name. */
function headersOf(document: Document, { headers = {} }: Response): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, header]) => {
      const { example } = deref(document, header);
      return example === undefined ? [] : [[name.toLowerCase(), String(example)]];
    }),
  );
}

/**
 * Chooses in this order: what `Prefer` asks for (`code=`, `example=`), the first scenario that matches the request,
 * the first example of the first successful response.
 *
 * @throws {RequestProblem} 400 for a preference that the operation cannot meet, naming what it can
 */
export function choose(
  repertoire: Repertoire,
  request: Context,
  { status, example }: Omit<Preferences, "faults">,
): Choice {
  const { scenarios, statuses } = repertoire;
  if (status === undefined && example === undefined) {
    const { path, query, headers, body } = request;
    const subject = { path, query, headers, ...(body !== undefined && { body }) };
    const found = scenarios.find(({ matches }) => matches?.(subject));
    if (found) return chosen(found);
    const usual = successStatus(repertoire);
    const first = exampleFor(repertoire, usual);
    return { status: usual, ...(first && { scenario: first }) };
  }
  const candidates = status === undefined ? scenarios : forStatus(scenarios, statuses, status);
  const found = candidates.find(({ name }) => name === example);
  const first = candidates.find(isExample) ?? candidates[0];
  const wanted = example === undefined ? first : found;
  if (wanted) return chosen(wanted, status);
  if (status !== undefined && example === undefined) {
    if (declaredFor(statuses, status)) return { status };
    const known = `There is ${statuses.join(", ")}.`;
    throw new RequestProblem(400, "unknown_status", `The operation has no answer for ${status}. ${known}`, {
      field: "Prefer",
    });
  }
  const names = [...new Set(candidates.map(({ name }) => name))];
  throw new RequestProblem(
    400,
    "unknown_example",
    `There is no example ${example}${status === undefined ? "" : ` for ${status}`}. There is ${names.join(", ") || "none"}.`,
    { field: "Prefer" },
  );
}

/** The contract's own example for a status, which error answers are made from; without a status that of `default`. */
export function exampleFor({ scenarios, statuses }: Repertoire, status?: number): Scenario | undefined {
  const declared = status === undefined ? "default" : declaredFor(statuses, status);
  return scenarios.find((scenario) => isExample(scenario) && scenario.declared === declared);
}

/** Whether it comes from the contract. */
export function isExample({ status }: Scenario): boolean {
  return status === undefined;
}

/** The first successful status that is declared; 200 without one. */
export function successStatus({ statuses }: Repertoire): number {
  const declared = statuses.find((status) => status.startsWith("2")) ?? "200";
  return Number.parseInt(declared.replaceAll("X", "0"), 10);
}

function chosen(
  scenario: Scenario,
  status = scenario.status ?? Number.parseInt(scenario.declared.replaceAll("X", "0"), 10),
): Choice {
  return { status: Number.isNaN(status) ? 500 : status, scenario };
}

function forStatus(scenarios: Scenario[], statuses: string[], status: number): Scenario[] {
  const declared = declaredFor(statuses, status);
  return scenarios.filter((scenario) =>
    isExample(scenario) ? scenario.declared === declared : scenario.status === status,
  );
}

/** A status is declared by itself, by its range (`4XX`) or by `default`, in this order (OpenAPI 3.1, Responses). */
export function declaredFor(statuses: string[], status: number): string | undefined {
  return [String(status), `${String(status)[0]}XX`, "default"].find((key) => statuses.includes(key));
}
