/** A fault of a request, before it becomes an error answer in the contract's shape. */
import { errorType } from "../../openai/error-families.ts";
import type { Json } from "../../shared/json.ts";

/** What an error example can take its members from: `$problem#/detail` and so on. */
export interface ProblemDetails {
  /** The HTTP status. */
  status: number;
  /** The family, as OpenAI's errors have it. */
  type: string;
  /** One word that programs can compare. */
  code: string;
  /** One sentence for people, that says what to do where it can. */
  detail: string;
  /** The field at fault, such as `messages.0.role`; null where there is none. */
  field: string | null;
  [member: string]: Json;
}

/** Thrown wherever a request turns out to be wrong; becomes an error answer. */
export class RequestProblem extends Error {
  override readonly name = "RequestProblem";
  readonly details: ProblemDetails;
  /** Headers that the answer must have, such as `allow`. */
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    detail: string,
    { field = null, headers = {} }: { field?: string | null; headers?: Record<string, string> } = {},
  ) {
    // What a client did wrong is nowhere in this code, and a stack is half the cost of a refusal.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(detail);
    Error.stackTraceLimit = stackTraceLimit;
    this.details = { status, type: errorType(status), code, detail, field };
    this.headers = headers;
  }
}

export function unauthorized(): RequestProblem {
  return new RequestProblem(401, "invalid_api_key", "The token is missing, malformed or unknown.", {
    headers: { "www-authenticate": "Bearer" },
  });
}
