import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, errorIn, events, failure, get, plain, type Running, raw, start } from "../support.ts";

/** The mock as an HTTP server: what odd, wrong and hostile requests get. */
let mock: Running;
beforeAll(async () => {
  mock = await start({ limits: { body: 1_000_000 } });
});
afterAll(() => mock.close());
/** No input may end the server, nor leave it unable to answer the next one. */
afterAll(async () => {
  expect((await ask(mock, plain)).status).toBe(200);
});

const json = JSON.stringify(plain);
const auth = "Authorization: Bearer sk-test\r\n";
const post = (extra: string, body: string, path = "/v1/chat/completions") =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\n${auth}Content-Type: application/json\r\n${extra}Connection: close\r\n` +
  (/content-length|transfer-encoding/i.test(extra)
    ? `\r\n${body}`
    : `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);

describe("a token", () => {
  it.each([
    ["is missing", undefined],
    ["is empty", ""],
    ["is a scheme without token", "Bearer"],
    ["is a scheme and spaces", "Bearer   "],
    ["is of another scheme", "Basic dXNlcjpwYXNz"],
    ["has no scheme", "sk-test"],
    ["has another word before", "Token Bearer sk-test"],
    ["is glued to its scheme", "Bearersk-test"],
  ])("that %s is a 401", async (_, authorization) => {
    const headers = `Host: x\r\n${authorization === undefined ? "" : `Authorization: ${authorization}\r\n`}Connection: close\r\n`;
    const [list] = await raw(mock, `GET /v1/models HTTP/1.1\r\n${headers}\r\n`);
    expect([list!.status, errorIn(JSON.parse(list!.body)).code]).toEqual([401, "invalid_api_key"]);
    const chat = `${headers}Content-Type: application/json\r\nContent-Length: ${json.length}\r\n\r\n${json}`;
    const [answer] = await raw(mock, `POST /v1/chat/completions HTTP/1.1\r\n${chat}`);
    expect([answer!.status, errorIn(JSON.parse(answer!.body)).code]).toEqual([401, "invalid_api_key"]);
  });

  it.each([
    "Bearer sk-test",
    "bearer sk-test",
    "BEARER sk-test",
    "Bearer My API Key",
    "Bearer  sk-test",
    "Bearer Bearer",
  ])("given as '%s' is accepted", async (authorization) => {
    expect((await ask(mock, plain, { authorization })).status).toBe(200);
    expect((await get(mock, "/v1/models", { authorization })).status).toBe(200);
  });

  it("that is missing weighs more than a wrong body", async () => {
    expect((await ask(mock, { model: 1 }, { authorization: "" })).status).toBe(401);
    expect((await ask(mock, { model: 1 })).status).toBe(400);
  });
});

