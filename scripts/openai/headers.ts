/** The names of the response headers that OpenAI's SDKs read. */

export const REQUEST_ID = "x-request-id";
export const RETRY_AFTER = "retry-after";
/** Like `retry-after`, in milliseconds. */
export const RETRY_AFTER_MS = "retry-after-ms";
/** `true` or `false`: whether a client should retry, whatever the status says. */
export const SHOULD_RETRY = "x-should-retry";

/** The headers that say how much a token may still use: `x-ratelimit-remaining-requests` and so on. */
export const RATE_LIMIT = "x-ratelimit-";
export const REMAINING = `${RATE_LIMIT}remaining-`;
