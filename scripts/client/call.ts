/** One call, as a generated method describes it. */
import type { Finish } from "../openai/progress.ts";
import type { Style } from "./query.ts";
import type { StreamClass } from "./stream.ts";

export interface Call {
  /** Path parameters by name. */
  path?: Record<string, unknown>;
  query?: object | undefined;
  /** How a query parameter is written, by its name, where OpenAPI has several ways and it is not openapi-fetch's own. */
  styles?: Record<string, Style>;
  body?: unknown;
  /** The body's media type; JSON, unless another is named. */
  type?: string;
  /** The answer's media type, which decides how it is read; JSON, unless another is named. Empty: there is no answer. */
  accept?: string;
  /** Whether the answer declares an `error` member, which then reports no failure of the call. */
  error?: boolean;
  /** Whether the answer may be empty although a media type is declared. */
  optional?: boolean;
  /** Members of which a real answer has at least one. What has none, and some words, is an error. */
  expects?: readonly string[];
  /** What a streamed answer becomes, and the rules by which it is read. */
  stream?: StreamClass;
  /** In a chunk of a stream, the list, and the member of its items, that tells when the answer is complete. */
  finish?: Finish;
}