describe("a body", () => {
  it.each([
    ["is cut", "{"],
    ["has a comma too many", '{"model": "gpt-5.4",}'],
    ["is a form", "model=gpt-5.4"],
    ["is not a value", "undefined"],
    ["is two documents", `${json}${json}`],
    ["is a zero byte", "\u0000"],
    ["is nested without end", "[".repeat(100_000)],
  ])("that %s is a 400", async (_, body) => {
    expect(await failure(ask(mock, body))).toMatchObject({
      status: 400,
      message: expect.stringMatching(/JSON/),
    });
  });

  it("that is not UTF-8 is a 400", async () => {
    const body = Buffer.concat([
      Buffer.from(json.slice(0, -4)),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(json.slice(-4)),
    ]);
    expect(await failure(ask(mock, body))).toMatchObject({ status: 400 });
  });

  it("of deep but whole JSON is a 400 or is answered, at once", async () => {
    const deep = `{"model":"m","messages":[{"role":"user","content":"Hi"}],"x":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
    expect([200, 400]).toContain((await ask(mock, deep)).status);
  });

  it("that is empty is a 400", async () => {
    expect(await failure(ask(mock, ""))).toMatchObject({
      status: 400,
      message: expect.stringMatching(/body/i),
    });
    const [reply] = await raw(
      mock,
      `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n${auth}Connection: close\r\n\r\n`,
    );
    expect(reply?.status).toBe(400);
  });

  it.each(["null", "[]", '"text"', "7", "true", "[[]]"])("that is %s is a 400", async (body) => {
    expect(await failure(ask(mock, body))).toMatchObject({ status: 400 });
  });

  it("may start with a byte order mark, and be chunked", async () => {
    expect((await ask(mock, `\ufeff${json}`)).status).toBe(200);
    const chunked = `${json.length.toString(16)}\r\n${json}\r\n0\r\n\r\n`;
    const [reply] = await raw(mock, post("Transfer-Encoding: chunked\r\n", chunked));
    expect(reply?.status).toBe(200);
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])("may be compressed by %s", async (encoding, compress) => {
    expect((await ask(mock, compress(json), { "content-encoding": encoding })).status).toBe(200);
    expect(await failure(ask(mock, json, { "content-encoding": encoding }))).toMatchObject({ status: 400 });
    const bomb = compress(Buffer.alloc(20_000_000, 32));
    expect(await failure(ask(mock, bomb, { "content-encoding": encoding }))).toMatchObject({ status: 413 });
  });

  it("in an encoding unknown to it is a 415", async () => {
    expect(await failure(ask(mock, json, { "content-encoding": "zstd-x" }))).toMatchObject({ status: 415 });
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/xml",
  ])("of type %s is a 415", async (type) => {
    expect(await failure(ask(mock, json, { "content-type": type }))).toMatchObject({
      status: 415,
      message: expect.stringContaining("application/json"),
    });
  });

  it.each([
    "application/json",
    "application/json; charset=utf-8",
    "APPLICATION/JSON",
    "application/json;charset=UTF-8;x=y",
  ])("of type %s is read", async (type) => {
    expect((await ask(mock, json, { "content-type": type })).status).toBe(200);
  });

  it("that is too large is a 413, announced or not, and its sender gets to read that", async () => {
    const large = JSON.stringify({ ...plain, user: "x".repeat(1_200_000) });
    expect(await failure(ask(mock, large))).toMatchObject({ status: 413 });
    const stream = new Blob([large]).stream();
    const unannounced = fetch(`${mock.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: "Bearer sk-test", "content-type": "application/json" },
      body: stream,
      duplex: "half",
    } as RequestInit);
    expect(await failure(unannounced)).toMatchObject({ status: 413 });
    const [announced] = await raw(mock, post("Content-Length: 99999999999\r\n", "{"));
    expect(announced?.status).toBe(413);
    expect(await failure(ask(mock, "x".repeat(30_000_000)))).toMatchObject({ status: 413 });
  });

  it("that was refused leaves its connection usable", async () => {
    const large = "x".repeat(3_000_000);
    const chunked = `Transfer-Encoding: chunked\r\n\r\n${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`;
    const head = `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n${auth}Content-Type: application/json\r\n`;
    const next = `GET /v1/models/o3 HTTP/1.1\r\nHost: x\r\n${auth}Connection: close\r\n\r\n`;
    const announced = `Content-Length: ${large.length}\r\n\r\n${large}`;
    for (const body of [chunked, announced]) {
      const replies = await raw(mock, head + body + next);
      expect(replies.map(({ status }) => status)).toEqual([413, 200]);
    }
  });

  it("that is nested too deeply is a 400, not an error of the mock", async () => {
    const parameters = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;
    const tool = `{"type":"function","function":{"name":"f","parameters":${parameters}}}`;
    const body = JSON.stringify(plain).replace(/\}$/, `,"tools":[${tool}]}`);
    expect(await failure(ask(mock, body))).toMatchObject({ status: 400, code: "invalid_json" });
  });

  it("with 20,000 wrong items is refused at once, by one message", async () => {
    const messages = Array.from({ length: 20_000 }, () => ({ role: "robot" }));
    const { status, message, param } = await failure(ask(mock, { ...plain, messages }));
    expect([status, param]).toEqual([400, "messages.0.role"]);
    expect(message.length).toBeLessThan(300);
  });

  it("that never ends is nobody else's trouble", async () => {
    const { connect } = await import("node:net");
    const socket = connect(mock.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(post("Content-Length: 1000\r\n", "{"));
    expect((await ask(mock, plain)).status).toBe(200);
    socket.destroy();
    expect((await ask(mock, plain)).status).toBe(200);
  });

  it("may be waited for with Expect: 100-continue", async () => {
    const replies = await raw(mock, post("Expect: 100-continue\r\n", json));
    expect(replies.map(({ status }) => status)).toEqual([100, 200]);
  });
});

