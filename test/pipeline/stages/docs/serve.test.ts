/** `npm run docs`, and what its builds leave of the site that was there before. */
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { launchBrowser } from "../../../../scripts/bench/browser.ts";
import { fixture } from "./fixture.ts";

/** Starts the command, which ends with the test, and gives the address that it prints. */
async function start(...parameters: string[]): Promise<string> {
  const script = fileURLToPath(new URL("../../../../scripts/cli/docs.ts", import.meta.url));
  const child = spawn(process.execPath, [script, ...parameters], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill());
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += chunk));
  await expect.poll(() => text, { timeout: 60_000 }).toMatch(/Docs {2}http/);
  return /http\S+/.exec(text)![0];
}

test("a page that is open is loaded again when its source has changed, and goes when its source goes; other files stay", async () => {
  const folder = await mkdtemp(join(tmpdir(), "serve-"));
  const out = join(folder, "out");
  const source = join(folder, "guides/1-care.md");
  await mkdir(join(folder, "guides"));
  await mkdir(join(out, "docs/guides"), { recursive: true });
  await writeFile(join(folder, "openapi.json"), JSON.stringify(fixture()));
  await writeFile(source, "# Care\n\nWhat pets need.");
  await writeFile(join(out, "docs/guides/own.md"), "mine");
  const files = async () => (await readdir(join(out, "docs/guides"))).sort();
  const [browser, address] = await Promise.all([
    launchBrowser(),
    start("--port", "0", "--input", join(folder, "openapi.json"), "--out", out),
  ]);
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    const errors: string[] = [];
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(`${address}guides/care.html`);
    await page.getByText("What pets need.").waitFor();
    expect(await files()).toEqual(["care.html", "care.md", "own.md"]);
    await writeFile(source, "# Care\n\nWhat cats need.");
    await page.getByText("What cats need.").waitFor();
    expect(errors).toEqual([]);
    // What was served is for the time of writing; what was written is for readers.
    expect(await readFile(join(out, "docs/guides/care.html"), "utf8")).not.toContain("EventSource");

    await rename(source, join(folder, "guides/1-love.md"));
    await page.getByText("There is no such page.").waitFor();
    expect((await fetch(`${address}guides/love.html`)).status).toBe(200);
    expect(await files()).toEqual(["love.html", "love.md", "own.md"]);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
});
