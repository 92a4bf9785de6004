/** A real server for one test: answers each request by the next of its answers, and keeps what it was sent. */
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { onTestFinished } from "vitest";

export interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** The connection that it came over. */
  socket: Socket;
  /** Settled once the connection was closed before the answer was whole (`true`), or after (`false`). */
  cut: Promise<boolean>;
}

export type Answer = (response: ServerResponse, request: Received) => unknown;

/**
 * @param answers one for each request; the last one answers all that follow
 * @returns the server's address, and the requests so far
 */
export async function serve(...answers: Answer[]): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers, socket } = request;
    const cut = once(response, "close").then(() => !response.writableFinished);
    let body = "";
    for await (const part of request.setEncoding("utf8")) body += part;
    const answer = answers[Math.min(received.length, answers.length - 1)];
    const entry = { method, url, headers, body, socket, cut };
    received.push(entry);
    await answer?.(response, entry);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

/** An answer with this status, these headers and this body, a string or something to be sent as JSON. */
export function answer(status: number, body: unknown = "", headers: Record<string, string> = {}): Answer {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? {} : { "content-type": "application/json" };
  return (response) => response.writeHead(status, { ...type, ...headers }).end(text);
}

/** A stream that goes out in these pieces, each on its own, and then ends or stays open. */
export function stream(pieces: (string | Uint8Array)[], { open = false } = {}): Answer {
  return async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const piece of pieces) {
      await new Promise((sent) => response.write(piece, sent));
      await new Promise((later) => setImmediate(later));
    }
    if (!open) response.end();
  };
}

/** One event. */
export function frame(data: unknown): string {
  return `data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`;
}
