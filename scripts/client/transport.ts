/** Sends a call by openapi-fetch: with the key, within a time, again if it failed for a passing reason. */
import createClient, { type Client, createQuerySerializer } from "openapi-fetch";
import { Deadline, orAborted } from "./deadline.ts";
import { APIConnectionError, APIError, errorFrom, errorFromAbort, isObject } from "./errors.ts";
import {
  type ClientOptions,
  checkHeaders,
  type RequestOptions,
  resolveBaseURL,
  resolveKey,
  type Service,
} from "./options.ts";
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

const JSON_TYPE = "application/json";

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

  /** @throws {TypeError} if there is no key or no address, or one cannot be used */
  constructor(options: ClientOptions, service: Service) {
    const { timeout = 600_000, maxRetries = 2, defaultHeaders } = options;
    // Looked up at each request: tools replace the global one later than this.
    const send = options.fetch ?? ((request: Request) => globalThis.fetch(request));
    const { auth } = service;
    const key = resolveKey(options.apiKey, service);
    checkHeaders(defaultHeaders);
    this.#timeout = positive("timeout", timeout);
    this.#maxRetries = positive("maxRetries", maxRetries);
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
        const [text, blob] = [response.text.bind(response), response.blob.bind(response)];
        response.text = () => told(signal, async () => (response.ok ? text() : mask(await text(), secret)));
        response.blob = () => told(signal, blob);
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
  async call<T>(method: string, path: string, call: Call, options: RequestOptions = {}): Promise<T> {
    const { signal, timeout = this.#timeout, maxRetries = this.#maxRetries } = options;
    positive("timeout", timeout);
    positive("maxRetries", maxRetries);
    checkHeaders(options.headers);
    for (const [name, value] of Object.entries(call.path ?? {})) checkSegment(name, value);
    for (let tries = 0; ; tries++) {
      const deadline = new Deadline(timeout, signal);
      try {
        return (await this.#try(method, path, call, options, deadline)) as T;
      } catch (error) {
        deadline.close();
        const again =
          error instanceof APIError && tries < maxRetries && !(call.body instanceof ReadableStream);
        const delay = again ? retryDelay(error, tries) : undefined;
        if (delay === undefined) throw error;
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
  ): Promise<unknown> {
    const { type = JSON_TYPE, accept = JSON_TYPE } = call;
    const streamed = accept === "text/event-stream";
    const text = !accept || isJson(accept) || accept.startsWith("text/");
    deadline.wait();
    const { data, error, response } = await (this.http.request as unknown as Send)(method, path, {
      params: { path: call.path, query: call.query, header: options.headers },
      headers: {
        // Errors are JSON whatever the answer is.
        accept: accept && accept !== JSON_TYPE ? `${accept}, ${JSON_TYPE};q=0.9` : JSON_TYPE,
        // A form's own type carries its boundary, which only `fetch` knows.
        ...(call.body !== undefined && type !== "multipart/form-data" && { "content-type": type }),
      },
      ...(call.styles && { querySerializer: querySerializer(call.styles) }),
      body: call.body,
      ...(!isJson(type) && !type.endsWith("urlencoded") && { bodySerializer: (body: unknown) => body }),
      ...(call.body instanceof ReadableStream && { duplex: "half" }),
      parseAs: streamed ? "stream" : text ? "text" : "blob",
      signal: deadline.signal,
    });
    if (!response.ok) throw errorFrom(response, error);
    if (streamed) return openStream(response, deadline, call.finish);
    deadline.close();
    if (!accept || (!data && call.optional)) return undefined;
    if (!isJson(accept)) return data ?? (text ? "" : new Blob());
    if (!data) throw errorFrom(response, undefined, "The answer is empty.");
    return parseAnswer(response, String(data), call.error);
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

function isJson(mediaType: string): boolean {
  return /[/+]json$/.test(mediaType);
}

async function openStream(
  response: Response,
  deadline: Deadline,
  finish: Call["finish"],
): Promise<Stream<unknown>> {
  const type = response.headers.get("content-type")?.toLowerCase() ?? "";
  if (response.body && !/json|html/.test(type)) {
    deadline.rest();
    return new Stream(response, deadline, finish);
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

/** Does what may fail because the connection does, or because the signal ends it, and tells which it was. */
async function told<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await orAborted(signal, work());
  } catch (cause) {
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
