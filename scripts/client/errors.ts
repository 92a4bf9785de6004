/**
 * What a call can throw. The classes have the names and members of the official `openai` package, so that code
 * which catches those needs only another import.
 */
import { errorHolder, errorWords } from "../openai/error-words.ts";
import { isObject } from "../shared/json.ts";

/** A call that failed. Its subclasses say how; one for each status that a program may handle in a special way. */
export class APIError extends Error {
  override readonly name: string = "APIError";
  /** The HTTP status; undefined where no answer came. An answer that cannot be used may have 200. */
  readonly status: number | undefined;
  /** The answer's headers; undefined where no answer came. */
  readonly headers: Headers | undefined;
  /** What the server said: the `error` object of `{error: {…}}`, else the whole body, parsed if it is JSON. */
  readonly error: unknown;
  /** The error in a word that programs can compare, such as `invalid_value`. A number is given as text. */
  readonly code: string | null | undefined;
  /** The family of the error, such as `invalid_request_error`. */
  readonly type: string | null | undefined;
  /** The field at fault, such as `messages.0.role`. */
  readonly param: string | null | undefined;
  /** The request's ID (`x-request-id`). Quote it when you report a problem. */
  readonly request_id: string | null | undefined;
  /** How the attempts before this one failed, the first one first. */
  attempts: readonly APIError[] = [];
  /** The part of a streamed answer that had come, if the stream puts it together (`stream()`). */
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
    const { code, type, param } = errorHolder(error);
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

  /** @param options `message`: for people; `cause`: what led to this; `headers`: of an answer that was cut */
  constructor(options: { message?: string; cause?: unknown; headers?: Headers | undefined } = {}) {
    const { message = "Connection error.", cause, headers } = options;
    super(undefined, undefined, message, headers, cause === undefined ? {} : { cause });
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

/** Makes errors of what a server says, without the key that some servers repeat. */
export interface Report {
  /**
   * @param said the body, parsed if it is JSON
   * @param problem what is wrong with an answer that does not itself report an error
   */
  (said: unknown, problem?: string): APIError;
  /** A text without the key. */
  mask(text: string): string;
}

/**
 * @param response its status chooses the class of the errors
 * @param mask takes the key out of a text
 */
export function reporter(response: Response, mask: (text: string) => string): Report {
  const { status, headers, statusText } = response;
  const report = (said: unknown, problem?: string) => {
    const body = masked(said, mask);
    const text = JSON.stringify(body) ?? "";
    const words = errorWords(body) ?? (NOTHING.test(text) ? "" : text.slice(0, 500));
    const message = [status, problem, words || (problem ? "" : statusText || "no message")];
    const Class = errorClass(status);
    return new Class(status, errorMember(body), message.filter(Boolean).join(" "), headers);
  };
  return Object.assign(report, { mask });
}

/** JSON that says nothing. */
const NOTHING = /^(null|""|\[\]|\{\})?$/;

/** What OpenAI's form, `{error: {…}}` or `{error: "…"}`, holds; else the whole body. */
function errorMember(body: unknown): unknown {
  const error = isObject(body) ? body["error"] : undefined;
  const alone = isObject(error) || (typeof error === "string" && Object.keys(Object(body)).length === 1);
  return alone && errorWords(error) !== undefined ? error : body;
}

function masked(said: unknown, mask: (text: string) => string): unknown {
  if (typeof said === "string") return mask(said);
  try {
    const text = JSON.stringify(said);
    const safe = text && mask(text);
    return safe === text ? said : JSON.parse(safe);
  } catch {
    // Nested too deeply to be looked through, so that it might hold the key.
    return undefined;
  }
}

/** The error of a request that could not be sent or whose answer was lost, with host, port and cause. */
export function connectionError(url: string, cause: unknown): APIConnectionError {
  const { hostname, port, protocol } = new URL(url);
  const host = `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
  return new APIConnectionError({ message: `Connection error: ${host} ${reasonOf(cause)}`.trim(), cause });
}

/** The code and the message at the bottom of a chain of causes: `fetch` itself says only that it failed. */
function reasonOf(cause: unknown): string {
  let found = cause;
  for (let depth = 0; depth < 5; depth++) {
    // Node tries each address of a host.
    const { errors, cause: inner } = Object(found);
    const next = errors?.[0] ?? inner;
    if (!(next instanceof Error)) break;
    found = next;
  }
  if (!(found instanceof Error)) return typeof found === "string" ? found : "";
  const { code } = found as { code?: unknown };
  const { message } = found;
  return typeof code === "string" && !message.includes(code) ? `${code} ${message}` : message;
}

/** The error of a call that was aborted: what aborted it, where that is one of ours. */
export function errorFromAbort({ reason }: AbortSignal): APIError {
  return reason instanceof APIError ? reason : new APIUserAbortError({ cause: reason });
}

function text(value: unknown): string | null | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" || value === null ? value : undefined;
}