describe("a wrong field is named, in the words of the branch that was meant", () => {
  const user = { role: "user", content: "Hi" };
  it.each<[object, string, RegExp]>([
    [{ messages: undefined }, "messages", /required/],
    [{ model: undefined }, "model", /required/],
    [{ model: 7 }, "model", /string/],
    [{ model: "" }, "model", /1|empty/],
    [{ messages: [] }, "messages", /1|empty/],
    [{ messages: "Hi" }, "messages", /array/],
    [{ messages: [user, "Hi"] }, "messages.1", /object/],
    [{ messages: [{ content: "Hi" }] }, "messages.0.role", /required|must be one of/],
    [
      { messages: [{ role: "robot", content: "Hi" }] },
      "messages.0.role",
      /^messages\.0\.role: must be one of (?=.*developer)(?=.*system)(?=.*user)(?=.*assistant)(?=.*tool)/,
    ],
    [{ messages: [{ role: 7, content: "Hi" }] }, "messages.0.role", /./],
    [{ messages: [{ role: "user" }] }, "messages.0.content", /required/],
    [{ messages: [{ role: "user", content: 7 }] }, "messages.0.content", /string.*array|array.*string/],
    [{ messages: [{ role: "tool", content: "x" }] }, "messages.0.tool_call_id", /required/],
    [{ messages: [{ role: "user", content: [{ type: "text" }] }] }, "messages.0.content.0.text", /required/],
    [
      { messages: [{ role: "user", content: [{ type: "video" }] }] },
      "messages.0.content.0.type",
      /text.*image_url/,
    ],
    [
      { messages: [{ role: "user", content: [{ type: "image_url", image_url: {} }] }] },
      "messages.0.content.0.image_url.url",
      /required/,
    ],
    [
      { messages: [{ role: "assistant", tool_calls: [{ id: "x", type: "function", function: {} }] }] },
      "messages.0.tool_calls.0.function.name",
      /required/,
    ],
    [{ temperature: 2.1 }, "temperature", /<= 2/],
    [{ temperature: "hot" }, "temperature", /number/],
    [{ top_p: -0.1 }, "top_p", />= 0/],
    [{ max_tokens: 0 }, "max_tokens", />= 1/],
    [{ max_tokens: 1.5 }, "max_tokens", /integer/],
    [{ stream: "yes" }, "stream", /boolean/],
    [{ stream_options: { include_usage: 1 } }, "stream_options.include_usage", /boolean/],
    [{ tools: [{ type: "function" }] }, "tools.0.function", /required/],
    [
      { tools: [{ type: "function", function: { name: "no spaces" } }] },
      "tools.0.function.name",
      /pattern|match/,
    ],
    [{ tools: [{ type: "hammer" }] }, "tools.0.type", /function/],
    [
      { tools: [{ type: "function", function: { name: "f", parameters: "{}" } }] },
      "tools.0.function.parameters",
      /object/,
    ],
    [{ tool_choice: "maybe" }, "tool_choice", /none.*auto.*required/],
    [{ tool_choice: { type: "function" } }, "tool_choice.function", /required/],
    [{ tool_choice: { type: "function", function: {} } }, "tool_choice.function.name", /required/],
    [{ response_format: { type: "xml" } }, "response_format.type", /json_object/],
    [{ response_format: { type: "json_schema" } }, "response_format.json_schema", /required/],
    [{ response_format: "json" }, "response_format", /object/],
    [{ user: 7 }, "user", /string/],
    [{ n: 0 }, "n", />= 1/],
    [{ stop: [1] }, "stop.0", /string/],
    [{ logit_bias: { "5": 101 } }, "logit_bias.5", /<= 100/],
  ])("%j", async (change, param, message) => {
    const body = JSON.stringify({ ...plain, ...change });
    expect(await failure(ask(mock, body))).toMatchObject({
      status: 400,
      type: "invalid_request_error",
      param,
      message: expect.stringMatching(message),
    });
  });
});

