/** What is worked out of a contract once, before the first request. */

import { responsesOf } from "../../document/examples.ts";
import { fillProblems } from "../../document/extensions.ts";
import type { Document, Example, OperationEntry } from "../../document/model.ts";
import { deref, operations } from "../../document/operations.ts";
import { InputError } from "../../shared/input-error.ts";
import type { Json } from "../../shared/json.ts";
import { isJson, STREAM_TYPE } from "../../shared/media-types.ts";
import { messageOf } from "../../shared/text.ts";
import { type Repertoire, repertoire } from "../scenarios/choose.ts";
import { RequestProblem } from "./request-problem.ts";
import type { Check, Compiler } from "./schemas.ts";

export interface Prepared {
  entry: OperationEntry;
  repertoire: Repertoire;
  /** The media types of its body; none if it takes no body. */
  accepts: string[];
  /** Whether it offers its answer as a stream too. */
  streams: boolean;
  /** @throws {RequestProblem} 400 naming the first thing that is wrong with a body */
  checkBody(body: Json | undefined): void;
}

/**
 * Prepares every operation of the contract.
 *
 * @param conditions chooses between scenarios, where a token may use less than what is well formed
 * @throws {InputError} naming what does not compile: Prism would silently check nothing there
 */
export function prepare(document: Document, schemas: Compiler, conditions = schemas): Prepared[] {
  return [...operations(document)].map((entry) => {
    try {
      return prepareOperation(document, entry, schemas, conditions);
    } catch (error) {
      throw new InputError({
        message: `${entry.method.toUpperCase()} ${entry.path}: ${messageOf(error)}`,
        advice: "Mend it in the contract; `npm run lint` says where it is.",
      });
    }
  });
}

function prepareOperation(
  document: Document,
  entry: OperationEntry,
  schemas: Compiler,
  conditions: Compiler,
): Prepared {
  const { requestBody, responses } = entry.operation;
  const known = repertoire(document, entry, conditions);
  for (const { name, schema = true } of entry.parameters)
    named(`parameter ${name}`, () => schemas.check(schema));
  for (const { name, example } of known.scenarios) assertFill(document, name, example);
  const body = requestBody && deref(document, requestBody);
  const content = Object.entries(body?.content ?? {});
  const schema = content.find(([type]) => isJson(type))?.[1].schema ?? true;
  const check: Check = named("body", () => schemas.check(schema));
  return {
    entry,
    repertoire: known,
    accepts: content.map(([type]) => type.toLowerCase()),
    streams: responsesOf(document, responses).some(({ response }) => {
      const types = Object.keys(response.content ?? {});
      return types.includes(STREAM_TYPE) && types.length > 1;
    }),
    checkBody: (value) => {
      if (value === undefined) {
        if (!body?.required) return;
        throw new RequestProblem(
          400,
          "missing_body",
          `The request has no body. Send one of the type ${content[0]?.[0] ?? "that is declared"}.`,
        );
      }
      const violation = check(value);
      if (!violation) return;
      const { field, message } = violation;
      throw new RequestProblem(
        400,
        message === "is required" ? "missing_required_parameter" : "invalid_value",
        `${field ?? "The body"}${field === null ? " " : ": "}${message}`,
        { field },
      );
    },
  };
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
