import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { createServer, request as httpRequest, type RequestListener, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import OpenAI from "openai";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { startMock } from "../../scripts/mock/index.ts";
import { type RunningProxy, startProxy } from "../../scripts/proxy/index.ts";
import { contract } from "../openapi/validator.ts";
import { PROVIDERS, type ProviderAnswer } from "./providers.ts";

/** The proxy passes everything as it comes, and records what the mock can give again. */
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const folder = () => mkdtemp(join(tmpdir(), "recordings-"));

async function proxied(upstream: string, more: object = {}): Promise<RunningProxy> {
  const proxy = await startProxy({ upstream, document: contract, ...more });
  closing.push(() => proxy.close());
  return proxy;
}

/** An upstream that answers by a function. */
async function upstreamOf(handler: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(handler);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

const bodyOf = (content: string, more: object = {}) =>
  JSON.stringify({ model: "gpt-5.4", messages: [{ role: "user", content }], ...more });

const post = (baseURL: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${baseURL}/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer sk-secret-0123456789", "content-type": "application/json", ...headers },
    body,
  });

/** All bytes that a server sends for raw bytes. */
function raw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((done, fail) => {
    const parts: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on("data", (part) => parts.push(part));
    socket.on("error", fail);
    socket.on("close", () => done(Buffer.concat(parts).toString("latin1")));
  });
}

describe("what passes", () => {
  test("the head of an answer passes with its spelling, its order and its repetitions", async () => {
    const head = [
      "X-Zeta",
      "1",
      "set-cookie",
      "a=1",
      "Set-Cookie",
      "b=2",
      "CONTENT-type",
      "application/json",
      "Content-Length",
      "2",
    ];
    const { url } = await upstreamOf((_, response) => {
      response.sendDate = false;
      response.writeHead(299, "Odd", head);
      response.end("{}");
    });
    const proxy = await proxied(url);
    const answer = await raw(proxy.url, "GET /v1/models HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const [status, ...lines] = answer.split("\r\n\r\n")[0]?.split("\r\n") ?? [];
    expect(status).toBe("HTTP/1.1 299 Odd");
    expect(lines.slice(0, 5)).toEqual([
      "X-Zeta: 1",
      "set-cookie: a=1",
      "Set-Cookie: b=2",
      "CONTENT-type: application/json",
      "Content-Length: 2",
    ]);
    expect(lines.slice(5).filter((line) => !/^(Connection|Keep-Alive)/.test(line))).toEqual([]);
  });

  test("the head of a request passes likewise, and names the upstream as its host", async () => {
    let seen: string[] = [];
    const { url } = await upstreamOf((request, response) => {
      seen = request.rawHeaders;
      response.end("{}");
    });
    const proxy = await proxied(`${url}/v1`);
    await raw(
      proxy.url,
      "GET /v1/models?a=1&a=2 HTTP/1.1\r\nX-b: 1\r\nHOST: proxy\r\nx-B: 2\r\nConnection: close\r\n\r\n",
    );
    expect(seen.slice(0, 6)).toEqual(["X-b", "1", "HOST", new URL(url).host, "x-B", "2"]);
  });

  test.each([
    ["", "/v1/models", "/v1/models"],
    ["/v1", "/v1/models", "/v1/models"],
    ["/v1/", "/models", "/v1/models"],
    ["/openai/v1", "/v1/models?x=1", "/openai/v1/models?x=1"],
    ["/compat", "/v1/models", "/compat/v1/models"],
  ])("an upstream at %s gets %s as %s", async (below, asked, expected) => {
    let seen = "";
    const { url } = await upstreamOf((request, response) => {
      seen = request.url ?? "";
      response.end("{}");
    });
    const proxy = await proxied(url + below);
    await (await fetch(proxy.url + asked)).text();
    expect(seen).toBe(expected);
  });

  test("the first chunk of a stream arrives before the upstream writes the second", async () => {
    let go = () => {};
    const gate = new Promise<void>((done) => {
      go = done;
    });
    const { url } = await upstreamOf(async (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.flushHeaders();
      response.write("data: 1\n\n");
      await gate;
      response.end("data: 2\n\n");
    });
    const proxy = await proxied(url);
    const reader = (await post(proxy.baseURL, bodyOf("x", { stream: true }))).body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("data: 1\n\n");
    go();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("data: 2\n\n");
  });

  test("a client that goes away ends its request at the upstream", async () => {
    const gone = Promise.withResolvers<void>();
    const { url } = await upstreamOf((_, response) => {
      response.on("close", () => gone.resolve());
      response.write("data: 1\n\n");
    });
    const proxy = await proxied(url);
    const abort = new AbortController();
    const response = await fetch(`${proxy.baseURL}/models`, { signal: abort.signal });
    await response.body?.getReader().read();
    abort.abort();
    await gone.promise;
  });

  test("a client that does not read holds the upstream back", async () => {
    let written = 0;
    const { url } = await upstreamOf((_, response) => {
      const part = Buffer.alloc(64 * 1024);
      const write = () => {
        while (written < 256 * 1024 * 1024) {
          written += part.length;
          if (!response.write(part)) return;
        }
      };
      response.on("drain", write);
      write();
    });
    const proxy = await proxied(url);
    const request = httpRequest(`${proxy.baseURL}/models`).end();
    const response = await new Promise<NodeJS.ReadableStream & { destroy(): void }>((done) =>
      request.on("response", done),
    );
    response.pause();
    let before = -1;
    while (before !== written) {
      before = written;
      await new Promise((done) => setTimeout(done, 100));
    }
    response.destroy();
    expect(written).toBeLessThan(64 * 1024 * 1024);
  });

  test("a compressed answer passes compressed, and is recorded as text", async () => {
    const packed = gzipSync(PROVIDERS["a whole answer with more members"]?.text ?? "");
    const { url } = await upstreamOf((_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
      response.end(packed);
    });
    const record = await folder();
    const proxy = await proxied(url, { record });
    const answer = await raw(
      proxy.url,
      `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${bodyOf("zip").length}\r\n\r\n${bodyOf("zip")}`,
    );
    expect(answer).toContain(packed.toString("latin1").slice(0, 20));
    await proxy.settled();
    expect((await recordings(record))[0]?.form.value.choices[0].message.content).toBe("Hi.");
  });

  test("an upstream that is away is a 502 in the form of the contract", async () => {
    const proxy = await proxied("http://127.0.0.1:9");
    const response = await fetch(`${proxy.baseURL}/models`);
    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({
      error: {
        message: expect.stringMatching(/cannot reach/),
        type: "server_error",
        param: null,
        code: "upstream_unreachable",
      },
    });
  });
});

describe("under the faults of the mock, the openai package sees what it sees without the proxy", () => {
  const mock = startMock({ document: contract, tps: 0, seed: "proxy" });
  afterAll(async () => (await mock).close());

  test.each([
    "cut:3",
    "cut_done:3",
    "reset:0",
    "reset:3",
    "error_frame:2",
    "invalid_json:2",
    "split_utf8",
    "crlf",
    "comments",
    "error:503",
    "empty",
    "html_502",
    "error_200",
  ])("%s", async (fault) => {
    const { baseURL } = await mock;
    const proxy = await proxied(baseURL);
    const outcome = async (address: string) => {
      const client = new OpenAI({ apiKey: "sk-test", baseURL: address, maxRetries: 0 });
      let text = "";
      try {
        const stream = await client.chat.completions.create(
          { model: "gpt-5.4", messages: [{ role: "user", content: "Grüße!" }], stream: true },
          { headers: { prefer: `fault=${fault}` } },
        );
        for await (const chunk of stream) text += chunk.choices?.[0]?.delta?.content ?? "";
        return { text };
      } catch (error) {
        return { text, name: (error as Error).constructor.name, message: (error as Error).message };
      }
    };
    expect(await outcome(proxy.baseURL)).toEqual(await outcome(baseURL));
  });
});

interface Recording {
  name: string;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into forms of any kind
  form: any;
}

async function recordings(record: string): Promise<Recording[]> {
  const names = (await readdir(record, { recursive: true })).filter((name) => name.endsWith(".yaml")).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(record, name), "utf8");
      return { name, text, form: parse(text) };
    }),
  );
}

