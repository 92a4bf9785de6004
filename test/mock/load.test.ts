import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningMock } from "../../scripts/mock/index.ts";
import { ask, events, plain, start } from "./support.ts";

/** Many at once, and those that behave badly: nothing is lost for the others, and nothing is kept. */
let mock: RunningMock;
beforeAll(async () => {
  mock = await start();
});
afterAll(() => mock.close());

const body = JSON.stringify({ ...plain, stream: true });
const request = `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** Opens a connection that does as it is told, and never fails the test by itself. */
function open(send: string): Socket {
  const socket = connect(mock.port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write(send);
  return socket;
}

describe("under load", { timeout: 30_000 }, () => {
  it("500 paced streams at once are all whole, while as many clients vanish", async () => {
    mock.reset();
    const vanishing = Array.from({ length: 500 }, () => open(request));
    const whole = Promise.all(
      Array.from({ length: 500 }, async () => {
        const frames = events(await (await ask(mock, { ...plain, stream: true })).text());
        return [frames.at(-1), frames.length];
      }),
    );
    await sleep(50);
    for (const socket of vanishing) socket.resetAndDestroy();
    const results = await whole;
    const [first] = results;
    expect(first?.[0]).toBe("[DONE]");
    expect(results.every((result) => String(result) === String(first))).toBe(true);
  });

  it("bodies of 10 MB, deep ones and half requests do not hold up a small one", async () => {
    const large = JSON.stringify({ ...plain, messages: [{ role: "user", content: "x".repeat(10_000_000) }] });
    const deep = `{"model":"m","messages":[{"role":"user","content":${"[".repeat(100_000)}`;
    const half = Array.from({ length: 100 }, () => open(request.slice(0, 120)));
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => ask(mock, large)),
      ...Array.from({ length: 20 }, () => ask(mock, deep)),
      ...Array.from({ length: 20 }, () => ask(mock, plain)),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toEqual([...Array(5).fill(200), ...Array(20).fill(400), ...Array(20).fill(200)]);
    await Promise.all(answers.map((answer) => answer.text()));
    for (const socket of half) socket.destroy();
  });

  it("readers that take nothing keep only themselves waiting", async () => {
    const stalled = Array.from({ length: 50 }, () => open(request).pause());
    const { status } = await ask(mock, plain);
    expect(status).toBe(200);
    for (const socket of stalled) socket.destroy();
  });

  it("leaves nothing behind", async () => {
    const collect = globalThis.gc;
    mock.reset();
    const round = () =>
      Promise.all(
        Array.from({ length: 200 }, async () => (await ask(mock, { ...plain, stream: true })).text()),
      );
    await round();
    mock.reset();
    collect?.();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 3; i++) await round();
    mock.reset();
    collect?.();
    const grown = process.memoryUsage().heapUsed - before;
    // Without --expose-gc nothing is collected on purpose: the bound is of garbage then, too.
    expect(grown).toBeLessThan(200 * 1024 * 1024);
  });
});
