/** What the proxy keeps of the traffic is bounded, for one exchange and for all: beyond that it passes unchecked. */
import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import type { PassedExchange } from "../../scripts/proxy/passed-exchange.ts";
import { Taps } from "../../scripts/proxy/tap.ts";

const MIB = Buffer.alloc(1024 * 1024);
const request = { method: "POST", url: "/v1/pets", headers: {} } as IncomingMessage;

/** Taps whose exchanges are not looked at until `done` is called. */
function taps() {
  const delivered: { exchange: PassedExchange; done: () => void }[] = [];
  const all = new Taps((exchange, done) => delivered.push({ exchange, done }));
  const pass = (sent: number, answered: number) => {
    const observer = all.observe(request);
    for (let part = 0; part < sent; part++) observer.requestPart(MIB);
    observer.answerHead(200, []);
    for (let part = 0; part < answered; part++) observer.answerPart(MIB);
    return observer;
  };
  return { all, delivered, pass };
}

test("an exchange of 8 MiB is handed on, and a larger one is counted as unchecked", () => {
  const { all, delivered, pass } = taps();
  pass(4, 4).end("complete");
  expect(delivered.map(({ exchange }) => exchange.request.length + exchange.answer.length)).toEqual([
    8 * MIB.length,
  ]);
  expect(all.unchecked).toBe(0);
  for (const observer of [pass(4, 5), pass(9, 0), pass(0, 12)]) observer.end("complete");
  expect(delivered).toHaveLength(1);
  expect(all.unchecked).toBe(3);
});

test("96 MiB are held at most: what comes then passes unchecked, until something else is done", () => {
  const { all, delivered, pass } = taps();
  const open = Array.from({ length: 12 }, () => pass(8, 0));
  pass(1, 0).end("complete");
  expect([delivered.length, all.unchecked]).toEqual([0, 1]);
  // One that grows too large, and one without an answer, are held no longer.
  open[0]?.requestPart(MIB);
  open[1]?.end("failed");
  for (let count = 0; count < 2; count++) pass(8, 0).end("complete");
  expect([delivered.length, all.unchecked]).toEqual([2, 1]);
  pass(1, 0).end("complete");
  expect([delivered.length, all.unchecked]).toEqual([2, 2]);
  // One that was looked at makes room.
  delivered[0]?.done();
  pass(1, 0).end("complete");
  expect([delivered.length, all.unchecked]).toEqual([3, 2]);
});