describe("what is recorded", () => {
  let current: ProviderAnswer;
  let url: string;
  let record: string;
  let proxy: RunningProxy;
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const type = current.stream ? "text/event-stream" : "application/json";
      response.writeHead(current.status ?? 200, { "content-type": type, ...current.headers });
      response.end(current.text);
    });
  });
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((done) => server.close(done)));

  async function pass(answer: ProviderAnswer, body: string): Promise<string> {
    record = await folder();
    current = answer;
    proxy = await proxied(url, { record, mask: ["user", "/metadata/ticket"] });
    const text = await (await post(proxy.baseURL, body)).text();
    await proxy.settled();
    return text;
  }
  const requestOf = (name: string, { stream, usage, tools }: ProviderAnswer) =>
    bodyOf(name, {
      ...(stream && { stream: true }),
      ...(usage && { stream_options: { include_usage: true } }),
      ...(tools && { tools: [{ type: "function", function: { name: "get_weather" } }] }),
    });

  test.each(Object.entries(PROVIDERS))(
    "%s passes byte for byte, and the mock takes the recording",
    async (name, answer) => {
      const body = requestOf(name, answer);
      expect(await pass(answer, body)).toBe(answer.text);
      await using mock = await startMock({ document: contract, scenarios: [record], tps: 0 });
      const replayed = await post(mock.baseURL, body);
      const frames = (await recordings(record)).some(({ name: file }) => file.endsWith(".stream.yaml"));
      // Until the mock writes a text of text/event-stream as it stands (issue 12), it cannot give these again.
      if (frames && !(await writesFrames())) return;
      expect(replayed.status).toBe(answer.status ?? 200);
      expect(textOf(await replayed.text())).toBe(textOf(answer.text));
    },
  );

  async function writesFrames(): Promise<boolean> {
    const value = "data: 1\n\n";
    const scenario = {
      operation: "createChatCompletion",
      "x-when": {},
      headers: { "content-type": "text/event-stream" },
      check: false,
      extends: false as const,
      value,
    };
    await using mock = await startMock({ document: contract, scenarios: [scenario] });
    return (await (await post(mock.baseURL, bodyOf("x", { stream: true }))).text()) === value;
  }

  /** The text of an answer in any form. */
  function textOf(text: string): string {
    const values = text.startsWith("{")
      ? [text]
      : [...text.matchAll(/^data: ?(\{.*)$/gm)].map(([, data]) => data ?? "{}");
    return values
      .map((value) => JSON.parse(value).choices?.[0])
      .map((choice) => (choice?.delta ?? choice?.message)?.content ?? "")
      .join("");
  }

  test("a stream is recorded as the answer that its chunks make", async () => {
    await pass(
      PROVIDERS["tool calls with CRLF"] as ProviderAnswer,
      requestOf("Both?", PROVIDERS["tool calls with CRLF"] as ProviderAnswer),
    );
    const [only] = await recordings(record);
    expect(
      only?.form.value.choices[0].message.tool_calls.map((call: { function: object }) => call.function),
    ).toEqual([
      { name: "get_weather", arguments: '{"city":"Oslo"}' },
      { name: "get_time", arguments: '{"city":"Rome"}' },
    ]);
    expect(only?.form.when["/body/messages/-1/content"]).toEqual({ const: "Both?" });
  });

  test("no key and no masked field is in a recording", async () => {
    const spelled = PROVIDERS["a plain stream with its usage"] as ProviderAnswer;
    const text = spelled.text.replace("Grüße, ", "sk-secret-").replace("world.", "0123456789");
    const body = bodyOf("Hi", {
      user: "ada",
      metadata: { ticket: "A-17", kind: "b" },
      stream: true,
      stream_options: { include_usage: true },
    });
    await pass({ ...spelled, text }, body);
    const found = await recordings(record);
    expect(found).toHaveLength(1);
    expect(found[0]?.text).not.toMatch(/sk-secret-0123456789|ada\b|A-17/);
  });

  test("the same request is recorded once, and an answer takes the place of an error", async () => {
    const answer = PROVIDERS["a whole answer with more members"] as ProviderAnswer;
    await pass({ stream: false, status: 429, text: '{"error":{"message":"Slow down."}}' }, bodyOf("Twice"));
    expect((await recordings(record))[0]?.text).toContain("# An error answer, 429.");
    current = answer;
    for (const _ of [1, 2]) await (await post(proxy.baseURL, bodyOf("Twice"))).text();
    await proxy.settled();
    const found = await recordings(record);
    expect(found).toHaveLength(1);
    expect(found[0]?.form.value.choices[0].message.content).toBe("Hi.");
  });

  test("what the contract does not allow is recorded with check: false and the reason", async () => {
    await pass({ stream: false, text: '{"id":"a","choices":[]}' }, bodyOf("Odd"));
    const [only] = await recordings(record);
    expect(only?.form.check).toBe(false);
    expect(only?.text).toContain("# Not as the contract says: usage is missing.");
  });
});

