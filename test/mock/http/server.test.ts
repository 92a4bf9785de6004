import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { logJson, logLine, requestLog } from "../../../scripts/cli/mock/log.ts";
import type { Document } from "../../../scripts/document/model.ts";
import { Journal } from "../../../scripts/mock/http/journal.ts";
import { type JournalEntry, type RunningMock, startMock } from "../../../scripts/mock/index.ts";
import { ask, contract, errorIn, events, failure, get, plain, raw, sdk, start } from "../support.ts";

/** The mock as a server: its journal, its own pages, its pace, its end, and odd clients. */
let mock: RunningMock;
beforeAll(async () => {
  mock = await start({ tps: 0 });
});
afterAll(() => mock.close());

describe("the journal", () => {
  it("keeps what was asked and answered, in process and by HTTP, without the token", async () => {
    mock.reset();
    await ask(mock, { ...plain, stream: true }, { "api-key": "sk-secret", prefer: "fault=comments" });
    await failure(get(mock, "/v1/models/nope?x=1"));
    await fetch(`${mock.url}/nowhere`);
    const [chat, model, nowhere] = mock.requests;
    expect(chat).toMatchObject({
      method: "POST",
      url: "/v1/chat/completions",
      body: { model: "gpt-5.4" },
      operation: "createChatCompletion",
      scenario: "plain",
      faults: ["comments"],
      status: 200,
      headers: { authorization: "Bearer ***", "api-key": "***", "content-type": "application/json" },
    });
    expect(chat?.answer).toMatch(/^: keep-alive\n\ndata: /);
    expect(chat?.ms).toBeGreaterThan(0);
    expect(model).toMatchObject({ url: "/v1/models/nope?x=1", scenario: "model_not_found", status: 404 });
    expect(errorIn(model?.answer).code).toBe("model_not_found");
    expect(nowhere).toMatchObject({ status: 404 });
    expect(nowhere?.operation).toBeUndefined();
    const served = await fetch(`${mock.url}/__mock/requests`);
    expect(await served.json()).toEqual(JSON.parse(JSON.stringify(mock.requests)));
    expect(JSON.stringify(mock.requests)).not.toMatch(/sk-test|sk-secret/);
  });

  it("is emptied on request", async () => {
    await get(mock, "/v1/models");
    const emptied = await fetch(`${mock.url}/__mock/requests`, { method: "DELETE" });
    expect([emptied.status, mock.requests.length]).toEqual([204, 0]);
  });

  it("hands out copies: what a test does to a body changes no other request", async () => {
    mock.reset();
    for (const model of ["changed", "changed"]) {
      const [asked] = mock.requests;
      if (asked) Object.assign(asked.body as object, { model });
      await ask(mock, plain);
    }
    expect(mock.requests.map(({ body }) => body)).toEqual([plain, plain]);
    expect(mock.requests[1]?.answer).toMatchObject({ model: plain.model });
  });

  it("is bounded, by entries and by what they hold", () => {
    const journal = new Journal(true, (headers) => headers);
    const add = (size: number) =>
      journal.fill(journal.open("GET", "/", {}), "", size, { frames: [], streamed: false });
    for (let i = 0; i < 20; i++) add(1_000_000);
    expect(journal.select().map(({ id }) => id)).toEqual(Array.from({ length: 16 }, (_, i) => i + 5));
    for (let i = 0; i < 1010; i++) add(10);
    expect(journal.select()).toHaveLength(1000);
    expect(journal.select().at(-1)?.id).toBe(1030);
  });

  it("knows what was broken off", async () => {
    mock.reset();
    await ask(mock, { ...plain, stream: true }, { prefer: "fault=reset:1" })
      .then((answer) => answer.text())
      .catch(() => undefined);
    await expect.poll(() => mock.requests[0]?.aborted).toBe(true);
  });

  it("is not there unless it is wanted", async () => {
    const forgetful = await start({ journal: false });
    await get(forgetful, "/v1/models");
    expect(forgetful.requests).toEqual([]);
    expect(await failure(fetch(`${forgetful.url}/__mock/requests`))).toMatchObject({
      status: 501,
      code: "journal_off",
    });
    const scenario = { operation: "listModels", when: {}, value: { data: [{ id: "mine" }] } };
    const set = await fetch(`${forgetful.url}/__mock/scenarios`, {
      method: "PUT",
      body: JSON.stringify(scenario),
    });
    expect(set.status).toBe(200);
    expect(await (await get(forgetful, "/v1/models")).json()).toMatchObject({ data: [{ id: "mine" }] });
    await forgetful.close();
  });
});

