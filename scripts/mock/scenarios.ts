/** Which of an operation's declared answers a request gets. */
import {
  type Document,
  deref,
  type Example,
  type OperationEntry,
  type Response,
} from "../pipeline/document.ts";
import { responsesOf } from "../pipeline/examples.ts";
import { messageOf } from "../words.ts";
import type { Context } from "./expression.ts";
import { RequestProblem } from "./problem.ts";
import type { Compiler } from "./schemas.ts";

const JSON_TYPE = "application/json";

/** One answer that the contract holds ready. */
export interface Scenario {
  /** The headers that its response declares, with their examples. */
  headers: Record<string, string>;
  /** The key of the response that declares it: `200`, `4XX` or `default`. */
  declared: string;
  /** Its name among the response's examples. */
  name: string;
  example: Example;
  matches?: (request: unknown) => boolean;
}

/** What an operation can answer. */
export interface Repertoire {
  scenarios: Scenario[];
  /** The statuses that it declares, as they are written. */
  statuses: string[];
}

/** What was decided: a status, and a scenario unless the operation has none for it. */
export interface Choice {
  status: number;
  scenario?: Scenario;
}

/** Collects the JSON examples of an operation's responses. @throws {Error} naming an `x-when` that does not compile */
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
  return { scenarios, statuses: responses.map(({ status }) => status) };
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
 * Chooses in this order: what `Prefer` asks for (`code=`, `example=`), the first example whose `x-when` matches, in
 * document order, the first example of the first successful response.
 *
 * @throws {RequestProblem} 400 for a preference that the operation cannot meet, naming what it can
 */
export function choose({ scenarios, statuses }: Repertoire, request: Context): Choice {
  const preferred = preferences(request.headers["prefer"]);
  if (preferred.code === undefined && preferred.example === undefined) {
    const { path, query, headers, body } = request;
    const subject = { path, query, headers, ...(body !== undefined && { body }) };
    const found = scenarios.find(({ matches }) => matches?.(subject));
    return found ? chosen(found) : success(scenarios, statuses);
  }
  const status = preferred.code === undefined ? undefined : statusCode(preferred.code);
  const candidates = status === undefined ? scenarios : forStatus(scenarios, statuses, status);
  const { example } = preferred;
  const found = example === undefined ? candidates[0] : candidates.find(({ name }) => name === example);
  if (found) return chosen(found, status);
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

/** The example that an error answer is made from: the status' own, else that of `default`; without a status that. */
export function errorScenario({ scenarios, statuses }: Repertoire, status?: number): Scenario | undefined {
  if (status === undefined) return scenarios.find(({ declared }) => declared === "default");
  return forStatus(scenarios, statuses, status)[0];
}

function success(scenarios: Scenario[], statuses: string[]): Choice {
  const declared = statuses.find((status) => status.startsWith("2")) ?? "200";
  const [first] = scenarios.filter((scenario) => scenario.declared === declared);
  return first ? chosen(first) : { status: Number.parseInt(declared.replaceAll("X", "0"), 10) };
}

function chosen(
  scenario: Scenario,
  status = Number.parseInt(scenario.declared.replaceAll("X", "0"), 10),
): Choice {
  return { status: Number.isNaN(status) ? 500 : status, scenario };
}

function forStatus(scenarios: Scenario[], statuses: string[], status: number): Scenario[] {
  const declared = declaredFor(statuses, status);
  return scenarios.filter((scenario) => scenario.declared === declared);
}

/** A status is declared by itself, by its range (`4XX`) or by `default`, in this order (OpenAPI 3.1, Responses). */
function declaredFor(statuses: string[], status: number): string | undefined {
  return [String(status), `${String(status)[0]}XX`, "default"].find((key) => statuses.includes(key));
}

function statusCode(text: string): number {
  const status = Number(text);
  if (Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw new RequestProblem(400, "invalid_preference", `Prefer: code=${text} is no HTTP status.`, {
    field: "Prefer",
  });
}

/** The preferences of the request (RFC 7240): `code=429, example="tool_call"`. Others are not for this server. */
function preferences(header: string | string[] | undefined): { code?: string; example?: string } {
  const text = Array.isArray(header) ? header.join(",") : (header ?? "");
  const found = new Map(
    [...text.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s,;]+))/g)].map(([, name = "", quoted, plain]) => [
      name.toLowerCase(),
      quoted ?? plain ?? "",
    ]),
  );
  const code = found.get("code");
  const example = found.get("example");
  return { ...(code !== undefined && { code }), ...(example !== undefined && { example }) };
}
