/** The options of a client and of a call, and what is read from the environment. */

import type { Fetch, FetchRequest } from "./send.ts";
import { parseURL } from "./urls.ts";

/** The options of a client. */
export interface ClientOptions {
  /**
   * The key that requests carry, or a function that gives it, asked before each request. Read from the environment
   * if left out, see the client's class.
   */
  apiKey?: string | (() => string | Promise<string>) | undefined;
  /** Where the service is, with or without the prefix that all its paths share. */
  baseURL?: string | undefined;
  /** How many milliseconds may pass until an answer is there, or between two chunks of a stream. Default: 600 000. */
  timeout?: number | undefined;
  /** How often a request is sent again that failed for a passing reason. Default: 2. */
  maxRetries?: number | undefined;
  /**
   * Sends the requests, in place of the runtime's own `fetch`. Called as the `openai` package calls it, `fetch(url, init)`; a
   * function with a single parameter gets a `Request`.
   */
  fetch?: Fetch | FetchRequest | undefined;
  /**
   * Whether a stream has to say why each of its answers ended (`finish_reason`). With false, `[DONE]` is enough: for servers
   * that never give a reason. Default: true.
   */
  requireFinish?: boolean | undefined;
  /** Headers of every request. */
  defaultHeaders?: HeadersLike | undefined;
  /** How many bytes an answer, or an event of a stream, may have. Default: 64 MiB. */
  maxSize?: number | undefined;
  /** Allows use in the page of a browser, where everybody can read the key. Default: false. */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** What a single call can be told. */
export interface RequestOptions {
  /** Aborts the call, its pauses between tries, and its stream. */
  signal?: AbortSignal | null | undefined;
  /** In place of the client's own. */
  timeout?: number | undefined;
  /** In place of the client's own. */
  maxRetries?: number | undefined;
  /** Beside the client's `defaultHeaders`, and before them; `null` leaves one out. */
  headers?: HeadersLike | undefined;
  /** Members of the body that the contract does not know, for a service that does. */
  extraBody?: Record<string, unknown> | undefined;
  /** Sent as `Idempotency-Key` with each try, for a server that reads it. */
  idempotencyKey?: string | undefined;
}

/** Headers by name, in any case. Those that are `null` are left out of the request, and those that are `undefined` say nothing. */
export type HeadersLike = Headers | Record<string, string | null | undefined>;

/** What the client knows about the service: the generator takes it from the OpenAPI document. */
export interface Service {
  /** The name of the client's class. */
  name: string;
  /** How the names of its environment variables begin. */
  env: string;
  /** The document's first server. */
  baseURL?: string;
  /** How all paths begin, such as `/v1`; empty if they have nothing in common. */
  prefix: string;
  /**
   * The header that carries the key, what stands before the key in it, and whether calls may do without. `encode` turns
   * the key into what is sent; `place` puts it into the address, and `header` is empty then. Absent if the service asks for none.
   */
  auth?: {
    header: string;
    scheme: string;
    optional?: boolean;
    encode?: (key: string) => string;
    place?: (url: string, key: string) => string;
  };
}

/** An environment variable; undefined where it is not set, empty, or there is no environment to read. */
function environment(name: string): string | undefined {
  try {
    return globalThis.process?.env?.[name] || undefined;
  } catch {
    // Deno, when it is not allowed to.
    return undefined;
  }
}

/** The address that the caller chose, by an option or by the environment. */
export function chosenBaseURL({ baseURL }: ClientOptions, { env }: Service): string | undefined {
  return baseURL ?? environment(`${env}_BASE_URL`);
}

/**
 * @param chosen the address that the caller chose
 * @returns the address that the paths of the document are to be appended to
 * @throws {TypeError} if there is none, or it is not one
 */
export function resolveBaseURL(chosen: string | undefined, { name, env, baseURL, prefix }: Service): string {
  const address = chosen ?? baseURL;
  const advice = `Pass it as new ${name}({ baseURL }), or set ${env}_BASE_URL`;
  if (!address) throw new TypeError(`There is no base URL. ${advice}.`);
  const url = parseURL(address);
  // Not quoted: what was pasted into the wrong place may be a key.
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw new TypeError(`The base URL must be an http(s) address with a path at most. ${advice}.`);
  const path = url.pathname.replace(/\/+$/, "");
  return url.origin + (path.endsWith(prefix) ? path.slice(0, path.length - prefix.length) : path);
}

/**
 * @returns what gives the key, already checked if it was given as text; undefined if there is none and need not be
 * @throws {TypeError} if there is none, or it cannot be sent
 */
export function resolveKey(
  given: ClientOptions["apiKey"],
  { name, env, auth }: Service,
): (() => string | Promise<string>) | undefined {
  const source = given ?? environment(`${env}_API_KEY`);
  if (!auth || (source === undefined && auth.optional)) return undefined;
  if (source === undefined)
    throw new TypeError(`There is no API key. Pass it as new ${name}({ apiKey }), or set ${env}_API_KEY.`);
  if (typeof source === "function") return async () => checkKey(await source());
  const key = checkKey(source);
  return () => key;
}

/** @throws {TypeError} in the page of a browser, unless that was allowed */
export function checkPlace({ dangerouslyAllowBrowser }: ClientOptions): void {
  if (dangerouslyAllowBrowser || typeof globalThis.document === "undefined") return;
  throw new TypeError(
    "Everybody can read the API key in the page of a browser. Call a server of your own instead, or pass dangerouslyAllowBrowser: true.",
  );
}

/** @throws {TypeError} if one holds a line break: what `fetch` says about it quotes the value, which may be a key */
export function checkHeaders(headers: HeadersLike | undefined): void {
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (/[\r\n\0]/.test(String(value))) throw new TypeError(`The header ${name} holds a line break.`);
  }
}

/** What `fetch` says about a key that it cannot send quotes the key, so it must not come to that. */
function checkKey(key: string): string {
  if (typeof key === "string" && /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(key)) return key;
  throw new TypeError(
    "The API key is empty or holds a character that no header can carry, such as a line break.",
  );
}
