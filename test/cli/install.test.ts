/** What `npm ci` prints on a Node that is older than the tools ask for: `.npmrc` keeps npm's engine warnings away. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const settings = fileURLToPath(new URL("../../.npmrc", import.meta.url));
/** The npm that runs the tests sets variables that would override the file. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
let folder: string;

async function install(): Promise<{ code: number; output: string }> {
  const args = ["install", "--offline", "--install-links", "--no-audit", "--no-fund"];
  const result = await promisify(execFile)("npm", args, { cwd: folder, env }).catch((error) => error);
  return { code: result.code ?? 0, output: result.stdout + result.stderr };
}

/** A project with one dependency, which asks for a Node that does not exist yet. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "install-"));
  await mkdir(join(folder, "tool"));
  const tool = { name: "tool", version: "1.0.0", engines: { node: ">=999" } };
  await writeFile(join(folder, "tool/package.json"), JSON.stringify(tool));
  await writeFile(join(folder, "package.json"), JSON.stringify({ dependencies: { tool: "file:./tool" } }));
});
afterEach(() => rm(folder, { recursive: true }));

describe("npm with our .npmrc", () => {
  it("prints no engine warning, where npm without it prints one", async () => {
    expect((await install()).output).toContain("EBADENGINE");
    await rm(join(folder, "node_modules"), { recursive: true });
    await rm(join(folder, "package-lock.json"));
    await cp(settings, join(folder, ".npmrc"));
    expect(await install()).toEqual({ code: 0, output: expect.not.stringContaining("warn") });
  });

  it("prints errors as before", async () => {
    await cp(settings, join(folder, ".npmrc"));
    await writeFile(join(folder, "package.json"), "{");
    expect(await install()).toEqual({
      code: 1,
      output: expect.stringContaining("npm error code EJSONPARSE"),
    });
  });
});
