import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JournalEntry, RunningMock } from "../../../scripts/mock/index.ts";
import { type ChatChunk, fold } from "../fold.ts";
import { errorIn, events, plain, start } from "../support.ts";
import { problemsOf, watch } from "../watch.ts";

/** Many at once, and clients that behave badly: nothing is lost for the others, and nothing stays behind. */
const held = watch();
const warnings: string[] = [];
const warned = (warning: Error) => warnings.push(warning.message);
let entries: JournalEntry[] = [];
let mock: RunningMock;
beforeAll(async () => {
  process.on("warning", warned);
  mock = await start({
    journal: false,
    log: (entry) => {
      held.log(entry);
      entries.push(entry);
    },
  });
});
afterAll(async () => {
  await mock.close();
  process.off("warning", warned);
});

const headers = { authorization: "Bearer sk-test", "content-type": "application/json" };

/** Each over a new connection, which ends with it. */
function open(body: string, of = mock): ClientRequest {
  const asked = request(`${of.url}/v1/chat/completions`, { agent: false, method: "POST", headers });
  asked.on("error", () => {});
  return asked.end(body);
}

async function answered(asked: ClientRequest) {
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return { status: response.statusCode, text: Buffer.concat(parts).toString() };
}

/** Both ends of every connection of this process. */
const connections = () => process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;

/** Runs something after which no connection is left that was not there before, and no answer broke the contract. */
async function leavingNothing(work: () => Promise<void>): Promise<void> {
  const before = connections();
  entries = [];
  await work();
  await expect.poll(connections, { timeout: 10_000 }).toBeLessThanOrEqual(before);
  expect(held.problems).toEqual([]);
  expect(warnings).toEqual([]);
}

const chat = (content: string, extra: object = {}) =>
  JSON.stringify({ ...plain, messages: [{ role: "user", content }], ...extra });

describe("500 paced streams at once", () => {
  const leaves = (index: number) => index % 5 === 0;

  const round = (count: number) =>
    leavingNothing(async () => {
      const texts = await Promise.all(
        Array.from({ length: count }, async (_, index) => {
          const asked = open(chat(`I am caller ${index}.`, { stream: true }));
          if (!leaves(index)) return (await answered(asked)).text;
          const [response] = (await once(asked, "response")) as [IncomingMessage];
          await once(response, "data");
          asked.destroy();
          return undefined;
        }),
      );
      for (const [index, text] of texts.entries()) {
        if (text === undefined) continue;
        const frames = events(text);
        expect(frames.pop()).toBe("[DONE]");
        const { choices } = fold(frames.map((frame) => JSON.parse(frame) as ChatChunk));
        expect(choices[0]).toMatchObject({
          text: expect.stringContaining(`caller ${index}.`),
          finish: "stop",
        });
      }
      await expect.poll(() => entries.length).toBe(count);
      expect(entries.filter(({ aborted }) => aborted)).toHaveLength(count / 5);
      expect(held.checked).toBeGreaterThanOrEqual(count);
    });

  it("are each whole, though every fifth client vanishes, and leave neither connections nor memory", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    await round(500);
    entries = [];
    collect();
    const { heapUsed } = process.memoryUsage();
    await round(200);
    entries = [];
    collect();
    expect(process.memoryUsage().heapUsed - heapUsed).toBeLessThan(16 * 1024 * 1024);
  });
});

describe("a body", () => {
  it("of 5 MB is answered, several at once, beside small ones", async () => {
    await leavingNothing(async () => {
      const large = chat("x".repeat(5_000_000));
      const all = await Promise.all(
        [large, chat("Hi."), large, chat("Hi."), large].map((body) => answered(open(body))),
      );
      expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    });
  });

  it.each([
    ["lists", "[", "]"],
    ["objects", '{"a":', "}"],
  ])("of 100,000 %s in each other is refused in the API's words", async (_, opening, closing) => {
    await leavingNothing(async () => {
      const deep = opening.repeat(100_000) + (opening === "[" ? "" : "1") + closing.repeat(100_000);
      for (const body of [deep, `{"model":"m","messages":${deep}}`, opening.repeat(100_000)]) {
        const { status, text } = await answered(open(body));
        expect([status, errorIn(JSON.parse(text)).code]).toEqual([400, "invalid_json"]);
      }
      expect((await answered(open(chat("Hi.")))).status).toBe(200);
    });
  });
});

describe("a client", () => {
  const head = "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n";
  const typed = `${head}Content-Type: application/json\r\n`;
  const streaming = chat("Hi.", { stream: true });
  const whole = `${typed}Content-Length: ${streaming.length}\r\n\r\n${streaming}`;

  it.each([
    ["in the head", head],
    ["in the body", `${typed}Content-Length: 1000\r\n\r\n{"model"`],
    ["in a chunk of the body", `${typed}Transfer-Encoding: chunked\r\n\r\nff\r\n{"model"`],
    ["before its stream", whole],
  ])("that ends or drops the connection %s is in nobody's way", async (_, bytes) => {
    await leavingNothing(async () => {
      const sockets = Array.from({ length: 100 }, () =>
        connect({ port: mock.port, host: "127.0.0.1", allowHalfOpen: true }).on("error", () => {}),
      );
      for (const socket of sockets) socket.write(bytes);
      await Promise.all(sockets.map((socket) => socket.connecting && once(socket, "connect")));
      const other = open(chat("Still there?"));
      for (const [index, socket] of sockets.entries()) {
        if (index % 2 === 0) socket.resetAndDestroy();
        // Its own half is over, and it still reads.
        else
          socket
            .end()
            .resume()
            .once("end", () => socket.destroy());
      }
      const { status, text } = await answered(other);
      expect(status).toBe(200);
      expect(text).toContain("Still there?");
    });
  });

  it("that reads nothing keeps only itself waiting", async () => {
    await leavingNothing(async () => {
      const sockets = Array.from({ length: 50 }, () =>
        connect(mock.port, "127.0.0.1")
          .on("error", () => {})
          .pause(),
      );
      for (const socket of sockets) socket.write(whole);
      expect((await answered(open(chat("Hi.")))).status).toBe(200);
      for (const socket of sockets) socket.destroy();
    });
  });

  it("that vanishes ends the work on its stream", async () => {
    const slow = await start({ tps: 0.001, journal: false });
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    const asked = Array.from({ length: 100 }, () => open(streaming, slow));
    await Promise.all(asked.map((one) => once(one, "response")));
    // Each waits for its next frame.
    await expect.poll(timers).toBeGreaterThanOrEqual(before + 100);
    for (const one of asked) one.destroy();
    await expect.poll(timers).toBeLessThan(before + 20);
    await slow.close();
  });
});

describe("what is held to the contract", () => {
  it.each([
    ["an answer of another shape", { answer: { id: 7 } }],
    ["an error of another shape", { status: 400, answer: { error: "no" } }],
    ["an event of another shape", { answer: 'data: {"id":7}\n\ndata: [DONE]\n\n' }],
    ["a stream without an end", { answer: 'data: {"id":7}\n\n' }],
  ])("is not %s", async (_, changes) => {
    entries = [];
    await answered(open(chat("Hi.")));
    await expect.poll(() => entries.length).toBe(1);
    const [entry] = entries as [JournalEntry];
    expect(problemsOf(entry)).toEqual([]);
    expect(problemsOf({ ...entry, ...changes })).not.toEqual([]);
  });
});