describe("the log", () => {
  it("has a line for each request, without query, token or control characters", async () => {
    const lines: string[] = [];
    const entries: JournalEntry[] = [];
    const logging = await start({
      tps: 0,
      log: (entry) => {
        lines.push(logLine(entry));
        entries.push(entry);
      },
    });
    await ask(logging, plain, { prefer: "fault=latency:1" }).then((answer) => answer.text());
    await get(logging, "/v1/models?key=secret").then((answer) => answer.text());
    await raw(logging, "GET /a%0Ab\u0001 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").catch(() => []);
    await expect.poll(() => lines.length).toBeGreaterThanOrEqual(2);
    expect(lines[0]).toMatch(/^POST \/v1\/chat\/completions plain\+latency:1 200 \d+ ms$/);
    expect(lines[1]).toMatch(/^GET \/v1\/models catalogue 200 \d+ ms$/);
    expect(JSON.parse(logJson(entries[1]!))).toMatchObject({ path: "/v1/models", status: 200 });
    expect(lines.join("")).not.toMatch(/secret|sk-test/);
    await logging.close();
  });

  it("is written once for all requests of a turn of the event loop, in their order", async () => {
    const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    try {
      const log = requestLog(({ url }) => url);
      for (const url of ["/a", "/b"]) log({ url } as JournalEntry);
      expect(written).not.toHaveBeenCalled();
      await new Promise(setImmediate);
      log({ url: "/c" } as JournalEntry);
      await new Promise(setImmediate);
      expect(written.mock.calls).toEqual([["/a\n/b\n"], ["/c\n"]]);
    } finally {
      written.mockRestore();
    }
  });
});

describe("the mock alone", () => {
  it("says at / what it serves, to programs and to people", async () => {
    const overview = (await (await fetch(mock.url)).json()) as { operations: object[]; contract: string };
    expect(overview).toMatchObject({ base_url: `${mock.url}/v1`, requests: `${mock.url}/__mock/requests` });
    expect(overview.operations).toContainEqual({
      method: "GET",
      path: "/v1/models",
      summary: "List models",
    });
    expect(((await (await fetch(overview.contract)).json()) as Document).info).toEqual(contract.info);
    const page = await fetch(mock.url, { headers: { accept: "text/html" } });
    expect(page.headers.get("content-type")).toContain("text/html");
    const text = await page.text();
    expect(text).toContain("/v1/chat/completions");
    for (const [, href = ""] of text.matchAll(/href="([^"]+)"/g))
      expect((await fetch(new URL(href, mock.url))).status).toBe(200);
  });
});

describe("pacing", () => {
  const timed = async (running: RunningMock) => {
    const answer = await ask(running, { ...plain, stream: true });
    const reads: string[] = [];
    for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>)
      reads.push(Buffer.from(part).toString());
    await running.close();
    return reads;
  };

  it("waits for the first token and between tokens, with comments in long silences", async () => {
    const reads = await timed(await start({ ttft: 80, heartbeat: 20, tps: 100 }));
    expect(reads.slice(0, 2)).toEqual([": keep-alive\n\n", ": keep-alive\n\n"]);
    // Frames come one by one.
    expect(reads.filter((read) => read.startsWith("data: ")).length).toBeGreaterThan(10);
  });

  it("of no delay gives the same frames", async () => {
    const at_once = await timed(await start({ tps: 0, seed: 1 }));
    const paced = await timed(await start({ tps: 500, jitter: 1, seed: 1 }));
    expect(events(at_once.join(""))).toEqual(events(paced.join("")));
  });
});

