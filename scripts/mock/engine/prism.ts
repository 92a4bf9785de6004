/** Prism in process: it checks security and parameters, and turns a status and an example into an answer. */

import { createLogger } from "@stoplight/prism-core";
import { createInstance, getHttpOperationsFromSpec, type IHttpConfig } from "@stoplight/prism-http";
import { excerpt, referencesIn } from "../../document/excerpt.ts";
import type { Document, OperationEntry, Schema } from "../../document/model.ts";
import { parameterNames } from "../../document/operations.ts";
import { securitySchemes } from "../../document/security.ts";
import { InputError } from "../../shared/input-error.ts";
import type { Json } from "../../shared/json.ts";
import { JSON_TYPE } from "../../shared/media-types.ts";
import { memoizeIn } from "../../shared/memoize.ts";
import { at } from "../../shared/pointer.ts";
import type { Context } from "../scenarios/expression.ts";
import { completeHeaders } from "./answer-headers.ts";
import { withoutDataReferences } from "./data-references.ts";
import { madeUp } from "./made-up.ts";
import { forPrism, type QueryReader, queryReader } from "./parameter-styles.ts";
import { declaredResponse, schemaToMake, shownToPrism } from "./prism-document.ts";
import { type Answer, isBodyless } from "./reply.ts";
import { RequestProblem, unauthorized } from "./request-problem.ts";

interface Wanted {
  status: number;
  /** The name of the example; without it the answer is the first, or made from the schema. */
  example?: string;
  /** The media type of the answer; default JSON, else the first that is declared. */
  type?: string;
  /** What to check of the request first: its token alone, where the rest is known to be wrong. */
  check: "all" | "security";
}

interface Violation {
  code?: string | number;
  message: string;
  /** From `body`, `path`, `query` or `header` on; where Prism failed with the violation, it is called `location`. */
  path?: string[];
  location?: string[];
}

/** How Prism fails: with what it could not answer, or with violations for which it finds no answer declared. */
interface Failure extends Error {
  status?: number;
  additional?: { validation?: Violation[] };
}

/** What Prism decided: its answer, or what is wrong with the request. */
type Decision = { answer: Answer } | { problem: RequestProblem };

type HttpOperation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

export type Ask = (entry: OperationEntry, request: Context, wanted: Wanted) => Promise<Answer>;

/** Once a type is negotiated it is this one, whatever `Accept` says: as relays do, and because the body decides. */
const MEDIA_TYPES = [JSON_TYPE, "*/*"];

/** How many decisions are remembered. */
const REMEMBERED = 1000;

/**
 * Prism over a document.
 *
 * What it decides depends on the token, the parameters, the status and the example alone, so a decision is made once.
 * The body is not part of it: the mock checks JSON and forms itself, and Prism is not shown it.
 *
 * @param remember false asks Prism each time: for tests that compare
 */
export function prism(document: Document, remember = true): Ask {
  const { document: masked, unmask } = withoutDataReferences(document);
  for (const reference of referencesIn(masked))
    if (at(masked, reference) === undefined)
      throw new InputError({ message: `A reference of the contract leads nowhere: ${reference}.` });
  /** An operation in Prism's form, made when it is first asked for, from the parts that it needs: making it is slow. */
  const resourceOf = memoizeIn(new Map<OperationEntry, Promise<HttpOperation>>(), async (entry) => {
    // A copy, because it is changed on the way: schemas that refer to themselves become circular.
    const shown = structuredClone(excerpt(shownToPrism(masked, entry), entry));
    const known = await getHttpOperationsFromSpec(shown);
    const found = known.find(({ method, path }) => method === entry.method && path === entry.path);
    if (!found) throw new Error(`Prism does not know ${entry.method} ${entry.path}.`);
    return onlyInputs(found);
  });
  const base = {
    isProxy: false,
    checkSecurity: true,
    validateRequest: true,
    validateResponse: false,
    errors: false,
    upstreamProxy: undefined,
  } as const;
  // Silent: what it would log, the answer says.
  const logger = createLogger("mock", { enabled: false } as never);
  const instance = createInstance({ ...base, mock: { dynamic: false } }, { logger });
  /** A value for a schema, made once: that takes time, and the same schema gets the same one. */
  const valueFor = memoizeIn(new Map<Schema, Promise<Json>>(), (schema) => madeUp(document, schema));
  const inputsFor = memoizeIn(new Map<OperationEntry, Inputs>(), (entry) => inputsOf(document, entry));
  const readerFor = memoizeIn(new Map<OperationEntry, QueryReader>(), (entry) =>
    queryReader(document, entry),
  );
  const decisions = new Map<string, Decision>();
  // A request is asked about twice: first its token, then the rest.
  const keys = new WeakMap<Context, string>();

  async function decide(entry: OperationEntry, request: Context, wanted: Wanted): Promise<Decision> {
    const { status, example, check, type } = wanted;
    const resource = await resourceOf(entry);
    const config: IHttpConfig = {
      ...base,
      validateRequest: check === "all",
      // A new object each time: Prism keeps what it negotiated in it.
      mock: {
        dynamic: false,
        code: status,
        mediaTypes: type === undefined ? MEDIA_TYPES : [type, ...MEDIA_TYPES],
        ...(example !== undefined && { exampleKey: example }),
      },
    };
    const input = {
      method: entry.method,
      url: {
        path: filled(entry.path, request.path),
        // Prism's types say texts; it takes objects as they are.
        query: readerFor(entry)(request.query) as Context["query"],
      },
      headers: headersFor(request),
      body: undefined,
    };
    const result = await instance.request(input, [resource], config)();
    // Where the operation declares no answer for a violation, Prism fails with it instead.
    const failure = result._tag === "Left" ? (result.left as Failure) : undefined;
    if (failure?.status === 401) return { problem: unauthorized() };
    const violations: Violation[] =
      result._tag === "Left" ? (failure?.additional?.validation ?? []) : result.right.validations.input;
    if (violations[0]?.code === 401) return { problem: unauthorized() };
    const [violation] = violations;
    if (violation) {
      const [, ...names] = violation.path ?? violation.location ?? [];
      const field = names.join(".") || null;
      return { problem: new RequestProblem(400, "invalid_value", violation.message, { field }) };
    }
    if (result._tag === "Left") throw new Error(result.left.message);
    const { statusCode, headers = {}, body } = result.right.output;
    const response = declaredResponse(document, entry, status);
    const named = await completeHeaders(document, response, headers, valueFor);
    const schema = schemaToMake(response, named["content-type"]);
    const made =
      schema === undefined || isBodyless(statusCode)
        ? unmask((body ?? null) as Json)
        : await valueFor(schema);
    return { answer: { status: statusCode, headers: named, body: made } };
  }

  function keyOf(entry: OperationEntry, request: Context): string {
    const known = keys.get(request);
    if (known !== undefined) return known;
    let key = `${entry.method} ${entry.path}`;
    for (const name in request.path) key += keyPart(request.path[name]);
    for (const name in request.query) key += keyPart(name) + keyPart(request.query[name]);
    for (const name of inputsFor(entry)) key += keyPart(request.headers[name]);
    keys.set(request, key);
    return key;
  }

  return async (entry, request, wanted) => {
    if (!remember) return outcome(await decide(entry, request, wanted));
    const { check, status, example = "", type = "" } = wanted;
    const key = `${check}\0${status}\0${example}\0${type}\0${keyOf(entry, request)}`;
    const known = decisions.get(key);
    if (known) return outcome(known);
    const made = await decide(entry, request, wanted);
    if (decisions.size >= REMEMBERED) decisions.clear();
    decisions.set(key, made);
    return outcome(made);
  };
}

