/** Prism in process: it checks security and parameters, and turns a status and an example into an answer. */
import { createLogger } from "@stoplight/prism-core";
import { createInstance, getHttpOperationsFromSpec, type IHttpConfig } from "@stoplight/prism-http";
import type { Document, Json, OperationEntry } from "../pipeline/document.ts";
import type { Context } from "./expression.ts";
import { RequestProblem } from "./problem.ts";

export interface Answer {
  status: number;
  /** By lower-case name. */
  headers: Record<string, string>;
  body: Json;
}

interface Wanted {
  status: number;
  /** The name of the example; without it Prism takes the first, or makes a value from the schema. */
  example?: string;
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

export type Ask = (entry: OperationEntry, request: Context, wanted: Wanted) => Promise<Answer>;

/** Once a type is negotiated it is this one, whatever `Accept` says: as relays do, and because the body decides. */
const MEDIA_TYPES = ["application/json", "*/*"];

export async function prism(document: Document): Promise<Ask> {
  const resources = await getHttpOperationsFromSpec(structuredClone(document));
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

  return async (entry, request, { status, example, check }) => {
    const operation = resources.filter(({ method, path }) => method === entry.method && path === entry.path);
    const config: IHttpConfig = {
      ...base,
      validateRequest: check === "all",
      // A new object each time: Prism keeps what it negotiated in it.
      mock: {
        dynamic: false,
        code: status,
        mediaTypes: MEDIA_TYPES,
        ...(example !== undefined && { exampleKey: example }),
      },
    };
    const input = {
      method: entry.method,
      url: { path: fillPath(entry.path, request.path), query: request.query },
      headers: headersFor(request),
      body: request.body,
    };
    const result = await instance.request(input, operation, config)();
    // Where the operation declares no answer for a violation, Prism fails with it instead.
    const failure = result._tag === "Left" ? (result.left as Failure) : undefined;
    if (failure?.status === 401) throw unauthorized();
    const violations: Violation[] =
      result._tag === "Left" ? (failure?.additional?.validation ?? []) : result.right.validations.input;
    const [violation] = violations;
    if (violation?.code === 401) throw unauthorized();
    if (violation) {
      const [, ...names] = violation.path ?? violation.location ?? [];
      throw new RequestProblem(400, "invalid_value", violation.message, { field: names.join(".") || null });
    }
    if (result._tag === "Left") throw new Error(result.left.message);
    const { statusCode, headers = {}, body } = result.right.output;
    return { status: statusCode, headers: lowerCase(headers), body: (body ?? null) as Json };
  };
}

function unauthorized(): RequestProblem {
  return new RequestProblem(401, "invalid_api_key", "The token is missing or malformed.", {
    headers: { "www-authenticate": "Bearer" },
  });
}

/** Prism decodes the segments of a path again, so they go in encoded. */
function fillPath(template: string, params: Record<string, string>): string {
  return template.replaceAll(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
}

/** Without `accept`, which would decide over the media types; with the scheme's name as Prism alone knows it. */
function headersFor({ headers, body }: Context): Record<string, string> {
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
    "content-length": body === undefined ? "0" : "1",
    ...(body !== undefined && { "content-type": "application/json" }),
  };
}

function lowerCase(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
