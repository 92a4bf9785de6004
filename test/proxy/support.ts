/** What the tests of the proxy share: an upstream that answers as a test says, and requests to a proxy before it. */
import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

export interface Upstream {
  /** Without a path. */
  url: string;
  /** Answers all requests from now on. */
  answer(listener: RequestListener): void;
  close(): Promise<unknown>;
}

/** Starts an upstream. */
export async function startUpstream(): Promise<Upstream> {
  let current: RequestListener = (_, response) => response.end("{}");
  const server = createServer((request, response) => current(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (listener) => {
      current = listener;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

export const newFolder = () => mkdtemp(join(tmpdir(), "recordings-"));

export const bodyOf = (content: string, more: object = {}) =>
  JSON.stringify({ model: "gpt-5.4", messages: [{ role: "user", content }], ...more });

/** Asks for a chat completion. */
export const post = (baseURL: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${baseURL}/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer sk-secret-0123456789", "content-type": "application/json", ...headers },
    body,
  });

/** All bytes that a server sends for raw bytes, one character each. */
export function raw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((done, fail) => {
    const parts: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on("data", (part) => parts.push(part));
    socket.on("error", fail);
    socket.on("close", () => done(Buffer.concat(parts).toString("latin1")));
  });
}

export interface Recording {
  name: string;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into forms of any kind
  form: any;
}

/** The recordings in a folder, by name; those whose text has a given one. */
export async function recordings(record: string, about = ""): Promise<Recording[]> {
  const names = (await readdir(record, { recursive: true })).filter((name) => name.endsWith(".yaml")).sort();
  const all = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(record, name), "utf8");
      return { name, text, form: parse(text) };
    }),
  );
  return all.filter(({ text }) => text.includes(about));
}
