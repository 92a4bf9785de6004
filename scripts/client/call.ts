/** One call, as a generated method describes it. */
import type { Finish } from "../openai/completeness.ts";
import type { StreamSource } from "./chunk-reader.ts";
import type { Service } from "./options.ts";
import type { StreamClass } from "./stream.ts";

export interface Call {
  /** Path parameters by name. */
  path?: Record<string, unknown>;
  query?: object | undefined;
  /** Header parameters. */
  headers?: object;
  body?: unknown;
  /** How these are written, where it is not as openapi-fetch does it by itself; see `parameters.ts` and `forms.ts`. */
  init?: {
    pathSerializer?: (path: string, values: Record<string, unknown>) => string;
    querySerializer?: (query: unknown) => string;
    bodySerializer?: (body: unknown) => unknown;
  };
  /** The address of a server that this operation alone has. A base URL that the caller chose goes before it. */
  server?: string;
  /** Where the key goes, if this operation wants it in another place than the others; undefined: it needs no key. */
  auth?: Service["auth"];
  /** The body's media type; JSON, unless another is named or the body is a `FormData`, whose type carries its boundary. */
  type?: string;
  /** The answer's media type; JSON, unless another is named. Empty: there is no answer. */
  accept?: string;
  /** Reads an answer that may be something else than JSON, or events where `accept` says so. */
  read?: (source: StreamSource, call: Call) => Promise<unknown>;
  /** Whether the answer declares an `error` member, which then reports no failure of the call. */
  error?: boolean;
  /** Whether the answer may be empty although a media type is declared. */
  optional?: boolean;
  /** Media types that may come in place of it, where the request does not decide. The answer's `Content-Type` tells. */
  others?: readonly string[];
  /** Members of which a real answer has at least one. What has none, and some words, is an error. */
  expects?: readonly string[];
  /** What a streamed answer becomes, and the rules by which it is read. */
  stream?: StreamClass;
  /** In a chunk of a stream, the list, and the member of its items, that tells when the answer is complete. */
  finish?: Finish;
  /** Completes an answer that is not streamed before it is handed out. */
  opened?: (answer: unknown) => unknown;
}
