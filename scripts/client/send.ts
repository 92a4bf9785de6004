/** Sends the requests that openapi-fetch makes, by `fetch(url, init)`. */
import { isStream } from "./body.ts";
import { APIError, connectionError, errorFromAbort } from "./errors.ts";
import { parseURL } from "./urls.ts";

/** A `fetch`, called as the `openai` package calls it: with a URL as text, and everything else in `init`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A `fetch`, called as openapi-fetch calls it. */
export type FetchRequest = (request: Request) => Promise<Response>;

/**
 * What openapi-fetch makes of a call, as it is given to `fetch(url, init)`. A real `Request`, which only middleware needs,
 * would be taken apart again at once.
 */
export class PlainRequest {
  constructor(url: string, init: RequestInit) {
    Object.assign(this, init, { url });
  }
}

/** The bodies that requests were made with: a `Request` gives its own as a stream only, which cannot be sent twice. */
const bodies = new WeakMap<Request, unknown>();

/**
 * Makes a `Request`, in place of the constructor itself. That is looked up late: Node loads its built-in `fetch`, at many
 * times the cost of this module, when a program first touches it.
 */
export const LateRequest = Object.defineProperty(
  function makeRequest(url: string, init: RequestInit): Request {
    const request = new globalThis.Request(url, init);
    bodies.set(request, init.body);
    return request;
  },
  // Middleware may return a `Request`.
  Symbol.hasInstance,
  { value: (value: unknown) => value instanceof globalThis.Request },
) as unknown as typeof Request;

/**
 * Sends a request.
 *
 * @param url where to, if the request's own address does not yet hold the key
 * @param send default: the runtime's own `fetch`, looked up at each request, since tools replace it
 * @throws {APIError} what became of a request that got no answer
 */
export async function sendRequest(
  request: Request,
  send: Fetch | FetchRequest | undefined,
  url: string,
): Promise<Response> {
  const init = await initOf(request);
  const own = send ? caller(send) : (to: string, how: RequestInit) => globalThis.fetch(to, how);
  return told(request, () => follow(url, init, own));
}

/**
 * Calls a `fetch` in the way that it can take: one that has a single parameter gets a `Request`, which reads as the URL
 * where a text is expected, and `init` all the same, since `fetch` functions of libraries declare `init` as optional.
 */
function caller(send: Fetch | FetchRequest): Fetch {
  const call = send as Fetch;
  if (send.length !== 1) return call;
  return (url, init) => {
    // A body that is a stream can be read once, and would be the `Request`'s then.
    if (isStream(init.body)) return call(url, init);
    const request: unknown = Object.assign(new globalThis.Request(url, init), { toString: () => url });
    return call(request as string, init);
  };
}

/** Does what may fail because the connection does, or because the signal ends it, and tells which it was. */
export async function told<T>({ url, signal }: Request, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof APIError) throw cause;
    throw signal?.aborted ? errorFromAbort(signal) : connectionError(url, cause);
  }
}

async function initOf(request: Request): Promise<RequestInit> {
  const { method, headers, signal, credentials, redirect } = request;
  const plain = request instanceof PlainRequest;
  const made: unknown = plain ? request.body : bodies.get(request);
  const kept = plain || (typeof made === "string" && !request.bodyUsed);
  const given = isStream(made) || !request.body;
  const body = (kept ? made : given ? request.body : await request.arrayBuffer()) as RequestInit["body"];
  // The page of a browser cannot see where a redirect leads; elsewhere nothing but GET follows one unseen.
  const seen = body && redirect === "follow" && typeof document === "undefined";
  return {
    method,
    headers,
    signal,
    redirect: seen ? "manual" : redirect,
    ...(body && { body }),
    ...(isStream(body) && { duplex: "half" }),
    ...(credentials && credentials !== "same-origin" && { credentials }),
  };
}

/** Follows a redirect of a request with a body only where it stays what it is (307 and 308; WHATWG Fetch, 4.4). */
async function follow(url: string, init: RequestInit, send: Fetch, hops = 0): Promise<Response> {
  const response = await send(url, init);
  const { status, headers } = response;
  const location = headers.get("location");
  if (init.redirect !== "manual" || status < 301 || status > 308 || location === null) return response;
  response.body?.cancel().catch(() => {});
  const target = parseURL(location, url);
  const fail = (problem: string) => {
    const where = target ? `${target.origin}${target.pathname}` : "";
    const message = `${status} The server redirects to ${where}${problem} Correct the base URL.`;
    return new APIError(status, undefined, message, headers);
  };
  if (!target) throw fail("what is not an address.");
  if (status < 307) throw fail(`, which would turn ${init.method} into GET.`);
  if (hops === 5) throw fail(", and has redirected too often.");
  if (isStream(init.body)) throw fail(", and the body cannot be sent twice.");
  const own = new Headers(init.headers);
  if (target.origin !== new URL(url).origin) own.delete("authorization");
  return follow(target.href, { ...init, headers: own }, send, hops + 1);
}
