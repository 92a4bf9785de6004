import { expect, it } from "vitest";
import { Counters } from "../../../scripts/mock/engine/counters.ts";
import { RateLimits } from "../../../scripts/mock/engine/rate-limits.ts";

it("numbers that are given back are taken again, the least first", () => {
  const counters = new Counters();
  const taken = Array.from({ length: 4 }, () => counters.take("a", "x"));
  for (const at of [3, 1, 2]) taken[at]?.giveBack();
  expect(Array.from({ length: 4 }, () => counters.take("a", "x").index)).toEqual([1, 2, 3, 4]);
});

it("each session counts by itself, and is forgotten by itself", () => {
  const counters = new Counters();
  for (const session of ["a", "ab"]) for (const name of ["x", "y"]) counters.take(session, name);
  counters.clear("a");
  expect(counters.size).toBe(2);
  expect(counters.take("a", "x").index).toBe(0);
  expect(counters.take("ab", "x").index).toBe(1);
});

it("10,000 counters are kept; the one that was not used for longest is forgotten", () => {
  const counters = new Counters();
  for (const name of ["first", "second", "first"]) counters.take("a", name);
  for (let count = 2; count < 10_001; count++) counters.take("a", String(count));
  expect(counters.size).toBe(10_000);
  expect(counters.take("a", "first").index).toBe(2);
  expect(counters.take("a", "second").index).toBe(0);
});

it("a limit is kept of 10,000 tokens; the one that came first is forgotten", () => {
  const limits = new RateLimits({ requests: 1 });
  limits.take("first", 0);
  expect(() => limits.take("first", 0)).toThrow("Rate limit reached");
  for (let count = 0; count < 10_000; count++) limits.take(String(count), 0);
  expect(limits.take("first", 0)["x-ratelimit-remaining-requests"]).toBe("0");
});

it("a request beyond the limit is told to wait for a whole second at least, until the minute is over", () => {
  let now = 0;
  const limits = new RateLimits({ tokens: 10 }, () => now);
  limits.take("a", 10);
  const retryAfter = () => {
    try {
      return limits.take("a", 1);
    } catch (error) {
      return (error as { headers: Record<string, string> }).headers["retry-after"];
    }
  };
  expect(retryAfter()).toBe("60");
  now = 59_900;
  expect(retryAfter()).toBe("1");
  now = 60_000;
  expect(retryAfter()).toMatchObject({ "x-ratelimit-remaining-tokens": "9" });
});
