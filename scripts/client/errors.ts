/**
 * What a call can throw. The classes have the names and members of the official `openai` package, so that code
 * which catches those needs only another import.
 */
import { isObject } from "../shared/json.ts";

/** A call that failed. Its subclasses say how; one for each status that calls for a reaction of its own. */
export class APIError extends Error {
  override readonly name: string = "APIError";
  /** The HTTP status; undefined where no answer came. An answer that cannot be used may have 200. */
  readonly status: number | undefined;
  /** The answer's headers; undefined where no answer came. */
  readonly headers: Headers | undefined;
  /** What the server said: the `error` member of its answer, else the parsed body, else its text. */
  readonly error: unknown;
  /** The error in a word that programs can compare, such as `invalid_value`. A number is given as text. */
  readonly code: string | null | undefined;
  /** The family of the error, such as `invalid_request_error`. */
  readonly type: string | null | undefined;
  /** The field at fault, such as `messages.0.role`. */
  readonly param: string | null | undefined;
  /** The request's ID (`x-request-id`). Quote it when you report a problem. */
  readonly request_id: string | null | undefined;
  /** How the tries before this one failed, the first one first. */
  attempts: readonly APIError[] = [];
  /** What of a streamed answer had come, put together; undefined where nothing had. */
  partial: unknown;

  /**
   * @param status the HTTP status
   * @param error what the server said, from which `code`, `type` and `param` are taken
   * @param message for people
   * @param headers the answer's headers
   * @param options `cause`: what led to this
   */
  constructor(status?: number, error?: unknown, message?: string, headers?: Headers, options?: ErrorOptions) {
    super(message, options);
    const { code, type, param } = isObject(error) ? error : {};
    this.status = status;
    this.headers = headers;
    this.error = error;
    this.code = text(code);
    this.type = text(type);
    this.param = text(param);
    this.request_id = headers?.get("x-request-id");
  }
}

/** 400: the request is malformed or outside a limit. */
export class BadRequestError extends APIError {
  override readonly name = "BadRequestError";
}
/** 401: the key is missing, malformed or unknown. */
export class AuthenticationError extends APIError {
  override readonly name = "AuthenticationError";
}
/** 403: the key may not do this. */
export class PermissionDeniedError extends APIError {
  override readonly name = "PermissionDeniedError";
}
/** 404: there is no such thing. */
export class NotFoundError extends APIError {
  override readonly name = "NotFoundError";
}
/** 409: the request conflicts with another. */
export class ConflictError extends APIError {
  override readonly name = "ConflictError";
}
/** 422: the request is well formed and cannot be followed. */
export class UnprocessableEntityError extends APIError {
  override readonly name = "UnprocessableEntityError";
}
/** 429: too many requests, or the quota is used up. */
export class RateLimitError extends APIError {
  override readonly name = "RateLimitError";
}
/** 500 and above: the server, or one behind it, failed. */
export class InternalServerError extends APIError {
  override readonly name = "InternalServerError";
}

/** No whole answer came: the connection could not be made, or was lost. `cause` says why. */
export class APIConnectionError extends APIError {
  override readonly name: string = "APIConnectionError";

  constructor({ message = "Connection error.", cause }: { message?: string; cause?: unknown } = {}) {
    super(undefined, undefined, message, undefined, cause === undefined ? {} : { cause });
  }
}

/** Nothing came for as long as `timeout` says. */
export class APIConnectionTimeoutError extends APIConnectionError {
  override readonly name = "APIConnectionTimeoutError";
}

/** The caller aborted the call. `cause` is the signal's reason. */
export class APIUserAbortError extends APIError {
  override readonly name = "APIUserAbortError";

  constructor({ cause }: { cause?: unknown } = {}) {
    super(undefined, undefined, "Request was aborted.", undefined, { cause });
  }
}

const BY_STATUS: Record<number, typeof APIError> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  422: UnprocessableEntityError,
  429: RateLimitError,
};

/** The class of errors with this HTTP status. */
export function errorClass(status: number): typeof APIError {
  return status >= 500 ? InternalServerError : (BY_STATUS[status] ?? APIError);
}

/**
 * The error that an answer amounts to.
 *
 * @param response the answer; its status chooses the class
 * @param body what it says, parsed if it is JSON: `{error: {message, …}}`, `{error: "…"}`, `{message}`, or text of
 *   any kind, of which the first words are quoted
 * @param problem what is wrong with an answer that does not itself report an error
 */
export function errorFrom(response: Response, body: unknown, problem?: string): APIError {
  const { status, headers } = response;
  const error = isObject(body) ? (body["error"] ?? body) : body;
  const said = isObject(error) ? error["message"] : error;
  const quote = typeof said === "string" ? excerpt(said) : "";
  const message = [status, problem, quote || (problem ? "" : response.statusText || "no message")].filter(
    Boolean,
  );
  return new (errorClass(status))(status, error, message.join(" "), headers);
}

/** The error of a call that was aborted: what aborted it, where that is one of ours. */
export function errorFromAbort({ reason }: AbortSignal): APIError {
  return reason instanceof APIError ? reason : new APIUserAbortError({ cause: reason });
}

/** A message as it is; of a page of HTML, its words. Never more than fits a log line. */
function excerpt(text: string): string {
  const start = text.slice(0, 5000);
  const words = /^\s*</.test(start)
    ? start.replace(/<(style|script)[\s\S]*?<\/\1>|<[^>]*>/gi, " ").replace(/\s+/g, " ")
    : start;
  return words.trim().slice(0, 500);
}

function text(value: unknown): string | null | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" || value === null ? value : undefined;
}
