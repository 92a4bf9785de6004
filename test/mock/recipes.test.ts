import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { ask, start } from "./support.ts";

/** The guide's examples of tests, run as they stand in the test runners that they are for. */
const root = fileURLToPath(new URL("../../", import.meta.url));
const guide = await readFile(join(root, "scripts/mock/README.md"), "utf8");
const run = promisify(execFile);
const require = createRequire(import.meta.url);
/** Below the repository, so that they find its packages. */
const folder = join(root, ".tmp", `recipes-${process.pid}`);
await mkdir(folder, { recursive: true });
afterAll(() => rm(folder, { recursive: true }));

/** Writes the block of code that begins with the name of a file. @returns that file */
async function written(name: string, from = "", to = ""): Promise<string> {
  const blocks = guide.matchAll(/^```\w+\n([\s\S]*?)^```$/gm);
  const found = [...blocks]
    .map(([, code = ""]) => code)
    .find((code) => /^\S+ (\S+?):?\s/.exec(code)?.[1] === name);
  if (found === undefined) throw new Error(`The guide has no ${name}.`);
  const file = join(folder, name);
  await writeFile(file, from === "" ? found : found.replaceAll(from, to));
  return file;
}

// Its test becomes one of this file.
await import(await written("retry.test.ts", "@routescope/testing", join(root, "scripts/mock/index.ts")));

describe("The guide has an example", () => {
  // Python does not come from npm.
  it.skipIf(spawnSync("python3", ["--version"]).error)("for pytest that works", async () => {
    await using mock = await start();
    const file = await written("test_weather.py", "127.0.0.1:4010", new URL(mock.url).host);
    const hasPytest = spawnSync("python3", ["-m", "pytest", "--version"]).status === 0;
    if (!hasPytest) await writeFile(file, `${await readFile(file, "utf8")}\ntest_weather()\n`);
    const args = hasPytest ? ["-m", "pytest", "-q", "-p", "no:cacheprovider", file] : [file];
    // Plugins of this machine are not part of the recipe.
    const env = { ...process.env, PYTEST_DISABLE_PLUGIN_AUTOLOAD: "1" };
    const { stdout, stderr } = await run("python3", args, { env });
    expect([stderr, hasPytest && !stdout.includes("1 passed")]).toEqual(["", false]);
    const answer = await ask(mock, { model: "m", messages: [{ role: "user", content: "x" }] });
    expect((await answer.json()).choices[0].message.content).toBe("It is 18 °C.");
  });

  it("for Playwright that works", async () => {
    // Below the ports that a system gives away by itself, so that no other test has it.
    const port = 20_000 + (process.pid % 10_000);
    const command = `${process.execPath} ${join(root, "scripts/cli/mock.ts")}`;
    const config = await written("playwright.config.ts", "npx routescope mock", command);
    const spec = await written("weather.spec.ts");
    for (const file of [config, spec])
      await writeFile(file, (await readFile(file, "utf8")).replaceAll("4010", String(port)));
    const cli = require.resolve("@playwright/test/cli");
    const options = ["--config", config, "--output", join(folder, "results"), "--reporter", "line"];
    const { stdout } = await run(process.execPath, [cli, "test", spec, ...options]);
    expect(stdout).toContain("1 passed");
  });

  // Jest brings 278 packages along: a job of the workflow installs it.
  const jest = join(root, "node_modules/jest/bin/jest.js");
  if (existsSync(jest))
    it("for Jest that works", async () => {
      await written("models.test.mjs");
      const installed = join(folder, "node_modules/@routescope/testing");
      const { bundleTesting } = await import("../../scripts/package/bundle-testing.ts");
      const { files } = await bundleTesting(installed);
      await cp(join(root, "generated/openapi.json"), join(installed, "generated/openapi.json"));
      await writeFile(
        join(installed, "package.json"),
        JSON.stringify({ type: "module", exports: `./${files.module}` }),
      );
      await writeFile(join(folder, "package.json"), "{}");
      const env = { ...process.env, NODE_OPTIONS: "--experimental-vm-modules" };
      const { stderr } = await run(process.execPath, [jest, "--rootDir", folder, "models"], {
        cwd: folder,
        env,
      });
      expect(stderr).toContain("1 passed");
    });
});
