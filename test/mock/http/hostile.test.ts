import { execFile } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compiler } from "../../../scripts/mock/engine/schemas.ts";
import type { RunningMock } from "../../../scripts/mock/index.ts";
import { ask, contract, failure, get, plain, start } from "../support.ts";

/** What one client does must not end the mock, fill its memory, or hold up the others. */
let mock: RunningMock;
beforeAll(async () => {
  mock = await start({ tps: 0 });
});
afterAll(() => mock.close());

const isAlive = async () => expect((await get(mock, "/v1/models")).status).toBe(200);

describe("a connection that is reset does not end the mock", () => {
  const heads = [
    "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n",
    "GET /v1/models HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "GET /v1/models HTTP/1.1\r\nHost: a\r\nExpect: something\r\n\r\n",
    "no HTTP at all\r\n\r\n",
    "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{",
  ];
  it.each(heads)("after %j", async (head) => {
    for (const wait of [0, 20]) {
      const socket = connect(mock.port, "127.0.0.1");
      await once(socket, "connect");
      socket.write(head);
      await sleep(wait);
      socket.resetAndDestroy();
    }
    await isAlive();
  });
});

it.each(["//", "///", "/%", "/\\", "*", "http://", "?", "/../..", "//v1/models"])(
  "answers the target %s in shape",
  async (path) => {
    const response = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const sent = request({ port: mock.port, host: "127.0.0.1", path }, async (message) => {
        const parts: Buffer[] = [];
        for await (const part of message) parts.push(part as Buffer);
        resolve({ status: message.statusCode ?? 0, text: Buffer.concat(parts).toString() });
      });
      sent.on("error", reject).end();
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(JSON.parse(response.text)).toHaveProperty("error.message");
  },
);

it("compiles nothing for a refusal that it has refused before, so that memory stays flat", () => {
  const check = compiler(contract).check({ $ref: "#/components/schemas/ChatCompletionCreateParams" });
  const refuse = (count: number) => {
    for (let i = 0; i < count; i++) {
      const messages = [{ role: i % 2 ? "wrong" : "user", content: i % 3 ? 7 : [{ type: "text" }] }];
      expect(check({ model: "m", messages })).toBeDefined();
    }
  };
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const held = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  refuse(100);
  const before = held();
  refuse(5000);
  // A schema that is compiled anew takes 20 KB and more, and stays: that would be 100 MB.
  expect(held() - before).toBeLessThan(10 * 1024 * 1024);
});

describe("what an answer may cost is bounded", () => {
  it("by n, logprobs and top_logprobs, with a 400 that says so", async () => {
    const long = [{ role: "user", content: "word ".repeat(20_000) }];
    const greedy = { model: "m", messages: long, n: 128, logprobs: true, top_logprobs: 20 };
    const refused = await failure(ask(mock, greedy));
    expect([refused.status, refused.code]).toEqual([400, "answer_too_large"]);
    const modest = { ...plain, n: 128, logprobs: true, top_logprobs: 20 };
    expect((await (await ask(mock, modest)).json()).choices).toHaveLength(128);
  });

  it.each([
    [
      "a pattern that backtracks",
      { type: "string", pattern: "^(a|aa)+$", minLength: 300, not: { const: "" } },
    ],
    ["a text of 50 MB", { type: "string", minLength: 5e7 }],
    ["a list of lists of lists", { type: "array", minItems: 1e6, items: { type: "array", minItems: 1e6 } }],
  ])("by JSON Schemas: %s does not stop the others", async (_, part) => {
    const schema = { type: "object", properties: { part }, required: ["part"] };
    const format = { type: "json_schema", json_schema: { name: "x", schema } };
    let open = true;
    const hostile = ask(mock, { ...plain, response_format: format }).finally(() => {
      open = false;
    });
    let answered = 0;
    while (open && answered < 200) {
      await isAlive();
      answered += 1;
    }
    expect((await hostile).status).toBeLessThan(500);
    expect(answered).toBeGreaterThan(0);
  });

  it("by the length of a stream", async () => {
    const echo = { model: "m", messages: [{ role: "user", content: "word ".repeat(200_000) }], stream: true };
    const frames = (await (await ask(mock, echo)).text()).split("\n\n").length;
    expect(frames).toBeLessThan(10_100);
  });
});

it("keeps the newest request without its body when that is too large, and the others", async () => {
  mock.reset();
  await ask(mock, plain);
  const large = await ask(mock, {
    ...plain,
    messages: [{ role: "user", content: "x".repeat(17 * 1024 * 1024) }],
  });
  expect(await large.text()).toContain('"chat.completion"');
  expect(mock.requests).toHaveLength(2);
  expect(mock.requests[0]?.body).toEqual(plain);
  expect(mock.requests[1]).toMatchObject({ status: 200, truncated: true });
  expect(mock.requests[1]?.body).toBeUndefined();
});

it("answers long texts where V8 does not optimize regular expressions, as after some thousands of them", async () => {
  const program = `
    import { readFileSync } from "node:fs";
    import { startMock } from ${JSON.stringify(new URL("../../../scripts/mock/index.ts", import.meta.url).href)};
    const document = JSON.parse(readFileSync("generated/openapi.json", "utf8"));
    const operation = "createChatCompletion";
    const headers = { "content-type": "text/event-stream" };
    const scenarios = [
      { name: "frames", operation, when: { "/body/model": "frames" }, headers, value: "x".repeat(6e6), check: false },
      { name: "matching", operation, when: { "/body/messages/-1/content": "^x+$" }, value: { model: "it" } },
    ];
    const mock = await startMock({ document, tps: 0, scenarios });
    for (const [model, first] of [["m", "y"], ["frames", "x"], ["m", "x"]]) {
      const body = { model, messages: [{ role: "user", content: first + "x".repeat(6e6) }] };
      const headers = { authorization: "Bearer a", "content-type": "application/json" };
      const url = mock.url + "/v1/chat/completions";
      const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
      console.log(response.status, (await response.text()).length > 5e6, mock.requests.at(-1).scenario);
    }
    await mock.close();`;
  const flags = ["--no-regexp-optimization", "--input-type=module", "--eval", program];
  const { stdout } = await promisify(execFile)(process.execPath, flags);
  expect(stdout.trim().split("\n")).toEqual(["200 true plain", "200 true frames", "200 true matching"]);
});

it("cuts off a reader that takes nothing of its answer", async () => {
  const value = `data: ${"x".repeat(50_000)}\n\n`.repeat(600);
  const headers = { "content-type": "text/event-stream" };
  const endless = {
    name: "endless",
    operation: "createChatCompletion",
    when: {},
    headers,
    value,
    check: false,
  };
  await using impatient = await start({ tps: 0, limits: { patience: 100 }, scenarios: [endless] });
  const socket = connect(impatient.port, "127.0.0.1");
  socket.on("error", () => {});
  const sent = JSON.stringify({ ...plain, stream: true });
  const head = `POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\nContent-Type: application/json`;
  socket.pause();
  socket.write(`${head}\r\nContent-Length: ${Buffer.byteLength(sent)}\r\n\r\n${sent}`);
  await expect.poll(() => impatient.requests[0]?.aborted, { timeout: 20_000 }).toBe(true);
  socket.destroy();
});