describe("a connection", () => {
  it("with headers that are too large gets a 431", async () => {
    const [reply] = await raw(mock, `GET /v1/models HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(20_000)}\r\n\r\n`);
    expect([reply?.status, errorIn(JSON.parse(reply?.body ?? "")).code]).toEqual([431, "headers_too_large"]);
    expect(reply?.headers["x-request-id"]).toMatch(/^req_/);
  });

  it("that talks no HTTP gets a 400 in the API's words", async () => {
    const [reply] = await raw(mock, "NONSENSE\r\n\r\n");
    expect([reply?.status, errorIn(JSON.parse(reply?.body ?? "")).type]).toEqual([
      400,
      "invalid_request_error",
    ]);
  });

  it("without a Host is a 400, with an expectation unknown to it a 417, a tunnel a 405", async () => {
    const auth = "Authorization: Bearer x\r\nConnection: close\r\n\r\n";
    const statuses = await Promise.all(
      [
        `GET /v1/models HTTP/1.1\r\n${auth}`,
        `GET /v1/models HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n${auth}`,
        `CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n`,
      ].map(async (bytes) => {
        const [reply] = await raw(mock, bytes);
        errorIn(JSON.parse(reply?.body ?? ""));
        return reply?.status;
      }),
    );
    expect(statuses).toEqual([400, 417, 405]);
  });

  it("that is to be closed reads the answer to a body that was refused", async () => {
    const small = await start({ limits: { body: 1000 } });
    const large = "x".repeat(5_000_000);
    const [reply] = await raw(
      small,
      `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ${large.length}\r\n\r\n${large}`,
    );
    expect([reply?.status, errorIn(JSON.parse(reply?.body ?? "")).code]).toEqual([413, "request_too_large"]);
    await small.close();
  });

  it("that is half open holds nobody up", async () => {
    const idle = Array.from({ length: 50 }, () => connect(mock.port, "127.0.0.1"));
    for (const socket of idle)
      socket.on("error", () => {}).write("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n");
    expect((await ask(mock, plain)).status).toBe(200);
    for (const socket of idle) socket.destroy();
  });
});

describe("bounds", () => {
  it("hold for lists and for depth", async () => {
    const many = {
      model: "m",
      messages: Array.from({ length: 20_001 }, () => ({ role: "user", content: "x" })),
    };
    expect(await failure(ask(mock, many))).toMatchObject({ status: 413, param: "messages" });
    const deep = `${"[".repeat(300)}${"]".repeat(300)}`;
    expect(await failure(ask(mock, `{"model":"m","messages":[],"x":${deep}}`))).toMatchObject({
      status: 400,
      message: expect.stringContaining("256"),
    });
    const text = `{"model":"m","messages":[{"role":"user","content":"${'[\\"'.repeat(1000)}"}]}`;
    expect((await ask(mock, text)).status).toBe(200);
  });

  it("hold for the values of a body, which nobody else has to wait for, but not for what texts hold", async () => {
    const some = (count: number) => `{"model":"m","messages":[],"x":[${"7,".repeat(count)}7]}`;
    expect(await failure(ask(mock, some(500_000)))).toMatchObject({ status: 413, code: "request_too_large" });
    const texts = ["[,{".repeat(200_000), '\\"'.repeat(200_000), `${"\\\\".repeat(1000)}`];
    for (const held of texts) {
      const messages = `[{"role":"user","content":"${held}"}]`;
      expect((await ask(mock, `{"model":"m","messages":${messages}}`)).status).toBe(200);
    }
  });
});

