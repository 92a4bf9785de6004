/** Makes a call by openapi-fetch: with the key, within a time, again if it failed for a passing reason. */
import createClient, { type Client } from "openapi-fetch";
import { ANY_CHUNKS } from "../openai/chunk.ts";
import { isObject } from "../shared/json.ts";
import { JSON_TYPE, STREAM_TYPE } from "../shared/media-types.ts";
import { openStream, readAnswer } from "./answer.ts";
import { bounded, isStream } from "./body.ts";
import type { Call } from "./call.ts";
import { ChunkReader, type ChunkSource, type StreamSource } from "./chunk-reader.ts";
import { Deadline } from "./deadline.ts";
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
import { LateRequest, PlainRequest, sendRequest, told } from "./send.ts";
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
  readonly #key: (() => string | Promise<string>) | undefined;
  readonly #fetch: ClientOptions["fetch"];
  readonly #secrets = new Secrets();
  /** Whether there is middleware, which needs a real `Request`. */
  #middleware = false;

  /** @throws {TypeError} if there is no key or no address, or one cannot be used */
  constructor(options: ClientOptions, service: Service) {
    const { timeout = 600_000, maxRetries = 2, maxSize = 64 * 1024 * 1024, defaultHeaders } = options;
    checkPlace(options);
    this.#key = resolveKey(options.apiKey, service);
    checkHeaders(defaultHeaders);
    checkNumbers({ timeout, maxRetries, maxSize });
    this.#timeout = timeout;
    this.#maxRetries = maxRetries;
    this.#maxSize = maxSize;
    this.#requireFinish = options.requireFinish ?? true;
    this.#fetch = options.fetch;
    const chosen = chosenBaseURL(options, service);
    this.#chosen = chosen !== undefined;
    this.http = createClient<Paths>({
      baseUrl: resolveBaseURL(chosen, service),
      ...(defaultHeaders && { headers: defaultHeaders }),
      Request: LateRequest,
      ...this.#sending(service.auth),
    });
    const { use } = this.http;
    this.http.use = (...middleware) => {
      this.#middleware = true;
      use(...middleware);
    };
  }

  /**
   * @param method in lower case
   * @param path as in the document, with its `{parameters}`
   * @returns what the answer holds; its type is for the generated method to state
   * @throws {APIError} one of its subclasses, once no further try is worth it
   */
  call<T>(method: string, path: string, call: Call, options: RequestOptions = {}): APIPromise<T> {
    return new APIPromise<T>(async (wish) => {
      const { data, response } = await this.#call(method, path, call, options, wish);
      const chunks = data instanceof ChunkReader && call.stream;
      return { data: chunks ? new chunks(data, data.controller) : (call.opened?.(data) ?? data), response };
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
  ): Promise<Outcome> {
    const { signal, timeout = this.#timeout, maxRetries = this.#maxRetries } = options;
    checkNumbers({ timeout, maxRetries });
    checkHeaders(options.headers);
    checkHeaders(call.headers as HeadersLike | undefined);
    for (const [name, value] of Object.entries(call.path ?? {})) checkSegment(name, value);
    const attempts: APIError[] = [];
    for (;;) {
      const deadline = new Deadline(timeout, signal);
      try {
        return await deadline.race(this.#try(method, path, call, options, deadline, wish));
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
  ): Promise<Outcome> {
    const { type, accept = JSON_TYPE, others = [], body, read, init } = call;
    const streamed = accept === STREAM_TYPE;
    // Errors are JSON whatever the answer is.
    const accepted = [accept || JSON_TYPE, ...others];
    if (accept && accept !== JSON_TYPE) accepted.push(`${JSON_TYPE};q=0.9`);
    deadline.wait();
    const { data, error, response } = await (this.http.request as unknown as Send)(method, path, {
      params: { path: call.path, query: call.query, header: options.headers },
      headers: {
        accept: accepted.join(", "),
        ...(type && body !== undefined && { "content-type": type }),
        ...(options.idempotencyKey !== undefined && { "idempotency-key": options.idempotencyKey }),
        ...call.headers,
      },
      ...(call.server && !this.#chosen && { baseUrl: call.server }),
      ...("auth" in call && this.#sending(call.auth)),
      ...(!this.#middleware && { Request: PlainRequest }),
      ...init,
      body:
        options.extraBody && !init?.bodySerializer && isObject(body)
          ? { ...body, ...options.extraBody }
          : body,
      ...(isStream(body) && { duplex: "half" }),
      parseAs: streamed || raw || read ? "stream" : "text",
      signal: deadline.signal,
    });
    const report = reporter(response, this.#secrets.mask);
    if (!response.ok) throw report(error);
    if (raw) {
      deadline.stop();
      return { data: undefined, response };
    }
    const source: StreamSource = {
      ...{ response, deadline, report, finish: call.finish, limit: this.#maxSize },
      ...{ rules: call.stream?.rules ?? ANY_CHUNKS, requireFinish: this.#requireFinish },
    };
    const answer = await (read
      ? read(source, call)
      : streamed
        ? openStream(source)
        : readAnswer(source, String(data ?? ""), call));
    // An answer that is iterated closes its deadline when it ends.
    if (!(Symbol.asyncIterator in Object(answer))) deadline.close();
    return { data: answer, response };
  }

  /** How requests are sent with the key in this place, or without it. */
  #sending(auth: Service["auth"]) {
    // On the way to another origin `fetch` takes away `Authorization`, but no other header that carries a key.
    const redirect = auth?.header && !/^authorization$/i.test(auth.header) ? "error" : "follow";
    return { redirect, fetch: (request: Request) => this.#send(request, auth) } as const;
  }

  async #send(request: Request, auth: Service["auth"]): Promise<Response> {
    const { headers } = request;
    let { url } = request;
    const { header = "", scheme = "", encode = String, place } = auth ?? {};
    const given = header ? headers.get(header) : null;
    // Cookies of the call stand beside the one that holds the key.
    const isKeyGiven = header !== "Cookie" || given?.split(/; */).some((cookie) => cookie.startsWith(scheme));
    const beside = given !== null && !isKeyGiven ? `${given}; ` : "";
    if (auth && this.#key && (given === null || beside)) {
      const sent = encode(await this.#key());
      if (header) headers.set(header, beside + scheme + sent);
      this.#secrets.add(sent);
      url = place?.(url, sent) ?? url;
    }
    if (header) this.#secrets.add(headers.get(header) ?? "");
    const response = await sendRequest(request, this.#fetch, url);
    // openapi-fetch reads bodies by these; a connection can still be lost then.
    const { text, blob } = bounded(response, this.#maxSize);
    response.blob = () => told(request, blob);
    response.text = async () => {
      const said = await told(request, text);
      return response.ok ? said : this.#secrets.mask(said);
    };
    return response;
  }
}

/** An empty value would name the collection, and dots would lead out of it, encoded or not (WHATWG URL, 4.4). */
function checkSegment(name: string, value: unknown): void {
  if (value === undefined || value === null || /^(\.|%2e){0,2}$/i.test(String(value)))
    throw new TypeError(`${name} must be there, and neither empty nor made of dots.`);
}

function checkNumbers(values: Record<string, number>): void {
  for (const [name, value] of Object.entries(values))
    if (typeof value !== "number" || !(value >= 0)) throw new TypeError(`${name} must be a number from 0.`);
}
