import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { assertNode } from "../../scripts/cli/node-version.ts";

/** Starts the commands of the README the way users do. */
const root = fileURLToPath(new URL("../../", import.meta.url));
const env = { ...process.env, NO_COLOR: "1" };
const running: ChildProcess[] = [];

/** How long to wait for what takes its time on a busy machine. */
const PATIENT = { timeout: 60_000, interval: 250 };

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null) continue;
    child.kill("SIGTERM");
    await once(child, "exit");
  }
});

/** Starts a command and waits until its output matches. */
async function start(wanted: RegExp, ...args: string[]): Promise<{ output: string; child: ChildProcess }> {
  const child = spawn(process.execPath, args, { cwd: root, env });
  running.push(child);
  let output = "";
  await new Promise<void>((done, fail) => {
    const read = (data: Buffer) => {
      output += data;
      if (wanted.test(output)) done();
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => fail(new Error(`It ended with ${code}:\n${output}`)));
  });
  return { output, child };
}

/** Runs a command that must fail with one clear message. @returns the message */
async function fails(...args: string[]): Promise<string> {
  const outcome = await promisify(execFile)(process.execPath, args, { cwd: root, env }).catch(
    (error) => error,
  );
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).not.toMatch(/^\s+at /m);
  return outcome.stderr;
}

describe("every command", () => {
  it("says which Node is needed before it fails on an older one in other words", async () => {
    const old = "Object.defineProperty(process.versions, 'node', { value: '20.20.2' })";
    for (const command of ["routescope.ts", "mock.ts"])
      expect(
        await fails(
          "--import",
          `data:text/javascript,${encodeURIComponent(old)}`,
          `scripts/cli/${command}`,
          "--nonsense",
        ),
      ).toMatch(/^This is Node 20\.20\.2, and Node \d+\.\d+ or newer is needed\.\n/);
  });

  it.each([
    ["22.11.9", false],
    ["22.12.0", true],
    ["24.0.0", true],
    ["9.99.0", false],
  ])("compares Node %s by its numbers, not by its letters", (version, isEnough) => {
    const compared = () => assertNode(version, ">=22.12");
    if (isEnough) expect(compared).not.toThrow();
    else expect(compared).toThrow(`This is Node ${version}`);
  });
});

describe("npm start", { timeout: 60_000 }, () => {
  it("serves the docs and the mock on one address, and prints a curl line that works", async () => {
    const out = await mkdtemp(join(tmpdir(), "start-"));
    const args = ["scripts/cli/start.ts", "--port", "0", "--out", out];
    const { output, child } = await start(/Ctrl\+C/, ...args);
    expect(await readdir(out)).toContain("openapi.json");
    const docs = /^Docs {2}(.+)$/m.exec(output)?.[1] ?? "";
    const mock = /^Mock {2}(.+)$/m.exec(output)?.[1] ?? "";
    const curl = /^curl .+$/m.exec(output)?.[0] ?? "";

    const page = await fetch(docs);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(await page.text()).toContain("Routescope API");
    expect((await fetch(`${mock}/models`)).status).toBe(401);
    const { stdout } = await promisify(execFile)("sh", ["-c", `${curl} --silent`]);
    expect(JSON.parse(stdout)).not.toHaveProperty("error");

    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([0, null]);
    await rm(out, { recursive: true });
  });
});

