/** The families of errors (`error.type`) in OpenAI's protocol. */

/**
 * The family of an error by its HTTP status: `rate_limit_error` for 429, `server_error` from 500 on,
 * `invalid_request_error` for any other.
 */
export function errorType(status: number): string {
  if (status === 429) return "rate_limit_error";
  return status >= 500 ? "server_error" : "invalid_request_error";
}