describe("what real clients send is accepted", () => {
  it.each<[string, object]>([
    ["unknown members", { x_vendor: { a: 1 }, extra: null }],
    [
      "an assistant's message as it was received",
      {
        messages: [
          plain.messages[0],
          {
            role: "assistant",
            content: "",
            name: "bot",
            refusal: null,
            parsed: null,
            reasoning_content: "Hm.",
            tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: "" } }],
          },
          { role: "tool", tool_call_id: "c", content: "x" },
        ],
      },
    ],
    [
      "no content beside tool calls",
      {
        messages: [
          plain.messages[0],
          {
            role: "assistant",
            tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: "{}" } }],
          },
          { role: "tool", tool_call_id: "c", content: "x" },
        ],
      },
    ],
    ["tools: [] with tool_choice auto", { tools: [], tool_choice: "auto" }],
    [
      "a tool schema of zod",
      {
        tools: [
          {
            type: "function",
            function: {
              name: "f",
              parameters: {
                $schema: "http://json-schema.org/draft-07/schema#",
                title: "F",
                type: "object",
                properties: { n: { type: "integer", minimum: -9007199254740991, maximum: 9007199254740991 } },
                required: ["n"],
                additionalProperties: false,
              },
            },
          },
        ],
      },
    ],
    [
      "a tool schema without properties",
      { tools: [{ type: "function", function: { name: "f", parameters: { type: "object" } } }] },
    ],
    [
      "a tool with an empty schema",
      { tools: [{ type: "function", function: { name: "f", parameters: {} } }] },
    ],
    ["text parts", { messages: [{ role: "user", content: [{ type: "text", text: "Hi" }] }] }],
    [
      "nulls for what is optional",
      { n: null, stop: null, seed: null, logprobs: null, max_completion_tokens: null },
    ],
  ])("%s", async (_, change) => {
    const response = await ask(mock, { ...plain, ...change });
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('"choices"')]);
  });

  it("a query and headers beyond the contract's", async () => {
    const url = `${mock.url}/v1/chat/completions?api-version=2024-10-21&x=1&x=2`;
    const headers = {
      authorization: "Bearer sk-test",
      "api-key": "sk-test",
      cookie: "",
      "content-type": "application/json",
      "x-stainless-lang": "js",
    };
    expect((await fetch(url, { method: "POST", headers, body: json })).status).toBe(200);
  });

  it.each(["application/json", "*/*", "text/event-stream", "text/html", "garbage", ";;;", ""])(
    "Accept: %s",
    async (accept) => {
      expect((await ask(mock, plain, { accept })).headers.get("content-type")).toContain("application/json");
      expect((await ask(mock, { ...plain, stream: true }, { accept })).headers.get("content-type")).toContain(
        "text/event-stream",
      );
    },
  );
});

