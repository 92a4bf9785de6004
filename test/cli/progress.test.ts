import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { progress } from "../../scripts/cli/progress.ts";

const COLOUR = new RegExp(`${"\u001b"}\\[\\d+m`, "g");

/** What a step prints while it runs and when it is done. */
describe("progress", () => {
  let written = "";
  const { isTTY } = process.stdout;

  beforeEach(() => {
    written = "";
    vi.stubEnv("CI", undefined);
    vi.useFakeTimers();
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      // Colours are styleText's part; compare the text.
      written += String(text).replaceAll(COLOUR, "");
      return true;
    });
  });
  afterEach(() => {
    process.stdout.isTTY = isTTY;
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  const step = () =>
    progress(
      "types",
      () => new Promise((done) => setTimeout(() => done(7), 200)),
      (n) => `${n} files`,
    );

  it("shows a spinner on a terminal, then replaces it by one line", async () => {
    process.stdout.isTTY = true;
    const result = step();
    await vi.advanceTimersByTimeAsync(200);
    expect(await result).toBe(7);
    expect(written).toBe("\r⠋ types\r⠙ types\r⠹ types\r\u001b[K✓ types      200 ms  7 files\n");
  });

  it("writes only the last line when the output is not a terminal", async () => {
    process.stdout.isTTY = false;
    const result = step();
    await vi.advanceTimersByTimeAsync(200);
    await result;
    expect(written).toBe("✓ types      200 ms  7 files\n");
  });

  it("marks the step that failed, and stops the spinner", async () => {
    process.stdout.isTTY = true;
    await expect(progress("types", () => Promise.reject(new Error("no")), String)).rejects.toThrow("no");
    expect(written).toBe("\r⠋ types\r\u001b[K✗ types\n");
    expect(vi.getTimerCount()).toBe(0);
  });
});
