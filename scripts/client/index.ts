/** The client's runtime: what generated clients are made of, and what they export beside their own. */
export { ChatCompletionStream, type ChatCompletionStreamEvents } from "./chat-completion-stream.ts";
export {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  UnprocessableEntityError,
} from "./errors.ts";
export type { ClientOptions, HeadersLike, RequestOptions } from "./options.ts";
export { APIPromise, type WithRequestID } from "./promise.ts";
export { Stream, type StreamEvents } from "./stream.ts";