describe("a target", () => {
  it.each([
    "/v2/models",
    "/v1",
    "/v1/",
    "/v1/models/",
    "/v1/chat/completions/",
    "/v1//models",
    "/V1/models",
    "/v1/models/a/b",
    "//v1/models",
    "/v1/chat",
  ])("%s that is not in the contract is a 404", async (path) => {
    const [reply] = await raw(mock, `GET ${path} HTTP/1.1\r\nHost: x\r\n${auth}Connection: close\r\n\r\n`);
    expect([reply!.status, errorIn(JSON.parse(reply!.body)).message]).toEqual([
      404,
      expect.stringContaining(path),
    ]);
  });

  it.each(["/v1/models/%ZZ", "/v1/models/%", "/v1/models/%E0%A4%A"])(
    "%s that does not decode is a 400",
    async (path) => {
      const [reply] = await raw(mock, `GET ${path} HTTP/1.1\r\nHost: x\r\n${auth}Connection: close\r\n\r\n`);
      expect([reply!.status, errorIn(JSON.parse(reply!.body)).message]).toEqual([
        400,
        expect.stringContaining(path),
      ]);
    },
  );

  it("may be absolute (RFC 9112, 3.2.2)", async () => {
    const [reply] = await raw(
      mock,
      `GET http://mock.test/v1/models HTTP/1.1\r\nHost: mock.test\r\n${auth}Connection: close\r\n\r\n`,
    );
    expect(reply?.status).toBe(200);
  });

  it("with a query that does not decode is still answered", async () => {
    expect((await get(mock, "/v1/models?x=%ZZ&&=&y")).status).toBe(200);
  });

  it("finds an encoded model, and names an unknown one as it is meant", async () => {
    expect(((await (await get(mock, "/v1/models/gpt%2D5%2E4")).json()) as { id: string }).id).toBe("gpt-5.4");
    expect(await failure(get(mock, "/v1/models/vendor%2Fmodel%20x"))).toMatchObject({
      status: 404,
      code: "model_not_found",
      message: expect.stringContaining("vendor/model x"),
    });
  });
});

describe("a method", () => {
  it.each([
    ["GET", "/v1/chat/completions", "POST"],
    ["DELETE", "/v1/chat/completions", "POST"],
    ["HEAD", "/v1/chat/completions", "POST"],
    ["POST", "/v1/models", "GET"],
    ["PUT", "/v1/models/gpt-5.4", "GET"],
    ["TRACE", "/v1/models", "GET"],
    ["PROPFIND", "/v1/models", "GET"],
  ])("%s on %s is a 405 that allows %s", async (method, path, allowed) => {
    const [reply] = await raw(
      mock,
      `${method} ${path} HTTP/1.1\r\nHost: x\r\n${auth}Connection: close\r\n\r\n`,
    );
    expect(reply?.status).toBe(405);
    expect(reply?.headers["allow"]?.split(", ")).toContain(allowed);
    if (method !== "HEAD") expect(errorIn(JSON.parse(reply!.body)).message).toContain(method);
  });

  it("HEAD answers like GET without the body", async () => {
    const [head] = await raw(
      mock,
      `HEAD /v1/models HTTP/1.1\r\nHost: x\r\n${auth}Connection: close\r\n\r\n`.replace(
        "HTTP/1.1",
        "HTTP/1.1",
      ),
    );
    const length = (await get(mock, "/v1/models")).headers.get("content-length");
    expect([head?.status, head?.headers["content-length"], head?.body]).toEqual([200, length, ""]);
  });
});

describe("a browser", () => {
  it("is let through by any preflight, without a token", async () => {
    const wanted = "authorization, content-type, x-stainless-lang, x-stainless-retry-count, x-anything";
    const response = await fetch(`${mock.url}/v1/chat/completions`, {
      method: "OPTIONS",
      headers: {
        origin: "https://app.test",
        "access-control-request-method": "POST",
        "access-control-request-headers": wanted,
      },
    });
    expect([200, 204]).toContain(response.status);
    expect(response.headers.get("access-control-allow-origin")).toMatch(/\*|https:\/\/app\.test/);
    expect(response.headers.get("access-control-allow-methods")).toContain("POST");
    const allowed = response.headers.get("access-control-allow-headers")?.toLowerCase() ?? "";
    for (const header of wanted.split(", ")) expect(allowed).toContain(header);
  });

  it("may read answers, errors and streams, with what SDKs look for in the head", async () => {
    for (const response of [
      await ask(mock, plain),
      await ask(mock, { ...plain, stream: true }),
      await ask(mock, plain, { authorization: "" }),
      await ask(mock, plain, { prefer: "code=429" }),
      await get(mock, "/nowhere"),
    ]) {
      expect(response.headers.get("access-control-allow-origin")).toBe("*");
      const exposed = response.headers.get("access-control-expose-headers")?.toLowerCase() ?? "";
      for (const name of ["x-request-id", "retry-after"]) expect(exposed).toContain(name);
      for (const name of response.headers.keys())
        if (name.startsWith("x-ratelimit")) expect(exposed).toContain(name);
      expect(response.headers.get("x-request-id")).toMatch(/./);
    }
  });
});

