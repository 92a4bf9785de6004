import { request as httpRequest } from "node:http";
import { gzipSync } from "node:zlib";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Routescope } from "../../generated/client.ts";
import { type RunningMock, startMock } from "../../scripts/mock/index.ts";
import { targetOf } from "../../scripts/proxy/forward.ts";
import { type RunningProxy, startProxy } from "../../scripts/proxy/index.ts";
import { contract } from "../openapi/validator.ts";
import { bodyOf, newFolder, post, raw, recordings, startUpstream, type Upstream } from "./support.ts";

/** The proxy passes everything as it comes, and tells where it parts from the contract. */
const start = (upstream: string, more: object = {}) => startProxy({ upstream, document: contract, ...more });

let upstream: Upstream;
let proxy: RunningProxy;
let record: string;
beforeAll(async () => {
  upstream = await startUpstream();
  record = await newFolder();
  proxy = await start(`${upstream.url}/v1`, { record });
});
afterAll(async () => {
  await proxy.close();
  await upstream.close();
});

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
    upstream.answer((_, response) => {
      response.sendDate = false;
      response.writeHead(299, "Odd", head);
      response.end("{}");
    });
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
    upstream.answer((request, response) => {
      seen = request.rawHeaders;
      response.end("{}");
    });
    await raw(
      proxy.url,
      "GET /v1/models?a=1&a=2 HTTP/1.1\r\nX-b: 1\r\nHOST: proxy\r\nx-B: 2\r\nConnection: close\r\n\r\n",
    );
    expect(seen.slice(0, 6)).toEqual(["X-b", "1", "HOST", new URL(upstream.url).host, "x-B", "2"]);
  });

  test("what is for one connection alone stays on it, in both directions", async () => {
    let seen: string[] = [];
    upstream.answer((request, response) => {
      seen = Object.keys(request.headers);
      response.writeHead(200, { "Proxy-Connection": "close", Upgrade: "h2c", "X-Own": "1" });
      response.end("{}");
    });
    const head = "Proxy-Connection: keep-alive\r\nUpgrade: h2c\r\nX-Own: 1\r\nConnection: close";
    const answer = await raw(proxy.url, `GET /v1/models HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n`);
    for (const text of [seen.join("\n"), answer]) {
      expect(text).toMatch(/^x-own/im);
      expect(text).not.toMatch(/^(proxy-connection|upgrade)/im);
    }
  });

  test("an upstream that is asked whether the body may come says so to the client", async () => {
    upstream.answer((request, response) => request.resume().on("end", () => response.end("{}")));
    const head = "Host: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close";
    const answer = await raw(proxy.url, `POST /v1/models HTTP/1.1\r\n${head}\r\n\r\n{}`);
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200/);
  });

  test("the head of an answer arrives before the upstream writes its body", async () => {
    const gate = Promise.withResolvers<void>();
    upstream.answer(async (_, response) => {
      response.flushHeaders();
      await gate.promise;
      response.end("{}");
    });
    const response = await fetch(`${proxy.baseURL}/models`);
    gate.resolve();
    expect(await response.text()).toBe("{}");
  });

  test("the path passes below that of the upstream, and what both have counts once", async () => {
    let seen = "";
    upstream.answer((request, response) => {
      seen = request.url ?? "";
      response.end("{}");
    });
    await (await fetch(`${proxy.url}/v1/models?x=1`)).text();
    expect(seen).toBe("/v1/models?x=1");
  });

  test.each([
    ["", "/v1/models", "/v1/models"],
    ["/v1", "/v1/models", "/v1/models"],
    ["/v1/", "/models", "/v1/models"],
    ["/openai/v1", "/v1/models?x=1", "/openai/v1/models?x=1"],
    ["/compat", "/v1/models", "/compat/v1/models"],
  ])("an upstream at %s gets %s as %s", (below, asked, expected) => {
    expect(targetOf(asked, { url: new URL(`http://relay.test${below}`), prefix: "/v1" })).toBe(expected);
  });

  test("the first chunk of a stream arrives before the upstream writes the second", async () => {
    const gate = Promise.withResolvers<void>();
    upstream.answer(async (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.flushHeaders();
      response.write("data: 1\n\n");
      await gate.promise;
      response.end("data: 2\n\n");
    });
    const reader = (await post(proxy.baseURL, bodyOf("x", { stream: true }))).body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("data: 1\n\n");
    gate.resolve();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("data: 2\n\n");
  });

  test("a client that goes away ends its request at the upstream", async () => {
    const gone = Promise.withResolvers<void>();
    upstream.answer((_, response) => {
      response.on("close", () => gone.resolve());
      response.write("data: 1\n\n");
    });
    const abort = new AbortController();
    const response = await fetch(`${proxy.baseURL}/models`, { signal: abort.signal });
    await response.body?.getReader().read();
    abort.abort();
    await gone.promise;
  });

  test("a client that does not read holds the upstream back", async () => {
    let written = 0;
    upstream.answer((_, response) => {
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
    const answer = {
      choices: [{ index: 0, message: { role: "assistant", content: "Hi." }, finish_reason: "stop" }],
    };
    const packed = gzipSync(JSON.stringify(answer));
    upstream.answer((_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
      response.end(packed);
    });
    const body = bodyOf("Packed?");
    const head = `Host: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
    const bytes = await raw(proxy.url, `POST /v1/chat/completions HTTP/1.1\r\n${head}\r\n\r\n${body}`);
    expect(bytes).toContain(packed.toString("latin1"));
    await proxy.settled();
    const [only] = await recordings(record, "Packed?");
    expect(only?.form.value.choices[0].message.content).toBe("Hi.");
  });

  test("an upstream that is away is a 502 in the form of the contract", async () => {
    const away = await start("http://127.0.0.1:9");
    const response = await fetch(`${away.baseURL}/models`);
    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({
      error: {
        message: expect.stringMatching(/cannot reach/),
        type: "server_error",
        param: null,
        code: "upstream_unreachable",
      },
    });
    await away.close();
  });
});

describe("under the faults of the mock, clients see what they see without the proxy", () => {
  let mock: RunningMock;
  let before: RunningProxy;
  beforeAll(async () => {
    mock = await startMock({ document: contract, tps: 0, seed: "proxy" });
    before = await start(mock.baseURL);
  });
  afterAll(async () => {
    await before.close();
    await mock.close();
  });

  const request = {
    model: "gpt-5.4",
    messages: [{ role: "user" as const, content: "Grüße!" }],
    stream: true as const,
  };
  interface Chunks extends AsyncIterable<{ choices?: { delta: { content?: string | null } }[] }> {}
  type Ask = (baseURL: string, headers: Record<string, string>, signal: AbortSignal) => PromiseLike<Chunks>;
  const CLIENTS: [name: string, ask: Ask][] = [
    [
      "the openai package",
      (baseURL, headers, signal) =>
        new OpenAI({ apiKey: "sk-test", baseURL, maxRetries: 0 }).chat.completions.create(request, {
          headers,
          signal,
        }),
    ],
    [
      "our client",
      (baseURL, headers, signal) =>
        new Routescope({ apiKey: "sk-test", baseURL, maxRetries: 0 }).chat.completions.create(request, {
          headers,
          signal,
        }),
    ],
  ];

  /** What a client gets: the text, and its error. */
  async function outcome(ask: Ask, baseURL: string, fault: string) {
    const abort = new AbortController();
    let text = "";
    try {
      for await (const chunk of await ask(baseURL, { prefer: `fault=${fault}` }, abort.signal)) {
        text += chunk.choices?.[0]?.delta?.content ?? "";
        // A stream that stalls ends when its reader gives up.
        if (fault.startsWith("stall") && text !== "") abort.abort();
      }
      return { text };
    } catch (thrown) {
      const error = thrown as Error;
      return {
        text,
        name: error.constructor.name,
        message: error.message.replace(new URL(baseURL).host, "host"),
      };
    }
  }

  describe.each(CLIENTS)("%s", (_, ask) => {
    test.each([
      "cut:3",
      "cut_done:3",
      "reset:0",
      "reset:3",
      "stall:2",
      "error_frame:2",
      "invalid_json:2",
      "split_utf8",
      "crlf",
      "comments",
      "no_final_blank",
      "error:503",
      "empty",
      "html_502",
      "error_200",
    ])("%s", async (fault) => {
      expect(await outcome(ask, before.baseURL, fault)).toEqual(await outcome(ask, mock.baseURL, fault));
    });
  });
});

describe("drift", () => {
  test("each kind of drift is told once, with how often it came", async () => {
    upstream.answer((_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(
        '{"object":"list","data":[{"id":"a","colour":"red"},{"id":"b","colour":"blue"}],"more":1}',
      );
    });
    const news: string[] = [];
    const watched = await startProxy({
      upstream: upstream.url,
      document: contract,
      onNews: ({ drifts }) => news.push(...drifts.map(({ pointer }) => pointer)),
    });
    for (const _ of [1, 2, 3]) await (await fetch(`${watched.baseURL}/models`)).text();
    // Without a body there is nothing to check.
    await fetch(`${watched.baseURL}/models`, { method: "HEAD" });
    upstream.answer((_, response) => response.writeHead(304).end());
    await fetch(`${watched.baseURL}/models`);
    await watched.settled();
    expect(news).toEqual(["/data/0/colour", "/more"]);

    // A request that the contract does not allow, and one that it does not have, are drift too.
    upstream.answer((_, response) => response.end("{}"));
    await (await post(watched.baseURL, bodyOf("x", { temperature: 9 }))).text();
    await (await fetch(`${watched.baseURL}/embeddings`)).text();
    const { drift } = await watched.close();
    expect(drift.slice(0, 2).map(({ pointer, count, kind }) => [pointer, count, kind])).toEqual([
      ["/data/0/colour", 6, "undocumented"],
      ["/more", 3, "undocumented"],
    ]);
    expect(drift.filter(({ side }) => side === "request").map(({ message }) => message)).toEqual([
      "temperature of the request must be <= 2.",
      "The contract has no such operation.",
    ]);
  });
});