/** With their lengths, different lists of values make different keys. */
function keyPart(value: string | string[] | undefined): string {
  if (value === undefined) return "\0";
  return typeof value === "string" ? `\0${value.length}:${value}` : `\0${JSON.stringify(value)}`;
}

function outcome(made: Decision): Answer {
  if ("problem" in made) throw made.problem;
  return made.answer;
}

/**
 * An operation as Prism is to know it. The mock has found it already, so that its path is its parameters alone, and Prism
 * need not know paths such as `/{id}.json`. Bodies are the mock's to check, by the first error and in words.
 */
function onlyInputs(operation: HttpOperation): HttpOperation {
  const names = plainNames(parameterNames(operation.path));
  const { path = [], query } = operation.request ?? {};
  return {
    ...operation,
    path: `/${[...names.values()].map((name) => `{${name}}`).join("/")}`,
    servers: [],
    request: {
      ...operation.request,
      path: path.map((parameter) => ({ ...parameter, name: names.get(parameter.name) ?? parameter.name })),
      query: forPrism(query),
    },
  };
}

/** The names of a path's parameters as Prism can read them, each another: `rest` for `rest*`. */
function plainNames(names: readonly string[]): Map<string, string> {
  const plain = new Map<string, string>();
  const taken = new Set([""]);
  for (const name of names) {
    let short = name.replaceAll(/[^\w-]/g, "");
    while (taken.has(short)) short += "_";
    taken.add(short);
    plain.set(name, short);
  }
  return plain;
}

/** What of a request Prism looks at, beside its path and its query. */
type Inputs = string[];

function inputsOf(document: Document, { parameters }: OperationEntry): Inputs {
  const declared = [...parameters, ...securitySchemes(document)];
  const headers = declared.flatMap(({ in: place, name }) =>
    place === "header" && name !== undefined ? [name.toLowerCase()] : [],
  );
  return ["authorization", ...headers, ...(declared.some((one) => one.in === "cookie") ? ["cookie"] : [])];
}

/** The parameters of a path as `onlyInputs` puts them. Prism decodes the segments again, so they go in encoded. */
function filled(template: string, params: Record<string, string>): string {
  const names = [...new Set(parameterNames(template))];
  return `/${names.map((name) => encodeURIComponent(params[name] ?? "")).join("/")}`;
}

/** Without `accept`, which would decide over the media types; with the scheme's name as Prism alone knows it. */
function headersFor({ headers }: Context): Record<string, string> {
  const { accept: _, authorization, "content-length": __, ...rest } = headers;
  const joined = Object.entries(rest).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : value,
  ]);
  return {
    ...(Object.fromEntries(joined) as Record<string, string>),
    // The scheme's name has no case (RFC 9110, 11.1).
    ...(typeof authorization === "string" && {
      authorization: authorization.replace(/^bearer +/i, "Bearer "),
    }),
    // Prism looks at the body's media type only if there is a length.
    "content-length": "0",
  };
}
