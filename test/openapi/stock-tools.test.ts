import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/**
 * Checks generated/openapi.yaml with the unmodified command lines of other tools. They run in an empty folder, out of
 * reach of this repository's configuration.
 */
const root = fileURLToPath(new URL("../../", import.meta.url));
const contract = join(root, "generated/openapi.yaml");
const bin = (name: string) => join(root, "node_modules/.bin", name);
const env = { ...process.env, REDOCLY_TELEMETRY: "off", SCARF_ANALYTICS: "false", NO_COLOR: "1" };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stock-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (command: string, ...args: string[]) =>
  promisify(execFile)(bin(command), args, { cwd: folder, env, maxBuffer: 1e8 });

describe("generated/openapi.yaml in other tools", { timeout: 60_000 }, () => {
  it("passes redocly lint without a finding", async () => {
    const { stderr, stdout } = await run("redocly", "lint", contract);
    expect(`${stdout}${stderr}`).toContain("Your API description is valid");
    expect(`${stdout}${stderr}`).not.toMatch(/warning/i);
  });

  it("passes spectral lint with spectral:oas without a finding", async () => {
    await writeFile(join(folder, "ruleset.yaml"), "extends: spectral:oas\n");
    const { stdout } = await run(
      "spectral",
      "lint",
      contract,
      "--ruleset",
      "ruleset.yaml",
      "--fail-severity",
      "hint",
    );
    expect(stdout).toContain("No results with a severity of 'hint' or higher found!");
  });

  it("gives types that compile through openapi-typescript", async () => {
    await run("openapi-typescript", contract, "--output", "schema.ts");
    const types = await readFile(join(folder, "schema.ts"), "utf8");
    expect(types).toContain("ChatCompletionCreateParams");
    await promisify(execFile)(bin("tsgo"), ["--noEmit", "--strict", "--target", "es2022", "schema.ts"], {
      cwd: folder,
    });
  });

  it("is served by prism mock, which validates, answers and streams by Accept", async () => {
    const port = await freePort();
    const prism = spawn(bin("prism"), ["mock", contract, "--port", String(port)], { cwd: folder, env });
    try {
      await listening(prism);
      const ask = (body: unknown, headers: Record<string, string> = {}) =>
        fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
          method: "POST",
          headers: { authorization: "Bearer sk-test", "content-type": "application/json", ...headers },
          body: JSON.stringify(body),
        });
      const plain = { model: "gpt-5.4", messages: [{ role: "user", content: "Hi" }] };
      const answer = await ask(plain);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ object: "chat.completion" });
      // If Prism's Ajv cannot compile one of the schemas, it silently validates nothing.
      expect((await ask({ ...plain, temperature: 99 })).status).toBe(400);
      expect((await ask({ ...plain, messages: [] })).status).toBe(400);
      expect((await ask(plain, { authorization: "" })).status).toBe(401);
      const stream = await ask({ ...plain, stream: true }, { accept: "text/event-stream" });
      expect(stream.headers.get("content-type")).toContain("text/event-stream");
      expect(await stream.text()).toMatch(/^data: \{.*\n\ndata: \[DONE\]\n\n$/s);
      const limited = await ask(plain, { prefer: "code=429" });
      expect(limited.status).toBe(429);
      expect(limited.headers.get("retry-after")).toMatch(/^\d+$/);
      const models = await fetch(`http://127.0.0.1:${port}/v1/models`, {
        headers: { authorization: "Bearer sk-test" },
      });
      expect(((await models.json()) as { data: unknown[] }).data).toHaveLength(24);
    } finally {
      prism.kill();
      await once(prism, "exit");
    }
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

async function listening(child: ReturnType<typeof spawn>): Promise<void> {
  let output = "";
  await new Promise<void>((done, fail) => {
    const read = (data: Buffer) => {
      output += data;
      if (/listening on/i.test(output)) done();
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", () => fail(new Error(`It ended before it listened:\n${output}`)));
  });
}
