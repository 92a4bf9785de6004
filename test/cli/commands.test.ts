import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { pauseAfter } from "../../scripts/cli/mock/workers.ts";
import { mockCommand } from "../../scripts/cli/mock.ts";
import { assertNode } from "../../scripts/cli/node-version.ts";
import { inProcess } from "./in-process.ts";

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

async function workersOf({ pid }: ChildProcess): Promise<number[]> {
  const { stdout } = await promisify(execFile)("pgrep", ["-P", String(pid)]);
  return stdout.trim().split("\n").map(Number);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
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
  let out: string;
  let started: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), "start-"));
    started = await start(/Ctrl\+C/, "scripts/cli/start.ts", "--port", "0", "--out", out);
    // It serves for all tests.
    running.splice(0);
  }, 300_000);
  afterAll(async () => {
    started?.child.kill("SIGKILL");
    await rm(out, { recursive: true });
  });

  it("runs every stage of the pipeline in order, prints how long each took, and gives the bytes that are committed", async () => {
    const printed = started.output.replaceAll(/ +\d+ ms {2}/g, " N ms ");
    expect(printed).toMatch(
      /^✓ contract N ms \d+ files\n✓ bundle N ms 2 files\n✓ types N ms 1 file\n✓ client N ms 2 files\n✓ docs N ms \d+ files\n✓ score N ms Redocly rates the document [\d.]+ of 100 for use by AI agents\n✓ lint N ms 0 findings\n✓ \S+: \d+ files changed\n/,
    );
    // The score was 86 when this was written. The floor is lower, to leave room for one more endpoint.
    const [, score] = /rates the document ([\d.]+) of 100/.exec(printed) ?? [];
    expect(Number(score)).toBeGreaterThanOrEqual(82);
    const made = (await readdir(out, { withFileTypes: true })).filter((entry) => entry.isFile());
    expect(made.map(({ name }) => name).sort()).toEqual([
      "api.md",
      "client.ts",
      "openapi.json",
      "openapi.yaml",
      "schema.ts",
    ]);
    for (const { name } of made) {
      const committed = await readFile(join(root, "generated", name), "utf8");
      const moved = (await readFile(join(out, name), "utf8")).replaceAll(relative(out, root), "..");
      expect(moved === committed, `generated/${name} is what is committed`).toBe(true);
    }
  });

  it("serves the docs and the mock on one address, and prints a curl line that works", async () => {
    const { output, child } = started;
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

  it("follows its options, prints JSON lines only with --json, the address first, and ends by SIGTERM", async () => {
    const args = ["--models", "a,b", "--api-key", "sk-one", "--seed", "7", "--json"];
    const { output, child } = await start(/\n/, "scripts/cli/mock.ts", "--port", "0", ...args);
    const { url, baseURL } = JSON.parse(output);
    expect(baseURL).toBe(`${url}/v1`);
    const lines = createInterface({ input: child.stdout as Readable })[Symbol.asyncIterator]();
    const ask = (token: string) =>
      fetch(`${baseURL}/models`, { headers: { authorization: `Bearer ${token}` } });
    const answer = await ask("sk-one");
    expect(((await answer.json()) as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual([
      "a",
      "b",
    ]);
    expect(JSON.parse((await lines.next()).value ?? "")).toMatchObject({
      method: "GET",
      path: "/v1/models",
      scenario: "catalogue",
      status: 200,
    });
    expect((await ask("x")).status).toBe(401);
    expect(JSON.parse((await lines.next()).value ?? "")).toMatchObject({ status: 401 });
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("shares a port among workers, replaces one that dies, and lets streams end after one Ctrl+C", async () => {
    const args = ["--port", "0", "--workers", "2", "--quiet", "--tps", "8"];
    const { output, child } = await start(/curl .+\n/, "scripts/cli/mock.ts", ...args);
    const url = /http\S+/.exec(output)?.[0] ?? "";
    const headers = { authorization: "Bearer x", connection: "close", "content-type": "application/json" };
    const ask = () => fetch(`${url}/models`, { headers });
    await expect.poll(() => workersOf(child), PATIENT).toHaveLength(2);
    const [first = 0] = await workersOf(child);
    process.kill(first, "SIGKILL");
    // The pause before a replacement and its start take longer the busier the machine is.
    const replaced = async () => (await workersOf(child)).filter((pid) => pid !== first).length;
    await expect.poll(replaced, PATIENT).toBe(2);
    await expect.poll(async () => (await ask()).status, PATIENT).toBe(200);
    const messages = [{ role: "user", content: "Say hello." }];
    const body = JSON.stringify({ model: "m", messages, stream: true });
    const streams = await Promise.all(
      Array.from({ length: 4 }, () => fetch(`${url}/chat/completions`, { method: "POST", headers, body })),
    );
    // A terminal's Ctrl+C reaches the workers too.
    for (const pid of [...(await workersOf(child)), child.pid ?? 0]) process.kill(pid, "SIGINT");
    for (const stream of streams) expect(await stream.text()).toMatch(/data: \[DONE\]\n\n$/);
    expect(await once(child, "exit")).toEqual([0, null]);
    await expect(ask()).rejects.toThrow();
  });

  it("stops all workers on SIGTERM", async () => {
    const { child } = await start(/listens\n.*listens\n/s, "test/cli/small-workers.ts", "living");
    const workers = await workersOf(child);
    expect(workers).toHaveLength(2);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(workers.filter(isAlive)).toEqual([]);
  });

  it("waits twice as long before each worker that follows an early death, and not at all after a good start", () => {
    expect([0, 1, 2, 3, 4, 5].map(pauseAfter)).toEqual([0, 100, 200, 400, 800, 1600]);
  });

  it("gives up with a message when every worker dies as soon as it listens", async () => {
    expect(await fails("test/cli/small-workers.ts", "dying")).toBe(
      "The workers die as soon as they start (exit code 7). The command gives up.\n",
    );
  });

  it("prints its address and a curl line that works, of a document that may be YAML; reads scenarios again after a change, and keeps the previous ones if the new ones are broken", async () => {
    const folder = await mkdtemp(join(tmpdir(), "scenarios-"));
    const file = join(folder, "models.yaml");
    const scenario = (id: string) => `operation: listModels\nx-when: {}\nvalue: {data: [{id: ${id}}]}\n`;
    await writeFile(file, scenario("one"));
    const args = ["--port", "0", "--input", "openapi/openapi.yaml", "--watch", "--scenarios", folder];
    const { output, child } = await start(/curl .+\n/, "scripts/cli/mock.ts", ...args);
    expect(output).toMatch(/^The mock of Routescope API listens at http:\/\/127\.0\.0\.1:\d+\/v1$/m);
    const { stdout } = await promisify(execFile)("sh", ["-c", `${/^curl .+$/m.exec(output)?.[0]} --silent`]);
    expect(JSON.parse(stdout)).not.toHaveProperty("error");
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => (said += data));
    const url = /http\S+/.exec(output)?.[0] ?? "";
    const first = async () => {
      const answer = await fetch(`${url}/models`, { headers: { authorization: "Bearer x" } });
      return ((await answer.json()) as { data: { id: string }[] }).data[0]?.id;
    };
    expect(await first()).toBe("one");
    await writeFile(file, scenario("two"));
    await expect.poll(first, PATIENT).toBe("two");
    await writeFile(file, "value: [1");
    await expect.poll(() => said, PATIENT).toMatch(/models\.yaml:1:\d+ {2}This is not YAML[\s\S]+served on/);
    expect(await first()).toBe("two");
    await writeFile(file, scenario("three"));
    await expect.poll(first, PATIENT).toBe("three");
    await rm(folder, { recursive: true });
  });

  it("reports that its port is taken, and what to do", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    expect((await inProcess(mockCommand, "--port", String(port))).stderr).toBe(
      `Port ${port} of 127.0.0.1 is taken.\n  End what listens there, or choose another with --port N (0 picks a free one).\n`,
    );
    server.close();
  });

  it("says once, for all workers, which option is wrong", async () => {
    const args = ["--port", "0", "--workers", "2", "--fault", "boom"];
    expect(await fails("scripts/cli/mock.ts", ...args)).toMatch(
      /^--fault boom: there is no fault boom\.[^\n]+\n$/,
    );
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
    [["--input", bomb], /YAML aliases that multiply one another/],
  ])("refuses %j with a message", async (args, message) => {
    const { code, stderr: output } = await inProcess(mockCommand, "--port", "0", ...args);
    expect(code).toBe(1);
    if (typeof message === "string") expect(output).toBe(message);
    else expect(output).toMatch(message);
  });
});