describe("npm run mock", () => {
  /** Ten aliases of ten aliases, nine levels deep: a billion items. */
  const bomb = join(mkdtempSync(join(tmpdir(), "bomb-")), "api.yaml");
  const levels = Array.from({ length: 9 }, (_, level) => {
    const item = level === 0 ? "{a: 1}" : `*l${level - 1}`;
    return `  l${level}: &l${level} [${Array(10).fill(item).join(", ")}]`;
  });
  beforeAll(() =>
    writeFile(
      bomb,
      `openapi: 3.1.1\ninfo: {title: Bomb, version: "1"}\npaths: {}\nx-bomb:\n${levels.join("\n")}\n`,
    ),
  );
  afterAll(() => rm(dirname(bomb), { recursive: true }));

  it("prints its address and a curl line that works", async () => {
    const { output } = await start(/curl .+\n/, "scripts/cli/mock.ts", "--port", "0");
    expect(output).toMatch(/^The mock of Routescope API listens at http:\/\/127\.0\.0\.1:\d+\/v1$/m);
    const { stdout } = await promisify(execFile)("sh", ["-c", `${/^curl .+$/m.exec(output)?.[0]} --silent`]);
    expect(JSON.parse(stdout)).not.toHaveProperty("error");
  });

  it("follows its options, and logs a line for each request", async () => {
    const args = ["--models", "a,b", "--api-key", "sk-one", "--seed", "7", "--json"];
    const { output, child } = await start(/\n/, "scripts/cli/mock.ts", "--port", "0", ...args);
    const url = JSON.parse(output).baseURL;
    const logged = once(child.stdout as Readable, "data");
    const answer = await fetch(`${url}/models`, { headers: { authorization: "Bearer sk-one" } });
    expect(((await answer.json()) as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual([
      "a",
      "b",
    ]);
    const [line] = await logged;
    expect(JSON.parse(String(line))).toMatchObject({
      path: "/v1/models",
      scenario: "catalogue",
      status: 200,
    });
    expect((await fetch(`${url}/models`, { headers: { authorization: "Bearer x" } })).status).toBe(401);
  });

  it("shares a port among workers, replaces a worker that dies, and stops all of them on SIGTERM", async () => {
    const args = ["--port", "0", "--workers", "2", "--quiet"];
    const { output, child } = await start(/curl .+\n/, "scripts/cli/mock.ts", ...args);
    const url = /http\S+/.exec(output)?.[0] ?? "";
    const ask = () => fetch(`${url}/models`, { headers: { authorization: "Bearer x", connection: "close" } });
    const workers = async () =>
      (await promisify(execFile)("pgrep", ["-P", String(child.pid)])).stdout.trim().split("\n");
    await expect.poll(workers, PATIENT).toHaveLength(2);
    const [first = ""] = await workers();
    process.kill(Number(first), "SIGKILL");
    // The pause before a replacement and its start take longer the busier the machine is.
    const replaced = async () => (await workers()).filter((pid) => pid !== first).length;
    await expect.poll(replaced, PATIENT).toBe(2);
    await expect.poll(async () => (await ask()).status, PATIENT).toBe(200);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    await expect(ask()).rejects.toThrow();
  });

  it("gives up with a message when every worker dies as soon as it listens", async () => {
    const dying = `
      import cluster from "node:cluster";
      import { Server } from "node:net";
      const { listen } = Server.prototype;
      if (cluster.isWorker)
        Server.prototype.listen = function (...args) {
          return listen.apply(this, args).once("listening", () => setTimeout(() => process.exit(7), 50));
        };`;
    const preload = ["--import", `data:text/javascript,${encodeURIComponent(dying)}`];
    const args = ["scripts/cli/mock.ts", "--port", "0", "--workers", "2", "--quiet"];
    expect(await fails(...preload, ...args)).toBe(
      "The workers die as soon as they start (exit code 7). The command gives up.\n",
    );
  });

  it("lets streams end in every worker after one Ctrl+C, which reaches the workers too", async () => {
    const args = ["--port", "0", "--workers", "2", "--quiet", "--tps", "8"];
    const { output, child } = await start(/curl .+\n/, "scripts/cli/mock.ts", ...args);
    const url = /http\S+/.exec(output)?.[0] ?? "";
    const messages = [{ role: "user", content: "Say hello." }];
    const streams = await Promise.all(
      Array.from({ length: 4 }, () =>
        fetch(`${url}/chat/completions`, {
          method: "POST",
          headers: { authorization: "Bearer x", "content-type": "application/json" },
          body: JSON.stringify({ model: "m", messages, stream: true }),
        }),
      ),
    );
    const { stdout } = await promisify(execFile)("pgrep", ["-P", String(child.pid)]);
    for (const pid of [...stdout.trim().split("\n").map(Number), child.pid ?? 0]) process.kill(pid, "SIGINT");
    for (const stream of streams) expect(await stream.text()).toMatch(/data: \[DONE\]\n\n$/);
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("prints JSON lines only with --json, the address first", async () => {
    const { output, child } = await start(/\n/, "scripts/cli/mock.ts", "--port", "0", "--json");
    const { url, baseURL } = JSON.parse(output);
    expect(baseURL).toBe(`${url}/v1`);
    const next = once(child.stdout as NodeJS.ReadableStream, "data");
    expect((await fetch(`${baseURL}/models`)).status).toBe(401);
    const [line] = await next;
    expect(JSON.parse(String(line))).toMatchObject({ method: "GET", path: "/v1/models", status: 401 });
    child.kill("SIGTERM");
    await once(child, "exit");
  });

  it("reads scenarios again after a change, and keeps the previous ones if the new ones are broken", async () => {
    const folder = await mkdtemp(join(tmpdir(), "scenarios-"));
    const file = join(folder, "models.yaml");
    const scenario = (id: string) => `operation: listModels\nx-when: {}\nvalue: {data: [{id: ${id}}]}\n`;
    await writeFile(file, scenario("one"));
    const args = ["--port", "0", "--watch", "--scenarios", folder];
    const { output, child } = await start(/curl .+\n/, "scripts/cli/mock.ts", ...args);
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => (said += data));
    const url = /http\S+/.exec(output)?.[0] ?? "";
    const first = async () => {
      const answer = await fetch(`${url}/models`, { headers: { authorization: "Bearer x" } });
      return ((await answer.json()) as { data: { id: string }[] }).data[0]?.id;
    };
    expect(await first()).toBe("one");
    await writeFile(file, scenario("two"));
    await expect.poll(first, { timeout: 5000 }).toBe("two");
    await writeFile(file, "value: [1");
    await expect
      .poll(() => said, { timeout: 5000 })
      .toMatch(/models\.yaml:1:\d+ {2}This is not YAML[\s\S]+served on/);
    expect(await first()).toBe("two");
    await writeFile(file, scenario("three"));
    await expect.poll(first, { timeout: 5000 }).toBe("three");
    await rm(folder, { recursive: true });
  });

  it("mocks another document, which may be YAML", async () => {
    const { output } = await start(
      /listens.+\n/,
      "scripts/cli/mock.ts",
      "--port",
      "0",
      "--input",
      "openapi/openapi.yaml",
    );
    const url = /http\S+/.exec(output)?.[0] ?? "";
    expect((await fetch(`${url}/models`, { headers: { authorization: "Bearer x" } })).status).toBe(200);
  });

  it("reports that its port is taken, and what to do", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    expect(await fails("scripts/cli/mock.ts", "--port", String(port))).toBe(
      `Port ${port} of 127.0.0.1 is taken.\n  End what listens there, or choose another with --port N (0 picks a free one).\n`,
    );
    server.close();
  });

  it.each([
    [["--port", "http"], "--port http is not a whole number from 0 to 65535.\n"],
    [["--port", "65536"], "--port 65536 is not a whole number from 0 to 65535.\n"],
    [["--prot", "1"], "Unknown option '--prot'. See --help.\n"],
    [["--input", "none.json"], /^none\.json {2}/],
    [["--input", "README.md"], /^README\.md/],
    [["--tps", "fast"], "--tps fast is not a number from 0 to 1000000.\n"],
    [["--chaos", "2"], "--chaos 2 is not a number from 0 to 1.\n"],
    [["--models", ","], "--models names none. Write it like --models a,b.\n"],
    [["--fault", "boom"], /^--fault boom: there is no fault boom\. There is latency, /],
    [["--scenarios", "none"], "none  There is no such file or folder of scenarios.\n"],
    [["--workers", "2", "--fault", "boom"], /^--fault boom: there is no fault boom\.[^\n]+\n$/],
    [["--input", bomb], /YAML aliases that multiply one another/],
  ])("refuses %j with a message", async (args, message) => {
    const output = await fails("scripts/cli/mock.ts", "--port", "0", ...args);
    if (typeof message === "string") expect(output).toBe(message);
    else expect(output).toMatch(message);
  });
});
