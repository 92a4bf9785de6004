/** The HTTP server: it answers in the API's error shape what Node would refuse without a body. */
import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import type { Socket } from "node:net";
import type { Reply } from "../engine/reply.ts";
import { RequestProblem } from "../engine/request-problem.ts";
import { writeAtOnce } from "./write.ts";

/** Longer than clients keep a connection, so that none is closed just as it is used again. */
const KEEP_ALIVE = 75_000;
/** Within these a client has to send its head, and the whole of its request. */
const HEAD_TIMEOUT = 30_000;
const REQUEST_TIMEOUT = 120_000;
const CONNECTIONS = 10_000;
/** Milliseconds between two looks at which connections are idle, while the server ends. */
const IDLE = 20;

export interface ServerParts {
  handler(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The answer to what is not a request, in the contract's shape. */
  refusal(problem: RequestProblem): Promise<Reply>;
}

/** A server that answers everything that comes in; nothing a client sends can end it. */
export function httpServer({ handler, refusal }: ServerParts): Server {
  const server = createServer(
    // A request without a body costs a third less where it has no stream.
    { requireHostHeader: false, joinDuplicateHeaders: true, optimizeEmptyRequests: true },
    (request, response) => {
      void handler(request, response);
    },
  );
  server.keepAliveTimeout = KEEP_ALIVE;
  server.headersTimeout = HEAD_TIMEOUT;
  server.requestTimeout = REQUEST_TIMEOUT;
  server.maxConnections = CONNECTIONS;
  // Node takes its own listener off a socket that it hands over, and an error without a listener ends the process.
  server.on("connection", (socket) => socket.on("error", () => socket.destroy()));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else void endWith(socket as Socket, refusal(problemOf(error)));
  });
  server.on("checkExpectation", (request, response) => {
    const problem = new RequestProblem(
      417,
      "expectation_failed",
      `Expect: ${request.headers.expect} cannot be met. Leave it out, or send 'Expect: 100-continue'.`,
    );
    void refusal(problem)
      .then((reply) => writeAtOnce(request, response, reply))
      .catch(() => response.destroy());
  });
  server.on("connect", (_, socket) => {
    const allow = { headers: { allow: "GET, HEAD, POST, OPTIONS" } };
    void endWith(
      socket as Socket,
      refusal(
        new RequestProblem(405, "method_not_allowed", "This is not a proxy: CONNECT is not allowed.", allow),
      ),
    );
  });
  return server;
}

function problemOf({ code }: NodeJS.ErrnoException): RequestProblem {
  if (code === "HPE_HEADER_OVERFLOW")
    return new RequestProblem(
      431,
      "headers_too_large",
      "The headers are larger than 16 KiB. Send fewer or shorter ones.",
    );
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return new RequestProblem(408, "request_timeout", "The request took too long to arrive. Send it again.");
  return new RequestProblem(
    400,
    "invalid_request",
    "This is not HTTP/1.1, or not written correctly (RFC 9112).",
  );
}

/** Without a request there is no response object: the bytes are written as they are, and the connection ends. */
async function endWith(socket: Socket, refusal: Promise<Reply>): Promise<void> {
  const reply = await refusal.catch(() => undefined);
  if (!reply || !socket.writable) {
    socket.destroy();
    return;
  }
  const { head, frames } = reply;
  const body = frames.join("");
  const headers = {
    ...head.headers,
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${head.status} ${STATUS_CODES[head.status] ?? "Error"}\r\n${lines.join("")}\r\n${body}`,
  );
}

/**
 * Ends a server: it takes no more connections, and those that are in the middle of an answer may finish it.
 *
 * @param grace milliseconds after which they are cut
 */
export async function close(server: Server, grace: number): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), grace);
  // A connection whose answer is written takes no further request.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE);
  await closed;
  clearTimeout(timer);
  clearInterval(idle);
}
