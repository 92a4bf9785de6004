/** What is prepared for each operation of a contract, once, before the first request. */

import { fillProblems } from "../../document/extensions.ts";
import type { Document, Example, MediaType, OperationEntry, Schema } from "../../document/model.ts";
import { deref, operations } from "../../document/operations.ts";
import { paginationOf } from "../../document/pagination.ts";
import { parts } from "../../document/schemas.ts";
import type { Conventions } from "../../openai/conventions.ts";
import { conventionsOf } from "../../openai/detect.ts";
import { pageOf } from "../../openai/pages.ts";
import { InputError } from "../../shared/input-error.ts";
import { isObject, type Json } from "../../shared/json.ts";
import { covers, essence, isJson, JSON_TYPE } from "../../shared/media-types.ts";
import { memoizeIn, once } from "../../shared/memoize.ts";
import { messageOf } from "../../shared/text.ts";
import { formReader } from "../http/read-form.ts";
import type { Context } from "../scenarios/expression.ts";
import { contractScenarios, type Scenarios } from "../scenarios/scenario.ts";
import { type AnswerType, answerTypes, selectType } from "./answer-types.ts";
import { cookieCheck } from "./cookies.ts";
import { RequestProblem } from "./request-problem.ts";
import type { Check, Compiler } from "./schemas.ts";

export interface Operation {
  entry: OperationEntry;
  /** `createChatCompletion`, `chat.completions.create`, `POST /v1/chat/completions`: those that it has, in this order. */
  names: string[];
  conventions: Conventions;
  /** Cuts one page out of an example that has all items; absent where the answer is not such a list. */
  page?: (whole: Json, query: Context["query"]) => Json;
  scenarios: Scenarios;
  /** The media types of its body; none if it takes no body. */
  accepts: string[];
  /** The media type of the answer to a request; undefined for a status without content. */
  typeFor(declared: string, request: Parameters<typeof selectType>[1]): AnswerType | undefined;
  /** @throws {RequestProblem} 400 naming the first cookie that is missing or wrong; absent where none is declared */
  checkCookies?: (cookie: string | undefined) => void;
  /** A form as an object. @param type its media type */
  readForm(fields: readonly (readonly [name: string, value: string])[], type?: string): Json;
  /**
   * @param type the media type that the request says; undefined where it says none
   * @throws {RequestProblem} 400 naming the first thing that is wrong with a body
   */
  checkBody(body: Json | undefined, type?: string): void;
  /** Compiles a schema of the contract. */
  checkOf(schema: Schema): Check;
}

/** What operations are prepared with. */
interface Preparing {
  document: Document;
  schemas: Compiler;
  /** Chooses between scenarios, where a token may use less than what is well formed. */
  conditions: Compiler;
  /** Called with a schema that does not compile; values of that schema are then served unchecked. */
  warn(message: string): void;
  /** Whether the contract's extensions are known to be right. Default: false. */
  isChecked?: boolean;
}

/**
 * Prepares every operation of the contract. The schema of a body is compiled when it is first needed, since a large
 * contract has thousands.
 *
 * @throws {InputError} naming an `x-when` or an `x-fill` that is wrong
 */
export function prepare(preparing: Preparing): Operation[] {
  return [...operations(preparing.document)].map((entry) => {
    try {
      return prepareOperation(entry, preparing);
    } catch (error) {
      throw new InputError({
        message: `${entry.method.toUpperCase()} ${entry.path}: ${messageOf(error)}`,
        advice: "Correct it in the contract; `npm run lint` says where it is.",
      });
    }
  });
}

function prepareOperation(
  entry: OperationEntry,
  { document, schemas, conditions, warn, isChecked = false }: Preparing,
): Operation {
  const { requestBody } = entry.operation;
  const known = contractScenarios(document, entry, conditions);
  if (!isChecked) for (const { name, example } of known.contract) assertFill(document, name, example);
  const conventions = conventionsOf(document, entry);
  const types = answerTypes(document, entry, schemas);
  const body = requestBody && deref(document, requestBody);
  const content = Object.entries(body?.content ?? {});
  const tolerantCheck = (what: string) =>
    tolerant(schemas, (why) =>
      warn(
        `${entry.method.toUpperCase()} ${entry.path}: ${what} is not checked, since its schema does not compile: ${why}.`,
      ),
    );
  const checkOf = tolerantCheck("the body");
  // Prism checks parameters, and says nothing of a schema that it cannot use.
  const checkParameters = once(() => {
    for (const { name, schema = true } of entry.parameters) tolerantCheck(`the parameter ${name}`)(schema);
  });
  const checkCookies = cookieCheck(document, entry, tolerantCheck("a cookie"));
  return {
    ...(checkCookies && { checkCookies }),
    entry,
    names: namesOf(entry),
    conventions,
    ...pager(document, entry),
    scenarios: known,
    accepts: content.map(([type]) => essence(type)),
    typeFor: (declared, request) =>
      selectType(types.get(declared) ?? [], request, conventions.wantsStream(request.body)),
    readForm: (fields, type = "") => formReader(document, mediaFor(content, type) ?? {})(fields),
    checkBody: (value, type = JSON_TYPE) => {
      checkParameters();
      if (value !== undefined) assertValid(checkOf(mediaFor(content, type)?.schema ?? true), value);
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

function pager(document: Document, entry: OperationEntry): Pick<Operation, "page"> {
  const pagination = paginationOf(entry);
  if (!pagination) return {};
  const limit = entry.parameters.find(
    ({ in: place, name }) => place === "query" && name === pagination.limit,
  );
  const [size] = [...parts(document, limit?.schema)].flatMap((part) => part.default ?? []);
  return {
    page: (whole, query) => pageOf(pagination, whole, query, typeof size === "number" ? size : undefined),
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

/** What describes a body: its media type, else a range that covers it, else any JSON type. */
function mediaFor(content: [string, MediaType][], type: string): MediaType | undefined {
  const found =
    content.find(([name]) => essence(name) === essence(type)) ??
    content.find(([name]) => covers(name, type)) ??
    content.find(([name]) => isJson(name));
  return found?.[1];
}

/** A compiler that warns once of a schema that does not compile, and then takes any value for valid. */
function tolerant({ check }: Compiler, warn: (why: string) => void): (schema: Schema) => Check {
  return memoizeIn(new Map<Schema, Check>(), (schema) => {
    try {
      return remembering(check(schema));
    } catch (error) {
      warn(messageOf(error));
      return () => undefined;
    }
  });
}

/** A check that knows the values that it has found right: that of a body which came before comes again. */
function remembering(check: Check): Check {
  const right = new WeakSet<object>();
  return (value) => {
    if (!isObject(value)) return check(value);
    if (right.has(value)) return undefined;
    const violation = check(value);
    if (!violation) right.add(value);
    return violation;
  };
}

/** @throws {Error} for an `x-fill` that is not written as its schema says, or points at nothing */
function assertFill(document: Document, name: string, { value, "x-fill": fill = {} }: Example): void {
  const [problem] = fillProblems({ value, "x-fill": fill }, document);
  if (problem) throw new Error(`example ${name}, x-fill ${problem.path.join("")}: ${problem.message}`);
}
