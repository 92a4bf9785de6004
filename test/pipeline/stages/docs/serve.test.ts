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
  const source = (name: string) => join(folder, `guides/${name}.md`);
  await mkdir(join(folder, "guides"));
  await mkdir(join(out, "docs/guides"), { recursive: true });
  await writeFile(join(folder, "openapi.json"), JSON.stringify(fixture()));
  await writeFile(source("1-care"), "# Care\n\nWhat pets need.");
  await writeFile(source("2-food"), "# Food\n\nWhat pets eat.");
  await writeFile(join(out, "docs/guides/own.md"), "mine");
  const [browser, address] = await Promise.all([
    launchBrowser(),
    start("--port", "0", "--input", join(folder, "openapi.json"), "--out", out),
  ]);
  try {
    const errors: string[] = [];
    const open = async (name: string, text: string) => {
      const page = await browser.newPage();
      page.setDefaultTimeout(60_000);
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      await page.goto(`${address}guides/${name}.html`);
      await page.getByText(text).waitFor();
      return page;
    };
    const [changed, gone] = [await open("care", "What pets need."), await open("food", "What pets eat.")];
    expect(errors).toEqual([]);
    await Promise.all([
      writeFile(source("1-care"), "# Care\n\nWhat cats need."),
      rename(source("2-food"), source("2-love")),
    ]);
    await changed.getByText("What cats need.").waitFor();
    await gone.getByText("There is no such page.").waitFor();
    const files = async () => (await readdir(join(out, "docs/guides"))).sort();
    const now = ["care.html", "care.md", "love.html", "love.md", "own.md"];
    await expect.poll(files, { timeout: 60_000 }).toEqual(now);
    expect((await fetch(`${address}guides/love.html`)).status).toBe(200);
    // What was served is for the time of writing; what was written is for readers.
    expect(await readFile(join(out, "docs/guides/care.html"), "utf8")).not.toContain("EventSource");
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
});