describe("drift", () => {
  test("each kind of drift is told once, with how often it came", async () => {
    const { url } = await upstreamOf((_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(
        '{"object":"list","data":[{"id":"a","colour":"red"},{"id":"b","colour":"blue"}],"more":1}',
      );
    });
    const news: string[] = [];
    const proxy = await startProxy({
      upstream: url,
      document: contract,
      onNews: ({ drifts }) => news.push(...drifts.map(({ pointer }) => pointer)),
    });
    for (const _ of [1, 2, 3]) await (await fetch(`${proxy.baseURL}/models`)).text();
    const { drift } = await proxy.close();
    expect(news).toEqual(["/data/0/colour", "/more"]);
    expect(drift.map(({ pointer, count, kind }) => [pointer, count, kind])).toEqual([
      ["/data/0/colour", 6, "undocumented"],
      ["/more", 3, "undocumented"],
    ]);
  });

  test("a request that the contract does not allow, and one that it does not have, are drift too", async () => {
    const { url } = await upstreamOf((_, response) => response.end("{}"));
    const proxy = await startProxy({ upstream: url, document: contract });
    await (await post(proxy.baseURL, bodyOf("x", { temperature: 9 }))).text();
    await (await fetch(`${proxy.baseURL}/embeddings`)).text();
    const { drift } = await proxy.close();
    expect(drift.filter(({ side }) => side === "request").map(({ message }) => message)).toEqual([
      "temperature of the request must be <= 2.",
      "The contract has no such operation.",
    ]);
  });
});
