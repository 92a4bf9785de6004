/** Sends a call by openapi-fetch: with the key, within a time, again if it failed for a passing reason. */
import createClient, { type Client, createQuerySerializer } from "openapi-fetch";
import { isObject } from "../shared/json.ts";
import { isJson, JSON_TYPE, STREAM_TYPE } from "../shared/media-types.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { Deadline, orAborted } from "./deadline.ts";
import { APIConnectionError, APIError, errorFrom, errorFromAbort } from "./errors.ts";
import {
  type ClientOptions,
  checkHeaders,
  checkPlace,
  type RequestOptions,
  resolveBaseURL,
  resolveKey,
  type Service,
} from "./options.ts";
import { APIPromise, type Outcome, type Wish } from "./promise.ts";
import { retryDelay, sleep } from "./retry.ts";
import { Stream } from "./stream.ts";

/** One call, as a generated method describes it. */
export interface Call {
  /** Path parameters by name. */
  path?: Record<string, unknown>;
  query?: object | undefined;
  /** How a query parameter is written, by its name, where OpenAPI has several ways and it is not openapi-fetch's own. */
  styles?: Record<string, Style>;
  body?: unknown;
  /** The body's media type; JSON, unless another is named. */
  type?: string;
  /** The answer's media type, which decides what becomes of it; JSON, unless another is named. Empty: no answer. */
  accept?: string;
  /** Whether the answer has an `error` member of its own, which tells of no failure of the call. */
  error?: boolean;
  /** Whether the answer may be empty although a media type is declared. */
  optional?: boolean;
  /** In a chunk of a stream, the list, and the member of its items, that says when the answer is whole. */
  finish?: readonly [list: string, member: string];
}

interface Style {
  style: "form" | "spaceDelimited" | "pipeDelimited" | "deepObject";
  explode: boolean;
}

