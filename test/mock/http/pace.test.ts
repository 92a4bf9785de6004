import { expect, it } from "vitest";
import { DISTRIBUTIONS, interval, jittered, wholeDelay } from "../../../scripts/mock/http/pace.ts";
import { random } from "../../../scripts/shared/random.ts";

it("a stream comes at 200 frames a second, or faster, so that none takes over 3 seconds", () => {
  expect(interval({}, 100)).toBe(5);
  expect(interval({}, 6000)).toBe(0.5);
});

it("tps counts tokens, of which a frame may have several; 0 is without a wait", () => {
  expect(interval({ tps: 10 }, 5)).toBe(100);
  expect(interval({ tps: 10 }, 5, 20)).toBe(400);
  expect(interval({ tps: 0 }, 5, 20)).toBe(0);
});

it("an answer that is not a stream takes as long as its stream would", () => {
  expect(wholeDelay({ ttft: 5, tps: 10 }, 3)).toBe(305);
  expect(wholeDelay({ tps: 0 }, 3)).toBe(0);
});

it.each(DISTRIBUTIONS)(
  "jitter leaves the mean wait as it is, and no wait is below zero: %s",
  (distribution) => {
    const numbers = random(7);
    const waits = Array.from({ length: 20_000 }, () => jittered(100, { jitter: 0.3, distribution }, numbers));
    const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
    expect(Math.abs(mean - 100)).toBeLessThan(1);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
    const isSpread = distribution !== "fixed";
    expect(Math.max(...waits) > 110).toBe(isSpread);
  },
);
