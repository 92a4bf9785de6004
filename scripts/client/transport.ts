/** Makes a call by openapi-fetch: with the key, within a time, again if it failed for a passing reason. */
import createClient, { type Client } from "openapi-fetch";
import { ANY_CHUNKS } from "../openai/chunk.ts";
import { isObject } from "../shared/json.ts";
import { essence, isJson, JSON_TYPE, STREAM_TYPE } from "../shared/media-types.ts";
import { isText, openStream, readAnswer } from "./answer.ts";
import { isStream, readBody } from "./body.ts";
import type { Call } from "./call.ts";
import type { ChunkSource } from "./chunk-reader.ts";
import { Deadline, orAborted } from "./deadline.ts";
import { APIError, reporter } from "./errors.ts";
import {
  type ClientOptions,
  checkHeaders,
  checkPlace,
  chosenBaseURL,
  type HeadersLike,
  type RequestOptions,
  resolveBaseURL,
  resolveKey,
  type Service,
} from "./options.ts";
import { APIPromise, type Outcome, type Wish } from "./promise.ts";
import { retryDelay, sleep } from "./retry.ts";
import { Secrets } from "./secrets.ts";
import { LateRequest, sendRequest, told } from "./send.ts";
import type { StreamClass } from "./stream.ts";

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
  readonly #requireFinish: boolean;
  /** Whether the caller chose the base URL, which then holds for all operations. */
  readonly #chosen: boolean;
  /** Makes what sends a request with the key in this place, or without it. */
  readonly #keyed: (auth: Service["auth"]) => (request: Request) => Promise<Response>;
  readonly #secrets = new Secrets();

  /** @throws {TypeError} if there is no key or no address, or one cannot be used */
  constructor(options: ClientOptions, service: Service) {
    const { timeout = 600_000, maxRetries = 2, maxSize = 64 * 1024 * 1024, defaultHeaders } = options;
    checkPlace(options);
    const { auth } = service;
    const key = resolveKey(options.apiKey, service);
    checkHeaders(defaultHeaders);
    this.#timeout = positive("timeout", timeout);
    this.#maxRetries = positive("maxRetries", maxRetries);
    this.#maxSize = positive("maxSize", maxSize);
    this.#requireFinish = options.requireFinish ?? true;
    const secrets = this.#secrets;
    const chosen = chosenBaseURL(options, service);
    this.#chosen = chosen !== undefined;
    const send = async (request: Request, to = request.url) => {
      const { url, signal } = request;
      const response = await sendRequest(request, options.fetch, to);
      // openapi-fetch reads bodies by these; a connection can still be lost then.
      const bytes = () => told(url, signal, () => readBody(response, maxSize));
      response.blob = async () =>
        new Blob([await bytes()], { type: response.headers.get("content-type") ?? "" });
      response.text = async () => {
        const text = new TextDecoder().decode(await bytes());
        return response.ok ? text : secrets.mask(text);
      };
      return response;
    };
    this.#keyed = (auth) => async (request) => {
      const { url, signal, headers } = request;
      if (!auth) return send(request);
      const { header, scheme, encode = String, place } = auth;
      if (key && !(header && headers.has(header))) {
        const sent = encode(await orAborted(signal, key()));
        secrets.add(sent);
        if (place) return send(request, place(url, sent));
        headers.set(header, scheme + sent);
      }
      if (header) secrets.add(headers.get(header) ?? "");
      return send(request);
    };
    this.http = createClient<Paths>({
      baseUrl: resolveBaseURL(chosen, service),
      ...(defaultHeaders && { headers: defaultHeaders }),
      Request: LateRequest,
      redirect: redirectOf(auth),
      fetch: this.#keyed(auth),
    });
  }

  /**
   * @param method in lower case
   * @param path as in the document, with its `{parameters}`
   * @returns what the answer holds; its type is for the generated method to state
   * @throws {APIError} one of its subclasses, once no further try is worth it
   */
  call<T>(method: string, path: string, call: Call, options: RequestOptions = {}): APIPromise<T> {
    return new APIPromise<T>(async (wish) => {
      const { data, response, controller } = await this.#call(method, path, call, options, wish);
      if (!controller || !call.stream) return { data: call.opened?.(data) ?? data, response };
      return { data: new call.stream(data as ChunkSource<unknown>, controller), response };
    });
  }

  /**
   * Like `call`, for an answer that is streamed: the stream is there at once, and puts the answer together as it comes.
   * The request is sent at once, too; how it fails is for the stream to tell.
   */
  stream<S extends object>(
    method: string,
    path: string,
    call: Call & { stream: StreamClass },
    options: RequestOptions = {},
  ): S {
    // Lets `stream.abort()` end the call before there is an answer. The caller's signal aborts it too.
    const abort = new Deadline(Number.POSITIVE_INFINITY, options.signal);
    const { controller } = abort;
    const opened = this.#call(method, path, call, { ...options, signal: controller.signal }, { raw: false });
    const source = opened.then(({ data }) => data as ChunkSource<unknown>);
    return new call.stream(source, controller, () => abort.close()) as unknown as S;
  }

  async #call(
    method: string,
    path: string,
    call: Call,
    options: RequestOptions,
    wish: Wish,
  ): Promise<Outcome & { controller?: AbortController }> {
    const { signal, timeout = this.#timeout, maxRetries = this.#maxRetries } = options;
    positive("timeout", timeout);
    positive("maxRetries", maxRetries);
    checkHeaders(options.headers);
    checkHeaders(call.headers as HeadersLike | undefined);
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
        const again = attempts.length < maxRetries && !isStream(call.body);
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
  ): Promise<Outcome & { controller?: AbortController }> {
    const { type = JSON_TYPE, accept = JSON_TYPE, others } = call;
    const streamed = accept === STREAM_TYPE;
    const text = !accept || isText(accept);
    deadline.wait();
    const { data, error, response } = await (this.http.request as unknown as Send)(method, path, {
      params: { path: call.path, query: call.query, header: options.headers },
      headers: {
        // Errors are JSON whatever the answer is.
        accept: [
          accept || JSON_TYPE,
          ...(others ?? []),
          accept && accept !== JSON_TYPE && `${JSON_TYPE};q=0.9`,
        ]
          .filter(Boolean)
          .join(", "),
        // A form's own type carries its boundary, which only `fetch` knows.
        ...(call.body !== undefined && type !== "multipart/form-data" && { "content-type": type }),
        ...(options.idempotencyKey !== undefined && { "idempotency-key": options.idempotencyKey }),
        ...call.headers,
      },
      ...(call.server && !this.#chosen && { baseUrl: call.server }),
      ...((call.open || call.auth) && { fetch: this.#keyed(call.auth), redirect: redirectOf(call.auth) }),
      pathSerializer: call.pathSerializer,
      querySerializer: call.querySerializer,
      body:
        options.extraBody && isJson(type) && isObject(call.body)
          ? { ...call.body, ...options.extraBody }
          : call.body,
      bodySerializer:
        call.bodySerializer ??
        (isJson(type) || type.endsWith("urlencoded") ? undefined : (body: unknown) => body),
      ...(isStream(call.body) && { duplex: "half" }),
      parseAs: streamed || raw || others ? "stream" : text ? "text" : "blob",
      signal: deadline.signal,
    });
    const report = reporter(response, this.#secrets.mask);
    if (!response.ok) throw report(error);
    if (raw) {
      deadline.stop();
      return { data: undefined, response };
    }
    const source = {
      ...{ response, deadline, report, finish: call.finish, limit: this.#maxSize },
      ...{ rules: call.stream?.rules ?? ANY_CHUNKS, requireFinish: this.#requireFinish },
    };
    // Where one of several types may come, the body is not read yet.
    const came = (others && essence(response.headers.get("content-type") ?? "")) || accept;
    if (others && came !== STREAM_TYPE) {
      const data = isText(came) ? await response.text() : await response.blob();
      deadline.close();
      return { data: await readAnswer(source, data, { ...call, accept: came }), response };
    }
    if (streamed || others)
      return { data: await openStream(source), response, controller: deadline.controller };
    deadline.close();
    return { data: await readAnswer(source, data, call), response };
  }
}

/** On the way to another origin `fetch` takes away `Authorization`, but no other header that carries a key. */
function redirectOf(auth: Service["auth"]): "error" | "follow" {
  return auth?.header && !/^authorization$/i.test(auth.header) ? "error" : "follow";
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
