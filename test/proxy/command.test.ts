import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { proxyCommand } from "../../scripts/cli/proxy.ts";
import { inProcess } from "../cli/in-process.ts";
import { startUpstream } from "./support.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** An upstream whose every answer is a list. */
async function listing(list: object) {
  const upstream = await startUpstream();
  onTestFinished(async () => void (await upstream.close()));
  upstream.answer((request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(list));
  });
  return upstream;
}

/** The command as it is typed: JSON lines. After the first, models are listed through the proxy; the next ends it. */
async function typed(upstream: string, ...options: string[]) {
  const child = spawn(
    join(root, "node_modules/.bin/node"),
    ["scripts/cli/routescope.ts", "proxy", "--upstream", upstream, "--port", "0", "--json", ...options],
    { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  const exit = once(child, "exit");
  const lines: Record<string, unknown>[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(JSON.parse(line));
    if (lines.length > 1) continue;
    await (await fetch(`${lines[0]?.["baseURL"]}/models`)).text();
    child.kill("SIGINT");
  }
  const [code] = await exit;
  return { code, lines };
}

test("--fail-on-drift ends with 1 after an answer that contradicts the contract", async () => {
  const upstream = await listing({ object: "list" });
  const { code, lines } = await typed(`${upstream.url}/v1`, "--fail-on-drift");
  expect(lines.some(({ pointer, kind, final }) => pointer === "/data" && kind === "break" && !final)).toBe(
    true,
  );
  expect(lines.at(-1)).toMatchObject({ pointer: "/data", kind: "break", count: 1, final: true });
  expect(code).toBe(1);
});

test("--fail-on-drift ends with 0 where nothing contradicts the contract", async () => {
  const upstream = await listing({ object: "list", data: [{ id: "gpt-5.4" }] });
  const asked = async (args: string[]) => {
    const running = proxyCommand(args);
    // Its first line says that it listens.
    await vi.waitUntil(() => vi.mocked(process.stdout.write).mock.calls.length > 0, { timeout: 60_000 });
    const { baseURL } = JSON.parse(String(vi.mocked(process.stdout.write).mock.calls[0]?.[0]));
    await (await fetch(`${baseURL}/models`)).text();
    process.emit("SIGINT");
    await running;
  };
  const { code, stdout } = await inProcess(
    asked,
    ...["--upstream", `${upstream.url}/v1`, "--port", "0", "--json", "--fail-on-drift"],
  );
  expect(stdout.trim().split("\n")).toHaveLength(1);
  expect(code).toBe(0);
});
