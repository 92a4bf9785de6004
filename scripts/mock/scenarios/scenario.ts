/** The scenarios of an operation: what it can answer, from the contract's examples and from the user's scenarios. */

import { declaredFor, responsesOf } from "../../document/examples.ts";
import type { Document, Example, OperationEntry, Response } from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import type { TurnsFrom } from "../../openai/conventions.ts";
import type { Json } from "../../shared/json.ts";
import { isJson, JSON_TYPE } from "../../shared/media-types.ts";
import { messageOf } from "../../shared/text.ts";
import type { Compiler } from "../engine/schemas.ts";
import type { Fault } from "../faults/faults.ts";
import type { Pace } from "../http/pace.ts";
import type { Subject } from "./expression.ts";

/** One answer, ready to be given. */
export interface Scenario {
  /** Its name among the examples of its status. Empty where the contract declares a status without an example. */
  name: string;
  status: number;
  /** The key of the response that declares the status: `200`, `4XX` or `default`. */
  declared: string;
  /** By lower-case name: those that the response declares, with their examples, and the user's. */
  headers: Record<string, string>;
  example: Example;
  /** The media type that has the example, as the contract writes it; undefined for any that the contract has. */
  type?: string;
  /** Whether it answers a request. undefined: it answers only requests that ask for it by name. */
  matches?: (request: Subject) => boolean;
  /** What only the answer of a user's scenario has. */
  user?: UserPart;
}

interface UserPart {
  /** The part of the value that the user wrote. */
  stated: Json | undefined;
  faults: CountedFault[];
  pace: Pace;
  /** The conditions of this answer alone, beside those of its scenario. */
  conditions: Condition[];
  /** Whether the value is a stream as it stands. */
  raw: boolean;
}

/** Something that a request has to meet. */
export interface Condition {
  test(request: Subject): boolean;
  /** Why a request does not meet it. */
  why(request: Subject): string;
}

/** A scenario of the user's: which requests it answers, and with what. */
export interface Script {
  name: string;
  /** Undefined where it has none: then it answers only requests that ask for it by name. */
  conditions: Condition[] | undefined;
  answers: Scenario[];
  /** Which answer is given: the only one, the one of the conversation's turn, or the session's next one. */
  order: "single" | "turns" | "sequence";
  /** Which messages count as turns. */
  from: TurnsFrom;
  /** Whether a sequence starts over after its last answer. */
  repeat: boolean;
}

/** A fault, and the number of answers it applies to; undefined for all. */
export interface CountedFault {
  fault: Fault;
  times?: number;
}

/** What the contract lets an operation answer. */
export interface Scenarios {
  /** Errors first, then the others, each in document order. */
  contract: Scenario[];
  /** The statuses that the contract declares, as they are written. */
  statuses: string[];
  /** The first successful one, else the first redirect; 200 without one. */
  success: number;
}

/**
 * Collects the examples of an operation's responses. Errors come first: what goes wrong does so whatever else
 * the request asks for. Within them, and within the rest, document order holds.
 *
 * @throws {Error} naming an `x-when` that does not compile
 */
export function contractScenarios(
  document: Document,
  { operation }: OperationEntry,
  { matcher }: Compiler,
): Scenarios {
  const responses = responsesOf(document, operation.responses);
  const scenarios = responses.flatMap(({ status, response }) =>
    examples(document, response).map(({ name, type, example }): Scenario => {
      const scenario = {
        name,
        type,
        status: statusOf(status),
        declared: status,
        example,
        headers: headersOf(document, response),
      };
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
  const statuses = responses.map(({ status }) => status);
  return {
    contract: [...scenarios.filter(isError), ...scenarios.filter((scenario) => !isError(scenario))],
    statuses,
    success: successStatus(statuses),
  };
}

function examples(document: Document, { content = {} }: Response) {
  return Object.entries(content).flatMap(([type, { examples = {} }]) =>
    Object.entries(examples).map(([name, example]) => ({
      name,
      type,
      example: deref<Example>(document, example),
    })),
  );
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
 * The scenario that the contract has for a status: the first one without a condition. Without a status it is the one for
 * `default`. Error answers are made from it.
 *
 * @param isServed whether a scenario is of the media type that the request gets; default: JSON alone
 */
export function exampleFor(
  { contract, statuses }: Scenarios,
  status?: number,
  isServed: (scenario: Scenario) => boolean = ({ type = JSON_TYPE }) => isJson(type),
): Scenario | undefined {
  const declared = status === undefined ? "default" : declaredFor(statuses, status);
  const served = contract.filter((scenario) => scenario.declared === declared && isServed(scenario));
  const found = served.find(({ matches }) => matches === undefined) ?? served[0];
  if (status === undefined || found === undefined || found.status === status) return found;
  return { ...found, status };
}

function successStatus(statuses: readonly string[]): number {
  const [found = "200"] = ["2", "3"].flatMap((digit) =>
    statuses.filter((status) => status.startsWith(digit)),
  );
  return statusOf(found);
}

/** The status that stands for a declared one: 400 for `4XX`, 500 for `default`. */
function statusOf(declared: string): number {
  const status = Number.parseInt(declared.replaceAll("X", "0"), 10);
  return Number.isNaN(status) ? 500 : status;
}
