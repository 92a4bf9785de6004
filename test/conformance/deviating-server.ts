/** A server in front of the mock that changes one thing about its answers. */
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import { type RunningMock, startMock } from "../../scripts/mock/index.ts";

// biome-ignore lint/suspicious/noExplicitAny: deviations reach into answers of any form
export type Any = any;

/** An answer of the mock, to be changed in place. */
export interface Reply {
  method: string;
  path: string;
  /** The body of the request: its JSON, else undefined. */
  asked: Any;
  authorization: string;
  status: number;
  headers: Record<string, string>;
  /** The body of an answer that is not a stream. */
  json: Any;
  /** The chunks of a stream. */
  chunks: Any[] | undefined;
  /** Written in place of the body. */
  text?: string | Buffer;
  /** Changes the text of a stream before it is written. */
  rewrite?: (text: string) => string;
  /** After the frames: default `end`. `hang` leaves the connection open, `reset` destroys it. */
  finally?: "end" | "hang" | "reset";
}

export type Change = (reply: Reply) => void;

export interface DeviatingServer {
  /** A base URL below which each answer is changed so. */
  with(change: Change): string;
  [Symbol.asyncDispose](): Promise<void>;
}

export const KEY = "sk-known";

/**
 * Starts the server. It answers as the mock does, the mock's own pages left out. It asks the mock once for each
 * different request: all runs ask much the same.
 */
export async function startDeviating(): Promise<DeviatingServer> {
  const mock = await startMock({ tps: 0, apiKeys: [KEY], log: () => {} });
  const known = new Map<string, Promise<Answer>>();
  const askOnce = (request: Any, url: string, body: string): Promise<Answer> => {
    const { method, headers } = request;
    const key = JSON.stringify([method, url, headers.authorization, headers["content-type"], body]);
    const answer = known.get(key) ?? ask(mock, request, url, body);
    known.set(key, answer);
    return answer;
  };
  const changes: Change[] = [];
  const server = createServer(async (request, response) => {
    const [, index, path = ""] = /^\/(\d+)(.*)/.exec(request.url ?? "") ?? [];
    const body = await readText(request);
    const reply = replyOf(request, path, body, await askOnce(request, path, body));
    changes[Number(index)]?.(reply);
    await write(reply, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    with: (change) =>
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/${changes.push(change) - 1}/v1`,
    [Symbol.asyncDispose]: () => close(server, mock),
  };
}

/** What the mock answered. */
type Answer = Pick<Reply, "status" | "headers"> & { text: string };

async function ask(mock: RunningMock, request: Any, path: string, body: string): Promise<Answer> {
  const { host: _, connection: __, "content-length": ___, ...headers } = request.headers;
  const hidden = path.startsWith("/__mock");
  const response = await fetch(mock.url + (hidden ? "/hidden" : path), {
    method: request.method,
    headers,
    ...(body !== "" && { body }),
  });
  const kept = [...response.headers].filter(
    ([name]) => !/^(content-length|connection|keep-alive|date|transfer-encoding)$/.test(name),
  );
  return { status: response.status, headers: Object.fromEntries(kept), text: await response.text() };
}

/** A fresh copy of an answer, created now. */
function replyOf(request: Any, path: string, body: string, { status, headers, text }: Answer): Reply {
  const streamed = headers["content-type"]?.startsWith("text/event-stream");
  const chunks = streamed
    ? [...text.matchAll(/^data: (\{.*)$/gm)].map(([, data]) => JSON.parse(data ?? ""))
    : undefined;
  const json = streamed ? undefined : parse(text);
  const now = Math.floor(Date.now() / 1000);
  for (const one of [json, ...(chunks ?? [])]) if (one?.choices) one.created = now;
  return {
    method: request.method,
    path,
    asked: parse(body),
    authorization: request.headers.authorization ?? "",
    status,
    headers: { ...headers },
    json,
    chunks,
  };
}

function parse(text: string): Any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function write(reply: Reply, response: ServerResponse): Promise<void> {
  response.writeHead(reply.status, reply.headers);
  const sent = (text: string | Buffer) =>
    text.length > 0 && new Promise((done) => response.write(text, () => done(undefined)));
  if (reply.text !== undefined) await sent(reply.text);
  else if (reply.chunks === undefined) await sent(JSON.stringify(reply.json) ?? "");
  else {
    const frames = [...reply.chunks.map((chunk) => JSON.stringify(chunk)), "[DONE]"].map(
      (data) => `data: ${data}\n\n`,
    );
    await sent((reply.rewrite ?? String)(frames.join("")));
  }
  if (reply.finally === "reset") response.destroy();
  else if (reply.finally === "hang") response.flushHeaders();
  else response.end();
}

async function close(server: Server, mock: RunningMock): Promise<void> {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await mock.close();
}
