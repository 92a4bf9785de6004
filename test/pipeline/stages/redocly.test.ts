import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { DOCUMENT, withRedocly } from "../../../scripts/pipeline/stages/redocly.ts";

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
const score = () => withRedocly(document, (_, redocly) => redocly("score", DOCUMENT, "--format", "json"));

afterAll(() => started.at(-1)?.kill());

it("runs all commands of Redocly in one process, each with its own folder, output and end", async () => {
  const folders: string[] = [];
  const outcomes = await Promise.allSettled([
    score(),
    withRedocly(document, async (folder, redocly) => {
      folders.push(folder);
      await redocly("build-docs", DOCUMENT, "--output", "page.html");
      return readFile(join(folder, "page.html"), "utf8");
    }),
    withRedocly({ ...document, openapi: "7" }, (_, redocly) => redocly("build-docs", DOCUMENT)),
    withRedocly(document, (_, redocly) => redocly("score", "missing.json")),
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
  expect(folders.filter((folder) => existsSync(folder))).toEqual([]);
});

it("fails the command whose process is killed, and starts another process for the next one", async () => {
  const killed = withRedocly(document, (_, redocly) => {
    const output = redocly("score", DOCUMENT);
    started.at(-1)?.kill("SIGKILL");
    return output;
  });
  await expect(killed).rejects.toThrow("Redocly's process ended with SIGKILL.");
  expect(JSON.parse(await score())).toHaveProperty("agentReadiness");
  expect(started).toHaveLength(2);
});
