import { afterEach, describe, expect, it, vi } from "vitest";
import { APIConnectionError, APIError, APIUserAbortError } from "../../scripts/client/errors.ts";
import { retryDelay, sleep } from "../../scripts/client/retry.ts";

function delay(headers: Record<string, string>, tries = 0): number | undefined {
  return retryDelay(new APIError(429, undefined, "", new Headers(headers)), tries);
}

afterEach(() => vi.restoreAllMocks());

describe("the pause before another try", () => {
  it.each([
    [{ "retry-after": "2" }, 2000],
    [{ "retry-after": "0" }, 0],
    [{ "retry-after": "0.25" }, 250],
    [{ "retry-after": "60" }, 60_000],
    [{ "retry-after-ms": "15" }, 15],
    [{ "retry-after-ms": "15", "retry-after": "2" }, 15],
    [{ "retry-after-ms": "soon", "retry-after": "2" }, 2000],
  ])("is what the server says: %o", (headers, expected) => {
    expect(delay(headers)).toBe(expected);
  });

  it("may be told as a date", () => {
    vi.spyOn(Date, "now").mockReturnValue(Date.parse("2026-11-23T10:00:00Z"));
    expect(delay({ "retry-after": "Mon, 23 Nov 2026 10:00:07 GMT" })).toBe(7000);
  });

  it.each(["61", "99999", "Infinity", "Mon, 23 Nov 2099 10:00:07 GMT"])("is not worth it: %s", (value) => {
    expect(delay({ "retry-after": value })).toBeUndefined();
  });

  it.each([
    {},
    { "retry-after": "soon" },
    { "retry-after": "" },
    { "retry-after": "1, 1" },
    { "retry-after": "try 1" },
    { "retry-after": "-5" },
    { "retry-after": "-0" },
    { "retry-after": "0x0" },
    { "retry-after": "0e0" },
    { "retry-after-ms": "-5" },
    { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" },
  ])("doubles where the server names no time to come, up to eight seconds: %o", (headers) => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    expect([0, 1, 2, 3, 4, 5, 50].map((tries) => delay(headers, tries))).toEqual([
      500, 1000, 2000, 4000, 8000, 8000, 8000,
    ]);
    vi.spyOn(Math, "random").mockReturnValue(1);
    expect(delay(headers, 4)).toBe(6000);
  });

  it("is not there for an abort, and is for a lost connection", () => {
    expect(retryDelay(new APIUserAbortError(), 0)).toBeUndefined();
    expect(retryDelay(new APIConnectionError(), 0)).toBeGreaterThan(0);
  });
});

describe("sleep", () => {
  it("lets go of the signal", async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    await sleep(1, signal);
    expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
  });

  it("does not begin once aborted", async () => {
    await expect(sleep(60_000, AbortSignal.abort("enough"))).rejects.toHaveProperty("cause", "enough");
  });
});
