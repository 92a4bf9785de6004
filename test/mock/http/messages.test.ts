import { Duplex } from "node:stream";
import { brotliCompressSync, gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { wholeReply } from "../../../scripts/mock/engine/reply.ts";
import { readQuery } from "../../../scripts/mock/http/read-body.ts";
import { httpServer } from "../../../scripts/mock/http/server.ts";
import type { RunningMock } from "../../../scripts/mock/index.ts";
import { ask, failure, get, plain, raw, start } from "../support.ts";

/** HTTP messages as they are seldom written, and answers that nobody should wait for. */
let mock: RunningMock;
beforeAll(async () => {
  mock = await start({ tps: 0 });
});
afterAll(() => mock.close());

const HEAD = "Authorization: Bearer x\r\nConnection: close\r\n";
const json = JSON.stringify(plain);

it("a body may have several codings, in the order of the header, each by any of its names", async () => {
  const bodies: [coding: string, body: Uint8Array][] = [
    ["GZIP", gzipSync(json)],
    ["x-gzip", gzipSync(json)],
    ["zstd", zstdCompressSync(json)],
    ["gzip, identity, br", brotliCompressSync(gzipSync(json))],
    ["", Buffer.from(json)],
  ];
  for (const [coding, body] of bodies)
    expect([coding, (await ask(mock, body, { "content-encoding": coding })).status]).toEqual([coding, 200]);
});

it("responds 415 with the codings that there are to one that is unknown, and to more than three", async () => {
  for (const coding of ["compress", "gzip, x", "gzip, gzip, gzip, gzip"]) {
    const refused = await failure(ask(mock, json, { "content-encoding": coding }));
    expect([refused.status, refused.headers.get("accept-encoding")]).toEqual([
      415,
      expect.stringMatching(/^gzip, x-gzip, deflate, br/),
    ]);
  }
});

it("responds 501 to a transfer coding that it does not know (RFC 9112, 6.1)", async () => {
  const [reply] = await raw(
    mock,
    `POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\n${HEAD}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
  );
  expect([reply?.status, reply?.body]).toEqual([501, expect.stringContaining("gzip, chunked")]);
});

it("responds 400 to several Host headers, of which none could be believed (RFC 9112, 3.2)", async () => {
  const [reply] = await raw(mock, `GET /v1/models HTTP/1.1\r\nHost: a\r\nHost: b\r\n${HEAD}\r\n`);
  expect([reply?.status, reply?.body]).toEqual([400, expect.stringContaining("several Host headers")]);
});

it("a target that is a whole URL finds the mock's own pages too, and may have no path", async () => {
  for (const [target, found] of [
    ["http://a/__mock/health", '"ok"'],
    ["HTTP://a", "Mock of"],
    ["http://a?b=/c", "Mock of"],
  ]) {
    const [reply] = await raw(mock, `GET ${target} HTTP/1.1\r\nHost: a\r\n${HEAD}\r\n`);
    expect([target, reply?.status, reply?.body]).toEqual([target, 200, expect.stringContaining(found!)]);
  }
});

it("Allow names HEAD where GET is allowed", async () => {
  const refused = await fetch(`${mock.url}/v1/models`, { method: "DELETE" });
  expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
});

it("a query may have a name three times", () => {
  const query = readQuery(new URLSearchParams("a=1&a=2&b=3&a=4"));
  expect(query).toEqual({ a: ["1", "2", "4"], b: "3" });
});

it("connections are bounded in number, and in the time that they may take", async () => {
  const reply = wholeReply({ status: 408, headers: {} }, { error: "slow" });
  const refused: string[] = [];
  const server = httpServer({
    handler: async () => {},
    refusal: async ({ details }) => {
      refused.push(details.code);
      return reply;
    },
  });
  expect(server).toMatchObject({
    maxConnections: 10_000,
    keepAliveTimeout: 75_000,
    headersTimeout: 30_000,
    requestTimeout: 120_000,
  });
  let written = "";
  const socket = new Duplex({
    read: () => {},
    write: (part, _, done) => {
      written += part;
      done();
    },
  });
  server.emit("clientError", Object.assign(new Error(), { code: "ERR_HTTP_REQUEST_TIMEOUT" }), socket);
  await expect.poll(() => written).toMatch(/^HTTP\/1\.1 408 [\s\S]*\r\n\r\n{"error":"slow"}$/);
  expect(refused).toEqual(["request_timeout"]);
});

it("the head and the opening of a stream come without its first wait, and errors without any", async () => {
  await using slow = await start({ tps: 0.001 });
  const stream = (await ask(slow, { ...plain, stream: true })).body!.getReader();
  let text = "";
  while (!text.includes('"content":"This')) text += Buffer.from((await stream.read()).value!);
  expect(text).toContain('"role":"assistant"');
  await stream.cancel();
  await using late = await start({ ttft: 86_400_000 });
  const opened = await ask(late, { ...plain, stream: true });
  expect(opened.headers.get("content-type")).toBe("text/event-stream");
  await opened.body!.cancel();
  expect((await failure(ask(late, { ...plain, temperature: 99 }))).status).toBe(400);
  expect((await get(late, "/v1/models")).status).toBe(200);
});

it("a wait that is longer than a timer takes does not end at once", async () => {
  await using slow = await start({ tps: 1e-6 });
  const leave = new AbortController();
  const asked = fetch(`${slow.url}/v1/chat/completions`, {
    method: "POST",
    body: json,
    headers: { authorization: "Bearer x", "content-type": "application/json" },
    signal: leave.signal,
  }).catch(() => undefined);
  await expect.poll(() => slow.requests.length).toBe(1);
  await get(slow, "/v1/models");
  await get(slow, "/v1/models");
  expect(slow.requests[0]?.ms).toBeUndefined();
  leave.abort();
  await asked;
});

it("an answer that is not a stream has no comments in it, however long it hangs", async () => {
  await using hanging = await start({ heartbeat: 5 });
  const open = async (stream: boolean) => {
    const asked = await ask(hanging, { ...plain, stream }, { prefer: "fault=stall:1" });
    return asked.body!.getReader();
  };
  const whole = await open(false);
  const first = Buffer.from((await whole.read()).value!).toString();
  const more = whole.read().then(({ value }) => Buffer.from(value ?? []).toString());
  const stream = await open(true);
  let text = "";
  while (text.split(": keep-alive").length < 5) text += Buffer.from((await stream.read()).value!);
  await Promise.all([stream.cancel(), whole.cancel()]);
  expect([first, await more]).toEqual([expect.not.stringContaining("keep-alive"), ""]);
});

it("tokens count once they are sent, and a stream is open until it is over", async () => {
  await using slow = await start({ tps: 0.001 });
  const metrics = async () => (await fetch(`${slow.url}/__mock/metrics`)).text();
  const stream = await ask(slow, { ...plain, stream: true });
  expect(await metrics()).toContain("mock_streams_open 1\n");
  await stream.body!.cancel();
  await expect.poll(metrics).toContain("mock_streams_open 0\n");
  expect(await metrics()).toContain("mock_tokens_sent_total 0\n");
});

it("a connection that is kept is closed when its answer is written, once the mock ends", async () => {
  const ending = await start({ tps: 0 });
  const open = await ask(ending, { ...plain, stream: true }, { prefer: "fault=latency:100" });
  const ended = ending.close(2 ** 30);
  expect(await open.text()).toContain("[DONE]");
  await ended;
});
