/** Prism in process: it checks security and parameters, and turns a status and an example into an answer. */

import { createLogger } from "@stoplight/prism-core";
import { createInstance, getHttpOperationsFromSpec, type IHttpConfig } from "@stoplight/prism-http";
import type { Document, OperationEntry } from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import { lowerCaseNames } from "../../shared/headers.ts";
import { InputError } from "../../shared/input-error.ts";
import type { Json } from "../../shared/json.ts";
import { essence, isJson, JSON_TYPE } from "../../shared/media-types.ts";
import { messageOf } from "../../shared/text.ts";
import type { Context } from "../scenarios/expression.ts";
import type { SecurityScheme } from "./api-keys.ts";
import { withoutDataReferences } from "./data-references.ts";
import { queryReader, withExplode } from "./parameter-styles.ts";
import { type Answer, isBodyless } from "./reply.ts";
import { RequestProblem, unauthorized } from "./request-problem.ts";

interface Wanted {
  status: number;
  /** The name of the example; without it Prism takes the first, or makes a value from the schema. */
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

const FORMS = ["application/x-www-form-urlencoded", "multipart/form-data"];

/** So many decisions are remembered. */
const REMEMBERED = 1000;

/**
 * Prism over a document.
 *
 * What it decides depends on the token, the parameters, the status and the example alone, so a decision is made once.
 * The body is no part of it: the mock checks JSON itself, and Prism is not shown it. Any other body is Prism's to check,
 * each time.
 *
 * @param remember false asks Prism each time: for tests that compare
 */
export async function prism(document: Document, remember = true): Promise<Ask> {
  const { document: masked, unmask } = withoutDataReferences(document);
  const known = await getHttpOperationsFromSpec(masked).catch((error: unknown) => {
    throw new InputError({ message: `A reference of the contract leads nowhere: ${messageOf(error)}.` });
  });
  const resources = new Map(known.map((one) => [`${one.method} ${one.path}`, onlyInputs(one)]));
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
  const inputs = new Map<OperationEntry, Inputs>();
  const decisions = new Map<string, Decision>();
  const readers = new Map<OperationEntry, ReturnType<typeof queryReader>>();

  function readerOf(entry: OperationEntry) {
    if (!readers.has(entry)) readers.set(entry, queryReader(document, entry));
    return readers.get(entry);
  }

  async function decide(entry: OperationEntry, request: Context, wanted: Wanted): Promise<Decision> {
    const { status, example, check, type } = wanted;
    const resource = resources.get(`${entry.method} ${entry.path}`);
    if (!resource) throw new Error(`Prism does not know ${entry.method} ${entry.path}.`);
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
    const form = isForm(String(request.headers["content-type"] ?? "")) ? request.raw : undefined;
    const input = {
      method: entry.method,
      url: {
        path: filled(resource.path, request.path),
        query: readerOf(entry)?.(request.query) ?? request.query,
      },
      headers: headersFor(request, form !== undefined),
      body: form,
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
    const named = lowerCaseNames(headers);
    // A schema without any keyword allows every value, and Prism makes none of it.
    const made = body ?? (isJson(named["content-type"] ?? "") && !isBodyless(statusCode) ? {} : null);
    return { answer: { status: statusCode, headers: named, body: unmask(made as Json) } };
  }

  return async (entry, request, wanted) => {
    const known = inputs.get(entry) ?? inputsOf(document, entry);
    inputs.set(entry, known);
    const key = remember && request.raw === undefined ? keyOf(entry, request, wanted, known) : undefined;
    const made = (key !== undefined && decisions.get(key)) || (await decide(entry, request, wanted));
    if (key !== undefined) {
      if (decisions.size >= REMEMBERED) decisions.clear();
      decisions.set(key, made);
    }
    if ("problem" in made) throw made.problem;
    return made.answer;
  };
}

/**
 * An operation as Prism is to know it. The mock has found it already, so that its path is its parameters alone, and Prism
 * need not know paths such as `/{id}.json`. Of bodies Prism checks forms: the mock checks JSON by itself, by the first
 * error and in words, and what else there is no schema can say anything about.
 */
function onlyInputs(operation: HttpOperation): HttpOperation {
  const names = [...operation.path.matchAll(/\{([^{}]+)\}/g)].map(([whole]) => whole);
  const request = { ...operation.request, query: withExplode(operation.request?.query) };
  const made = { ...operation, path: `/${names.join("/")}`, servers: [], request };
  if (!request.body) return made;
  const { body, ...rest } = request;
  const contents = (body.contents ?? []).filter(({ mediaType }) => isForm(mediaType));
  return {
    ...made,
    request: contents.length > 0 ? { ...rest, body: { ...body, required: false, contents } } : rest,
  };
}

function isForm(mediaType: string): boolean {
  return FORMS.includes(essence(mediaType));
}

/** What of a request Prism looks at, beside its path and its query. */
type Inputs = string[];

function inputsOf(document: Document, { parameters }: OperationEntry): Inputs {
  const schemes = Object.values(document.components?.["securitySchemes"] ?? {}) as SecurityScheme[];
  const declared = [...parameters, ...schemes.map((scheme) => deref<SecurityScheme>(document, scheme))];
  const headers = declared.flatMap(({ in: place, name }) =>
    place === "header" && name !== undefined ? [name.toLowerCase()] : [],
  );
  return ["authorization", ...headers, ...(declared.some((one) => one.in === "cookie") ? ["cookie"] : [])];
}

function keyOf(entry: OperationEntry, request: Context, wanted: Wanted, inputs: Inputs): string {
  return JSON.stringify([
    entry.method,
    entry.path,
    wanted.check,
    wanted.status,
    wanted.example,
    wanted.type,
    request.path,
    request.query,
    inputs.map((name) => request.headers[name]),
  ]);
}

/** Prism decodes the segments of a path again, so they go in encoded. */
function filled(template: string, params: Record<string, string>): string {
  return template.replaceAll(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
}

/** Without `accept`, which would decide over the media types; with the scheme's name as Prism alone knows it. */
function headersFor({ headers }: Context, hasForm: boolean): Record<string, string> {
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
    "content-length": hasForm ? "1" : "0",
  };
}
