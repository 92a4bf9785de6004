/** Passes one request on and its answer back: bytes, status and headers as they come, in both directions. */
import {
  Agent,
  type IncomingMessage,
  type RequestOptions,
  request as requestHttp,
  type ServerResponse,
} from "node:http";
import { request as requestHttps, Agent as SecureAgent } from "node:https";
import { messageOf } from "../shared/text.ts";

/** Where requests are passed on to. */
export interface Upstream {
  url: URL;
  /** The first part of every path of the contract, such as `/v1`: it counts once where both URLs have it. */
  prefix: string;
}

/** Called with what passes, part by part as it comes. The parts must not be changed. */
export interface Observer {
  requestPart(part: Buffer): void;
  /** The status and the headers of the answer, as a list of names and values in turn. */
  answerHead(status: number, rawHeaders: string[]): void;
  answerPart(part: Buffer): void;
  /** Told once: how the exchange ended. `cut` by the upstream, `cancelled` by the client, `failed` without an answer. */
  end(end: "complete" | "cut" | "cancelled" | "failed"): void;
}

/** What happens where no upstream can be reached. */
export type Refuse = (response: ServerResponse, reason: string) => void;

/** Header fields that hold for one connection alone (RFC 9110, 7.6.1). */
const OF_CONNECTION = ["connection", "keep-alive", "proxy-connection", "upgrade"];

/** Makes the function that forwards requests, with the connections that they share. */
export function forwarder(upstream: Upstream, refuse: Refuse) {
  const secure = upstream.url.protocol === "https:";
  const agent = secure ? new SecureAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  const send = secure ? requestHttps : requestHttp;

  function forward(request: IncomingMessage, response: ServerResponse, observer: Observer): void {
    const options: RequestOptions = {
      agent,
      method: request.method ?? "GET",
      host: upstream.url.hostname.replace(/^\[|\]$/g, ""),
      port: upstream.url.port,
      path: targetOf(request.url ?? "/", upstream),
      headers: requestHeaders(request, upstream.url.host),
    };
    const outgoing = send(options);
    let ended = false;
    const end = (how: Parameters<Observer["end"]>[0]) => {
      if (ended) return;
      ended = true;
      observer.end(how);
    };

    let connected = false;
    outgoing.once("socket", (socket) => {
      connected = !socket.connecting;
      if (connected) return;
      socket.once("connect", () => {
        connected = true;
      });
    });
    outgoing.on("continue", () => response.writeContinue());
    outgoing.once("response", (incoming) => {
      answer(incoming, response, observer, end);
    });
    outgoing.on("error", (error) => {
      request.unpipe(outgoing);
      // An upstream that breaks its connection off is not away: the client sees the same.
      if (response.headersSent || connected) reset(response);
      else if (!response.destroyed) refuse(response, messageOf(error) || reasonCode(error));
      // Without an answer, the rest of the request is not read.
      request.resume();
      end(response.headersSent && connected ? "cut" : "failed");
    });
    // A client that goes away takes its request to the upstream with it.
    response.once("close", () => {
      if (response.writableFinished) return;
      end("cancelled");
      outgoing.destroy();
    });
    request.on("data", (part: Buffer) => observer.requestPart(part));
    request.on("error", () => outgoing.destroy());
    request.pipe(outgoing);
    outgoing.flushHeaders();
  }

  return { forward, close: () => agent.destroy() };
}

function answer(
  incoming: IncomingMessage,
  response: ServerResponse,
  observer: Observer,
  end: Observer["end"],
): void {
  const { statusCode = 502, statusMessage = "", rawHeaders } = incoming;
  const headers = withoutConnection(rawHeaders);
  observer.answerHead(statusCode, headers);
  response.sendDate = false;
  response.writeHead(statusCode, statusMessage, headers);
  // The head goes out before the first byte of the body, which may take a while.
  response.flushHeaders();
  incoming.on("data", (part: Buffer) => observer.answerPart(part));
  // An upstream that ends in the middle ends the client's connection in the middle.
  incoming.once("error", () => {
    end("cut");
    response.destroy();
  });
  response.once("finish", () => end("complete"));
  incoming.pipe(response);
}

/** The same path below the upstream's. A prefix that both have counts once. */
export function targetOf(target: string, { url, prefix }: Upstream): string {
  // The target may be a whole URL (RFC 9112, 3.2.2).
  const path = target.replace(/^https?:\/\/[^/?]*/i, "") || "/";
  const base = url.pathname.replace(/\/+$/, "");
  const twice = prefix !== "" && base.endsWith(prefix) && (path === prefix || path.startsWith(`${prefix}/`));
  return (twice ? base.slice(0, -prefix.length) : base) + path;
}

/** The headers as they came, in their order and spelling; `Host` names the upstream. */
function requestHeaders(request: IncomingMessage, host: string): string[] {
  const headers = withoutConnection(request.rawHeaders);
  const names = headers.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const at = names.indexOf("host");
  if (at === -1) headers.push("Host", host);
  else headers[at * 2 + 1] = host;
  return headers;
}

function withoutConnection(raw: string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const [name = "", value = ""] = raw.slice(index, index + 2);
    if (!OF_CONNECTION.includes(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}

/** Breaks the client's connection off, as the upstream did. */
function reset(response: ServerResponse): void {
  if (response.socket && !response.socket.destroyed) response.socket.resetAndDestroy();
  response.destroy();
}

function reasonCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "the connection failed";
}
