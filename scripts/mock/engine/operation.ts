/** What is worked out of each operation of a contract once, before the first request. */

import { responsesOf } from "../../document/examples.ts";
import { fillProblems } from "../../document/extensions.ts";
import type { Document, Example, OperationEntry, Schema } from "../../document/model.ts";
import { deref, operations } from "../../document/operations.ts";
import type { Conventions } from "../../openai/conventions.ts";
import { conventionsOf } from "../../openai/detect.ts";
import { InputError } from "../../shared/input-error.ts";
import type { Json } from "../../shared/json.ts";
import { isJson, STREAM_TYPE } from "../../shared/media-types.ts";
import { messageOf } from "../../shared/text.ts";
import { contractScenarios, type Scenarios } from "../scenarios/scenario.ts";
import { RequestProblem } from "./request-problem.ts";
import type { Check, Compiler } from "./schemas.ts";

export interface Operation {
  entry: OperationEntry;
  /** `createChatCompletion`, `chat.completions.create`, `POST /v1/chat/completions`: those that it has, in this order. */
  names: string[];
  conventions: Conventions;
  scenarios: Scenarios;
  /** The media types of its body; none if it takes no body. */
  accepts: string[];
  /** Whether it offers its answer as a stream too. */
  streams: boolean;
  /** @throws {RequestProblem} 400 naming the first thing that is wrong with a body */
  checkBody(body: Json | undefined): void;
  /** Compiles a schema of the contract. */
  checkOf(schema: Schema): Check;
}

/**
 * Prepares every operation of the contract.
 *
 * @param conditions chooses between scenarios, where a token may use less than what is well formed
 * @throws {InputError} naming what does not compile: Prism would silently check nothing there
 */
export function prepare(document: Document, schemas: Compiler, conditions = schemas): Operation[] {
  return [...operations(document)].map((entry) => {
    try {
      return prepareOperation(document, entry, schemas, conditions);
    } catch (error) {
      throw new InputError({
        message: `${entry.method.toUpperCase()} ${entry.path}: ${messageOf(error)}`,
        advice: "Correct it in the contract; `npm run lint` says where it is.",
      });
    }
  });
}

function prepareOperation(
  document: Document,
  entry: OperationEntry,
  schemas: Compiler,
  conditions: Compiler,
): Operation {
  const { requestBody, responses } = entry.operation;
  const known = contractScenarios(document, entry, conditions);
  for (const { name, schema = true } of entry.parameters)
    named(`parameter ${name}`, () => schemas.check(schema));
  for (const { name, example } of known.contract) assertFill(document, name, example);
  const body = requestBody && deref(document, requestBody);
  const content = Object.entries(body?.content ?? {});
  const schema = content.find(([type]) => isJson(type))?.[1].schema ?? true;
  const check: Check = named("body", () => schemas.check(schema));
  return {
    entry,
    names: namesOf(entry),
    conventions: conventionsOf(document, entry),
    scenarios: known,
    accepts: content.map(([type]) => type.toLowerCase()),
    streams: responsesOf(document, responses).some(({ response }) => {
      const types = Object.keys(response.content ?? {});
      return types.includes(STREAM_TYPE) && types.length > 1;
    }),
    checkBody: (value) => {
      if (value !== undefined) assertValid(check, value);
      else if (body?.required)
        throw new RequestProblem(
          400,
          "missing_body",
          `The request has no body. Send one of the type ${content[0]?.[0] ?? "that is declared"}.`,
        );
    },
    checkOf: schemas.check,
  };
}

function namesOf({ method, path, operation }: OperationEntry): string[] {
  const names = [operation.operationId, operation["x-sdk-method"], `${method.toUpperCase()} ${path}`];
  return names.filter((name) => name !== undefined);
}

/** @throws {RequestProblem} 400 naming the first thing that is wrong with a body */
function assertValid(check: Check, value: Json): void {
  const violation = check(value);
  if (!violation) return;
  const { field, message } = violation;
  throw new RequestProblem(
    400,
    message === "is required" ? "missing_required_parameter" : "invalid_value",
    `${field ?? "The body"}${field === null ? " " : ": "}${message}`,
    { field },
  );
}

/** Says of what fails to compile what it is. */
function named<T>(name: string, compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    throw new Error(`${name}: ${messageOf(error)}`);
  }
}

/** @throws {Error} for an `x-fill` that is not written as its schema says, or points at nothing */
function assertFill(document: Document, name: string, { value, "x-fill": fill = {} }: Example): void {
  const [problem] = fillProblems({ value, "x-fill": fill }, document);
  if (problem) throw new Error(`example ${name}, x-fill ${problem.path.join("")}: ${problem.message}`);
}