/** openapi-fetch's `request`, without the types: those are checked where the generated methods state them. */
type Send = (
  method: string,
  path: string,
  init: object,
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

export class Transport<Paths extends {}> {
  /** The openapi-fetch client underneath: `http.use()` adds middleware. The key is added after all middleware. */
  readonly http: Client<Paths>;
  readonly #timeout: number;
  readonly #maxRetries: number;
  readonly #maxSize: number;

  /** @throws {TypeError} if there is no key or no address, or one cannot be used */
  constructor(options: ClientOptions, service: Service) {
    const { timeout = 600_000, maxRetries = 2, maxSize = 64 * 1024 * 1024, defaultHeaders } = options;
    checkPlace(options);
    // Looked up at each request: tools replace the global one later than this.
    const send = options.fetch ?? ((request: Request) => globalThis.fetch(request));
    const { auth } = service;
    const key = resolveKey(options.apiKey, service);
    checkHeaders(defaultHeaders);
    this.#timeout = positive("timeout", timeout);
    this.#maxRetries = positive("maxRetries", maxRetries);
    this.#maxSize = positive("maxSize", maxSize);
    this.http = createClient<Paths>({
      baseUrl: resolveBaseURL(options.baseURL, service),
      ...(defaultHeaders && { headers: defaultHeaders }),
      // On the way to another origin `fetch` takes away this header, but no other that carries a key.
      redirect: auth && !/^authorization$/i.test(auth.header) ? "error" : "follow",
      async fetch(request) {
        const { signal } = request;
        let secret: string | undefined;
        if (auth && key && !request.headers.has(auth.header)) {
          secret = await orAborted(signal, key());
          request.headers.set(auth.header, auth.scheme + secret);
        }
        const response = await told(signal, () => send(request));
        // These are what openapi-fetch reads bodies by; a connection can still be lost then.
        const bytes = () => told(signal, () => readBody(response, maxSize));
        response.blob = async () =>
          new Blob([await bytes()], { type: response.headers.get("content-type") ?? "" });
        response.text = async () => {
          const text = new TextDecoder().decode(await bytes());
          return response.ok ? text : mask(text, secret);
        };
        return response;
      },
    });
  }

  /**
   * @param method in lower case
   * @param path as in the document, with its `{parameters}`
   * @returns what the answer holds; its type is for the generated method to state
   * @throws {APIError} one of its subclasses, once no further try is worth it
   */
  call<T>(method: string, path: string, call: Call, options: RequestOptions = {}): APIPromise<T> {
    return new APIPromise<T>((wish) => this.#call(method, path, call, options, wish));
  }

  async #call(
    method: string,
    path: string,
    call: Call,
    options: RequestOptions,
    wish: Wish,
  ): Promise<Outcome> {
    const { signal, timeout = this.#timeout, maxRetries = this.#maxRetries } = options;
    positive("timeout", timeout);
    positive("maxRetries", maxRetries);
    checkHeaders(options.headers);
    for (const [name, value] of Object.entries(call.path ?? {})) checkSegment(name, value);
    const attempts: APIError[] = [];
    for (;;) {
      const deadline = new Deadline(timeout, signal);
      try {
        return await this.#try(method, path, call, options, deadline, wish);
      } catch (error) {
        deadline.close();
        if (!(error instanceof APIError)) throw error;
        error.attempts = [...attempts];
        const again = attempts.length < maxRetries && !(call.body instanceof ReadableStream);
        const delay = again ? retryDelay(error, attempts.length) : undefined;
        if (delay === undefined) throw error;
        attempts.push(error);
        await sleep(delay, signal);
      }
    }
  }

  async #try(
    method: string,
    path: string,
    call: Call,
    options: RequestOptions,
    deadline: Deadline,
    { raw }: Wish,
  ): Promise<Outcome> {
    const { type = JSON_TYPE, accept = JSON_TYPE } = call;
    const streamed = accept === STREAM_TYPE;
    const text = !accept || isJson(accept) || accept.startsWith("text/");
    deadline.wait();
    const { data, error, response } = await (this.http.request as unknown as Send)(method, path, {
      params: { path: call.path, query: call.query, header: options.headers },
      headers: {
        // Errors are JSON whatever the answer is.
        accept: accept && accept !== JSON_TYPE ? `${accept}, ${JSON_TYPE};q=0.9` : JSON_TYPE,
        // A form's own type carries its boundary, which only `fetch` knows.
        ...(call.body !== undefined && type !== "multipart/form-data" && { "content-type": type }),
        ...(options.idempotencyKey !== undefined && { "idempotency-key": options.idempotencyKey }),
      },
      ...(call.styles && { querySerializer: querySerializer(call.styles) }),
      body:
        options.extraBody && isJson(type) && isObject(call.body)
          ? { ...call.body, ...options.extraBody }
          : call.body,
      ...(!isJson(type) && !type.endsWith("urlencoded") && { bodySerializer: (body: unknown) => body }),
      ...(call.body instanceof ReadableStream && { duplex: "half" }),
      parseAs: streamed || raw ? "stream" : text ? "text" : "blob",
      signal: deadline.signal,
    });
    if (!response.ok) throw errorFrom(response, error);
    if (raw) {
      deadline.close();
      return { data: undefined, response };
    }
    if (streamed) return { data: await openStream(response, deadline, call.finish, this.#maxSize), response };
    deadline.close();
    return { data: this.#answer(response, data, call, { accept, text }), response };
  }

  #answer(
    response: Response,
    data: unknown,
    { optional, error }: Call,
    { accept, text }: { accept: string; text: boolean },
  ): unknown {
    if (!accept || (!data && optional)) return undefined;
    if (!isJson(accept)) return data ?? (text ? "" : new Blob());
    if (!data) throw errorFrom(response, undefined, "The answer is empty.");
    const answer = parseAnswer(response, String(data), error);
    if (isObject(answer) && !Array.isArray(answer))
      Object.defineProperty(answer, "_request_id", { value: response.headers.get("x-request-id") });
    return answer;
  }
}

function querySerializer(styles: Record<string, Style>): (query: Record<string, unknown>) => string {
  return (query) =>
    Object.entries(query)
      .map(([name, value]) => {
        const style = styles[name];
        // openapi-fetch's types leave out styles that make no difference for the value at hand.
        const options =
          style && ({ array: style, object: style } as Parameters<typeof createQuerySerializer>[0]);
        return createQuerySerializer(options)({ [name]: value });
      })
      .filter(Boolean)
      .join("&");
}

async function openStream(
  response: Response,
  deadline: Deadline,
  finish: Call["finish"],
  limit: number,
): Promise<Stream<unknown>> {
  const type = response.headers.get("content-type")?.toLowerCase() ?? "";
  if (response.body && !/json|html/.test(type)) {
    deadline.rest();
    return new Stream(
      (observer) => new ChunkReader(response, deadline, finish, limit, observer),
      deadline.controller,
    );
  }
  const text = await response.text();
  const answer = /json/.test(type) ? parseAnswer(response, text) : text;
  throw errorFrom(response, answer, `The answer is ${type || "empty"}, not a stream of events.`);
}

/**
 * @param declared whether an `error` belongs to the answer
 * @throws {APIError} if the text is not JSON, or reports an error although the status says success
 */
function parseAnswer(response: Response, text: string, declared = false): unknown {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw errorFrom(response, text, "The answer is not JSON:");
  }
  if (!declared && isObject(answer) && answer["error"]) throw errorFrom(response, answer);
  return answer;
}

/** The bytes of a body. @throws {APIError} if there are more than allowed: what is left is not read */
async function readBody(response: Response, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  // Iterated by a reader: not every runtime's streams iterate by themselves.
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    size += read.value.length;
    if (size > limit) {
      reader?.cancel().catch(() => {});
      const { status, headers } = response;
      throw new APIError(status, undefined, `${status} The answer is larger than ${limit} bytes.`, headers);
    }
    parts.push(read.value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Does what may fail because the connection does, or because the signal ends it, and tells which it was. */
async function told<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await orAborted(signal, work());
  } catch (cause) {
    if (cause instanceof APIError) throw cause;
    throw signal.aborted ? errorFromAbort(signal) : new APIConnectionError({ cause });
  }
}

/** Some servers repeat the key in what they say about it. What is shorter is no secret, and may be part of a word. */
function mask(text: string, secret: string | undefined): string {
  return secret && secret.length >= 8 ? text.replaceAll(secret, "***") : text;
}

/** An empty value would name the collection, and dots would lead out of it, encoded or not (WHATWG URL, 4.4). */
function checkSegment(name: string, value: unknown): void {
  if (value === undefined || value === null || /^(\.|%2e){0,2}$/i.test(String(value)))
    throw new TypeError(`${name} must be there, and neither empty nor made of dots.`);
}

function positive(name: string, value: number): number {
  if (typeof value === "number" && value >= 0) return value;
  throw new TypeError(`${name} must be a number from 0.`);
}
