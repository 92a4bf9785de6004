/** `npm run docs`, and what a build leaves of the site that was there before. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { launchBrowser } from "../../../../scripts/bench/browser.ts";
import { build } from "../../../../scripts/pipeline/build.ts";
import { fixture } from "./fixture.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "serve-"));
  await mkdir(join(folder, "guides"));
  await writeFile(join(folder, "openapi.json"), JSON.stringify(fixture()));
  await writeFile(join(folder, "guides/1-care.md"), "# Care\n\nWhat pets need.");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Starts the command, and gives the address that it prints. */
async function start(...parameters: string[]): Promise<{ process: ChildProcess; address: string }> {
  const script = fileURLToPath(new URL("../../../../scripts/cli/docs.ts", import.meta.url));
  const child = spawn(process.execPath, [script, ...parameters], { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += chunk));
  await expect.poll(() => text, { timeout: 30_000 }).toMatch(/Docs {2}http/);
  return { process: child, address: /http\S+/.exec(text)![0] };
}

test("a page that is open is loaded again when its source has changed", async () => {
  const browser = await launchBrowser();
  const { process, address } = await start(
    "--port",
    "0",
    "--input",
    join(folder, "openapi.json"),
    "--out",
    join(folder, "out"),
  );
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(`${address}guides/care.html`);
    await page.getByText("What pets need.").waitFor();
    await writeFile(join(folder, "guides/1-care.md"), "# Care\n\nWhat cats need.");
    await page.getByText("What cats need.").waitFor();
    expect(errors).toEqual([]);

    await rename(join(folder, "guides/1-care.md"), join(folder, "guides/1-love.md"));
    await page.getByText("There is no such page.").waitFor();
    expect((await fetch(`${address}guides/love.html`)).status).toBe(200);
    // What was served is for the time of writing; what was written is for readers.
    expect(await readFile(join(folder, "out/docs/guides/love.html"), "utf8")).not.toContain("EventSource");
  } finally {
    process.kill();
    await browser.close();
  }
});

const input = () => join(folder, "openapi.json");
const files = async () =>
  (await readdir(join(folder, "docs"), { recursive: true })).filter((name) => name.startsWith("guides/"));

test("a build removes the pages that the contract no longer gives, and nothing else", async () => {
  await mkdir(join(folder, "docs/guides"), { recursive: true });
  await writeFile(join(folder, "docs/guides/own.md"), "mine");
  await build({ stage: "docs", input: input(), out: folder });
  expect((await files()).sort()).toEqual(["guides/care.html", "guides/care.md", "guides/own.md"]);
  await rm(join(folder, "guides/1-care.md"));
  await build({ stage: "docs", input: input(), out: folder });
  expect(await files()).toEqual(["guides/own.md"]);
});
