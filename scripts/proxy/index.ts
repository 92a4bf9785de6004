/** The proxy: a relay is used through it as without it, and what passes is checked and recorded on the side. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { contractOf } from "../conformance/compiled-contract.ts";
import type { Document } from "../document/model.ts";
import { InputError } from "../shared/input-error.ts";
import { DEFAULT_HOST, listen } from "../shared/listen.ts";
import type { Drift } from "./drift.ts";
import { forwarder, targetOf } from "./forward.ts";
import { Side, type SideNews } from "./side.ts";
import { Taps } from "./tap.ts";

export type { Drift } from "./drift.ts";
export type { SideNews } from "./side.ts";

export interface ProxyOptions {
  /** Where requests go, such as `https://api.routescope.ai/v1`. */
  upstream: string;
  document: Document;
  /** The folder for recordings. Default: nothing is recorded. */
  record?: string | undefined;
  /** Names of members, and JSON Pointers, whose values are masked in recordings. */
  mask?: readonly string[] | undefined;
  /** Whether recordings hold how fast the answer came; default false. */
  pace?: boolean | undefined;
  /** Default: 0, which picks a free one. */
  port?: number | undefined;
  /** Default: 127.0.0.1. */
  host?: string | undefined;
  /** Called with each checked exchange that added something new. */
  onNews?: (news: SideNews) => void;
}

/** A proxy that runs. */
export interface RunningProxy {
  /** Where it is: `http://127.0.0.1:49152`. */
  readonly url: string;
  /** What SDKs take as their base URL: `http://127.0.0.1:49152/v1`. */
  readonly baseURL: string;
  readonly port: number;
  /** Waits until everything that has passed so far is checked and recorded. */
  settled(): Promise<void>;
  /**
   * Ends the proxy, once everything that has passed is recorded.
   *
   * @returns where traffic and contract parted ways, and how many exchanges were too large to be checked
   */
  close(): Promise<{ drift: readonly Drift[]; unchecked: number }>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a proxy.
 *
 * @throws {InputError} when the upstream is not an HTTP URL, or the port cannot be had
 */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { document, record, mask = [], pace = false, onNews } = options;
  const { prefix } = contractOf(document);
  const upstream = { url: urlOf(options.upstream), prefix };
  const side = new Side({ document, record, mask: [...mask], pace });
  const pending = new Set<Promise<void>>();
  const taps = new Taps((exchange, done) => {
    const work = side.take(exchange).then((news) => {
      done();
      if (news.drifts.length > 0 || news.recorded.length > 0 || news.problem !== undefined) onNews?.(news);
      pending.delete(work);
    });
    pending.add(work);
  });
  const { forward, close: closeConnections } = forwarder(upstream, (response, reason) =>
    refuse(response, upstream.url, reason),
  );
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const target = targetOf(request.url ?? "/", upstream);
    forward(request, response, taps.observe(Object.assign(Object.create(request), { url: target })));
  };
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 75_000 }, handle);
  // The upstream decides whether the body may come (RFC 9110, 10.1.1).
  server.on("checkContinue", handle);
  const { url, port } = await listen(server, { port: options.port ?? 0, host: options.host ?? DEFAULT_HOST });

  const settled = async () => {
    // The last byte reaches the client before the exchange is handed over.
    await new Promise((resolve) => setImmediate(resolve));
    while (pending.size > 0) await Promise.all(pending);
  };
  let closing: Promise<{ drift: readonly Drift[]; unchecked: number }> | undefined;
  const end = async () => {
    server.close();
    server.closeAllConnections();
    if (server.listening) await once(server, "close");
    await settled();
    closeConnections();
    return { drift: await side.close(), unchecked: taps.unchecked };
  };
  const close = () => {
    closing ??= end();
    return closing;
  };
  return {
    url,
    baseURL: url + prefix,
    port,
    settled,
    close,
    [Symbol.asyncDispose]: async () => void (await close()),
  };
}

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new InputError({
    message: `${text} is not a URL of an upstream.`,
    advice: "Write it like --upstream https://api.routescope.ai/v1.",
  });
}

/** No upstream can be reached: an error in the contract's form. */
function refuse(response: ServerResponse, upstream: URL, reason: string): void {
  const error = {
    message: `The proxy cannot reach ${upstream.origin}: ${reason}`,
    type: "server_error",
    param: null,
    code: "upstream_unreachable",
  };
  const body = JSON.stringify({ error });
  response.writeHead(502, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  response.end(body);
}
