import type { ChildProcess } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { DOCUMENT, redocly } from "../../../scripts/pipeline/stages/redocly.ts";

/** The processes that were started. */
const started = vi.hoisted((): ChildProcess[] => []);
vi.mock("node:child_process", async (original) => {
  const actual = await original<typeof import("node:child_process")>();
  const fork = (...given: Parameters<typeof actual.fork>) => {
    const child = actual.fork(...given);
    started.push(child);
    return child;
  };
  return { ...actual, fork };
});

/** The document is small: what counts is what surrounds the command. */
const document = { openapi: "3.1.1", info: { title: "Pets", version: "1" }, paths: {} };
const score = () => redocly(document, ["score", DOCUMENT, "--format", "json"]);
const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith("redocly-"));

beforeAll(async () => {
  // The files of other tests have theirs.
  vi.stubEnv("TMPDIR", await mkdtemp(join(tmpdir(), "redocly-test-")));
});
afterAll(() => {
  started.at(-1)?.kill();
  vi.unstubAllEnvs();
});

it("runs all commands of Redocly in one process, each with its own folder, output and end", async () => {
  const outcomes = await Promise.allSettled([
    score(),
    redocly(document, ["build-docs", DOCUMENT, "--output", "page.html"], { output: "page.html" }),
    redocly({ ...document, openapi: "7" }, ["build-docs", DOCUMENT]),
    redocly(document, ["score", "missing.json"]),
  ]);
  expect(outcomes).toEqual([
    { status: "fulfilled", value: expect.stringContaining('"agentReadiness"') },
    { status: "fulfilled", value: expect.stringContaining("<title>Pets</title>") },
    { status: "rejected", reason: new Error("Unsupported OpenAPI version: 7") },
    {
      status: "rejected",
      reason: expect.objectContaining({ message: expect.stringMatching(/^missing\.json does not exist/) }),
    },
  ]);
  expect(JSON.parse(await score())).toHaveProperty("agentReadiness");
  expect(started).toHaveLength(1);
  expect(folders()).toEqual([]);
});

it("leaves no folder behind when its parent ends in the middle of a command", async () => {
  const cut = score();
  await expect.poll(folders).toHaveLength(1);
  started.at(-1)?.disconnect();
  await expect(cut).rejects.toThrow("Redocly's process ended with 0.");
  expect(folders()).toEqual([]);
});

it("fails the command whose process is killed, and starts another process for the next one", async () => {
  const killed = score();
  started.at(-1)?.kill("SIGKILL");
  await expect(killed).rejects.toThrow("Redocly's process ended with SIGKILL.");
  const before = started.length;
  expect(JSON.parse(await score())).toHaveProperty("agentReadiness");
  expect(started).toHaveLength(before + 1);
});