describe("another contract", () => {
  const body = (type: string, schema: object) => ({ required: true, content: { [type]: { schema } } });
  const made = {
    "200": { description: "Made.", content: { "application/json": { example: { made: true } } } },
  };
  const form = { type: "object", required: ["name"], properties: { name: { type: "string" } } };
  const document = {
    openapi: "3.1.1",
    info: { title: "Files", version: "1" },
    paths: {
      "/form": { post: { requestBody: body("application/x-www-form-urlencoded", form), responses: made } },
      "/file": {
        post: { requestBody: body("application/octet-stream", { type: "string" }), responses: made },
      },
    },
  } as unknown as Document;

  it("may take forms and files, which are Prism's to check", async () => {
    await using other = await start({ document });
    const send = (path: string, type: string, sent: string | Uint8Array) =>
      fetch(other.url + path, { method: "POST", headers: { "content-type": type }, body: sent as BodyInit });
    const form = (sent: string) => send("/form", "application/x-www-form-urlencoded", sent);
    expect(await (await form("name=Tom")).json()).toEqual({ made: true });
    expect((await form("age=3")).status).toBe(400);
    expect(await (await form("")).json()).toMatchObject({ detail: expect.stringContaining("urlencoded") });
    const bytes = Uint8Array.of(0xff, 0x00, 0xfe);
    expect(await (await send("/file", "application/octet-stream", bytes)).json()).toEqual({ made: true });
    expect((await send("/file", "application/json", "{}")).status).toBe(415);
  });
});

describe("the end", () => {
  it("lets streams finish that have begun, and takes no more", async () => {
    const ending = await start({ tps: 40 });
    const answer = await ask(ending, { ...plain, stream: true });
    const closed = ending.close(5000);
    expect(events(await answer.text()).at(-1)).toBe("[DONE]");
    await closed;
    await expect(ask(ending, plain)).rejects.toThrow();
  });

  it("comes at once where nobody waits for it, streams or not", async () => {
    const ending = await start({ tps: 1 });
    const answer = await ask(ending, { ...plain, stream: true });
    await ending.close();
    await expect(answer.text()).rejects.toThrow();
  });
});

describe("in a test", () => {
  it("several run side by side and share nothing", async () => {
    await using one = await startMock({ models: ["a"] });
    await using two = await startMock({ models: ["b"] });
    const ids = async (running: RunningMock) => (await sdk(running).models.list()).data.map(({ id }) => id);
    expect([await ids(one), await ids(two)]).toEqual([["a"], ["b"]]);
    expect([one.requests.length, two.requests.length]).toEqual([1, 1]);
    expect(one.baseURL).toBe(`${one.url}/v1`);
  });

  it("is ended by its scope", async () => {
    let url = "";
    {
      await using scoped = await startMock();
      url = scoped.url;
    }
    await expect(fetch(url)).rejects.toThrow();
  });

  it("can be given other options while it runs, and keeps the old ones if these are wrong", async () => {
    await using running = await startMock();
    await running.reload({ models: ["only"] });
    expect((await sdk(running).models.list()).data).toHaveLength(1);
    await expect(running.reload({ faults: ["boom"] })).rejects.toThrow("boom");
    expect((await sdk(running).models.list()).data).toHaveLength(1);
  });
});

it("responds 500 in the contract's shape, and goes on, when the mock itself fails on a request", async () => {
  const errors: unknown[] = [];
  await using broken = await start({
    logError: (error) => errors.push(error),
    first: async ({ url }) => {
      if (url === "/broken") throw new Error("This was not foreseen.");
      return false;
    },
  });
  const refused = await failure(fetch(`${broken.url}/broken`));
  expect([refused.status, refused.code]).toEqual([500, "internal_error"]);
  expect(errors).toEqual([new Error("This was not foreseen.")]);
  expect((await get(broken, "/v1/models")).status).toBe(200);
});

it("does not report a client that breaks its request off as a failure of the mock", async () => {
  const errors: unknown[] = [];
  const entries: JournalEntry[] = [];
  await using calm = await start({
    logError: (error) => errors.push(error),
    log: (entry) => entries.push(entry),
  });
  const head = "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n";
  const socket = connect(calm.port, "127.0.0.1").on("error", () => {});
  socket.write(`${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"model"`);
  await expect.poll(() => calm.requests.length, { timeout: 20_000 }).toBe(1);
  socket.resetAndDestroy();
  await expect.poll(() => entries.length, { timeout: 20_000 }).toBe(1);
  expect([entries[0]?.aborted, errors]).toEqual([true, []]);
});