describe("a connection", () => {
  it("is kept, and its pipelined requests are answered in order", async () => {
    const one = (path: string, more = "") => `GET ${path} HTTP/1.1\r\nHost: x\r\n${auth}${more}\r\n`;
    const replies = await raw(
      mock,
      one("/v1/models/o3") + one("/nowhere") + one("/v1/models/gpt-5", "Connection: close\r\n"),
    );
    expect(replies.map(({ status, body }) => [status, JSON.parse(body).id])).toEqual([
      [200, "o3"],
      [404, undefined],
      [200, "gpt-5"],
    ]);
  });

  it("that talks no HTTP is ended", async () => {
    const [reply] = await raw(mock, "hello\r\n\r\n");
    expect(reply?.status).toBe(400);
  });

  it("of HTTP/1.0 gets a stream that is not in chunks, which ends with the connection", async () => {
    const body = JSON.stringify({ ...plain, stream: true });
    const [reply] = await raw(
      mock,
      `POST /v1/chat/completions HTTP/1.0\r\n${auth}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    expect(reply?.headers).not.toHaveProperty("transfer-encoding");
    expect(events(reply?.body ?? "").at(-1)).toBe("[DONE]");
  });

  it("of HTTP/1.0 gets its answer", async () => {
    const [reply] = await raw(mock, `GET /v1/models HTTP/1.0\r\n${auth}\r\n`);
    expect(reply?.status).toBe(200);
  });
});

describe("a stream", () => {
  it("comes as frames that end with [DONE], under the right head", async () => {
    const response = await ask(mock, { ...plain, stream: true });
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(response.headers.get("cache-control")).toContain("no-cache");
    expect(response.headers.get("content-length")).toBeNull();
    const data = events(await response.text());
    expect(data.at(-1)).toBe("[DONE]");
    for (const chunk of data.slice(0, -1))
      expect(JSON.parse(chunk)).toMatchObject({ object: "chat.completion.chunk" });
  });

  it("comes frame by frame, the first before the last is written", async () => {
    const slow = await start({ tps: 33 });
    try {
      const response = await ask(slow, { ...plain, stream: true });
      const reads: string[] = [];
      for await (const part of response.body!.pipeThrough(new TextDecoderStream())) reads.push(part);
      expect(reads[0]).not.toContain("[DONE]");
      expect(reads.length).toBeGreaterThan(3);
    } finally {
      await slow.close();
    }
  });

  it("that was asked for is an error answer where there is an error", async () => {
    for (const code of [400, 429, 500, 503]) {
      const response = await ask(
        mock,
        { ...plain, stream: true },
        { prefer: `code=${code}`, accept: "text/event-stream" },
      );
      expect(await failure(response)).toMatchObject({ status: code, headers: expect.any(Headers) });
      expect(response.headers.get("content-type")).toContain("application/json");
    }
  });

  it("whose reader goes away ends, and so can the server", async () => {
    const slow = await start({ tps: 1 });
    const abort = new AbortController();
    const response = await fetch(`${slow.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: "Bearer sk-test", "content-type": "application/json" },
      body: JSON.stringify({ ...plain, stream: true }),
      signal: abort.signal,
    });
    await response.body!.getReader().read();
    abort.abort();
    const models = await fetch(`${slow.url}/v1/models`, { headers: { authorization: "Bearer sk-test" } });
    expect(models.status).toBe(200);
    await slow.close();
  });
});
