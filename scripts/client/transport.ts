/** Sends a call by openapi-fetch: with the key, within a time, again if it failed for a passing reason. */
import createClient, { type Client } from "openapi-fetch";
import { Deadline } from "./deadline.ts";
import { APIConnectionError, APIError, errorFrom, errorFromAbort, isObject } from "./errors.ts";
import {
  type ClientOptions,
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
  body?: unknown;
  /** The body's media type; JSON, unless another is named. */
  type?: string;
  /** The answer's media type, which decides what becomes of it; JSON, unless another is named. Any: not read. */
  accept?: string;
  /** Whether the answer may be empty although a media type is declared. */
  optional?: boolean;
  /** In a chunk of a stream, the list, and the member of its items, that says when the answer is whole. */
  finish?: readonly [list: string, member: string];
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
    const { timeout = 600_000, maxRetries = 2, fetch = globalThis.fetch, defaultHeaders } = options;
    const { auth } = service;
    const key = auth && resolveKey(options.apiKey, service);
    this.#timeout = positive("timeout", timeout);
    this.#maxRetries = positive("maxRetries", maxRetries);
    this.http = createClient<Paths>({
      baseUrl: resolveBaseURL(options.baseURL, service),
      ...(defaultHeaders && { headers: defaultHeaders }),
      async fetch(request) {
        if (auth && key && !request.headers.has(auth.header))
          request.headers.set(auth.header, auth.scheme + (await key()));
        const response = await fetch(request).catch((cause: unknown) => lost(request.signal, cause));
        // openapi-fetch reads bodies by this; a connection that is lost meanwhile must be told as such.
        const text = response.text.bind(response);
        response.text = () => text().catch((cause: unknown) => lost(request.signal, cause));
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
    const blob = !streamed && !/json$|^text\/|^\*/.test(accept);
    deadline.wait();
    const { data, error, response } = await (this.http.request as unknown as Send)(method, path, {
      params: { path: call.path, query: call.query, header: options.headers },
      headers: {
        accept: accept === JSON_TYPE ? accept : `${accept}, ${JSON_TYPE};q=0.9`,
        // A form's own type carries its boundary, which only `fetch` knows.
        ...(call.body !== undefined && type !== "multipart/form-data" && { "content-type": type }),
      },
      body: call.body,
      ...(!/json$|urlencoded$/.test(type) && { bodySerializer: (body: unknown) => body }),
      parseAs: streamed ? "stream" : blob ? "blob" : "text",
      signal: deadline.signal,
    });
    if (!response.ok) throw errorFrom(response, error);
    if (streamed) return openStream(response, deadline, call.finish);
    deadline.close();
    if (/^\*/.test(accept)) return undefined;
    if (!data) {
      if (call.optional) return undefined;
      throw errorFrom(response, undefined, "The answer is empty.");
    }
    return /json$/.test(accept) ? parseAnswer(response, String(data)) : data;
  }
}

async function openStream(
  response: Response,
  deadline: Deadline,
  finish: Call["finish"],
): Promise<Stream<unknown>> {
  const type = response.headers.get("content-type") ?? "";
  if (response.body && !/json|html/.test(type)) {
    deadline.rest();
    return new Stream(response, deadline, finish);
  }
  const text = await response.text();
  const answer = /json/.test(type) ? parseAnswer(response, text) : text;
  throw errorFrom(response, answer, `The answer is ${type || "empty"}, not a stream of events.`);
}

/** @throws {APIError} if the text is not JSON, or reports an error although the status says success */
function parseAnswer(response: Response, text: string): unknown {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw errorFrom(response, text, "The answer is not JSON:");
  }
  if (isObject(answer) && answer["error"]) throw errorFrom(response, answer);
  return answer;
}

/** The error of a request that `fetch` gave up. */
function lost(signal: AbortSignal, cause: unknown): never {
  throw signal.aborted ? errorFromAbort(signal) : new APIConnectionError({ cause });
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
