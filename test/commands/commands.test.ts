import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";

/** The commands of the README, started as their users start them. */
const root = fileURLToPath(new URL("../../", import.meta.url));
const env = { ...process.env, NO_COLOR: "1" };
const running: ChildProcess[] = [];

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null) continue;
    child.kill("SIGTERM");
    await once(child, "exit");
  }
});

/** Starts a command and waits until its output has what was waited for. */
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

/** Runs a command that is to fail. */
async function fails(...args: string[]): Promise<string> {
  const outcome = await promisify(execFile)(process.execPath, args, { cwd: root, env }).catch(
    (error) => error,
  );
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).not.toMatch(/^\s+at /m);
  return outcome.stderr;
}

describe("npm start", { timeout: 60_000 }, () => {
  it("serves the docs and the mock on one address, and prints a curl line that works", async () => {
    const { output, child } = await start(/Ctrl\+C/, "scripts/start.ts", "--port", "0");
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
  it("prints where it is and a curl line that works", async () => {
    const { output } = await start(/curl .+\n/, "scripts/mock/cli.ts", "--port", "0");
    expect(output).toMatch(/^The mock of Routescope API listens at http:\/\/127\.0\.0\.1:\d+\/v1$/m);
    const { stdout } = await promisify(execFile)("sh", ["-c", `${/^curl .+$/m.exec(output)?.[0]} --silent`]);
    expect(JSON.parse(stdout)).not.toHaveProperty("error");
  });

  it("says that its port is taken, and what to do", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    expect(await fails("scripts/mock/cli.ts", "--port", String(port))).toBe(
      `Port ${port} of 127.0.0.1 is taken.\n  End what listens there, or choose another with --port N (0 picks a free one).\n`,
    );
    server.close();
  });

  it.each([
    [["--port", "http"], "--port http is not a whole number from 0 to 65535.\n"],
    [["--port", "65536"], "--port 65536 is not a whole number from 0 to 65535.\n"],
    [["--prot", "1"], "Unknown option '--prot'. See --help.\n"],
    [
      ["--contract", "none.json"],
      "none.json  There is no such file.\n  `npm run build` writes generated/openapi.json.\n",
    ],
    [
      ["--contract", "README.md"],
      /^README\.md {2}This is not JSON\.\n {2}It must be OpenAPI in one JSON file\./,
    ],
  ])("refuses %j", async (args, message) => {
    const output = await fails("scripts/mock/cli.ts", ...args);
    if (typeof message === "string") expect(output).toBe(message);
    else expect(output).toMatch(message);
  });
});
