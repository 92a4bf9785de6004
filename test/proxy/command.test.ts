import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** The command as it is typed: JSON lines, and the exit code of --fail-on-drift. */
const root = fileURLToPath(new URL("../../", import.meta.url));

async function runWith(list: object, ...options: string[]) {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(list));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const upstream = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const child = spawn(
    join(root, "node_modules/.bin/node"),
    ["scripts/cli/routescope.ts", "proxy", "--upstream", upstream, "--port", "0", "--json", ...options],
    { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
  );
  const lines: Record<string, unknown>[] = [];
  const reader = createInterface({ input: child.stdout });
  try {
    for await (const line of reader) {
      lines.push(JSON.parse(line));
      if (lines.length > 1) continue;
      await (await fetch(`${lines[0]?.["baseURL"]}/models`)).text();
      child.kill("SIGINT");
    }
    const [code] = child.exitCode === null ? await once(child, "exit") : [child.exitCode];
    return { code, lines };
  } finally {
    child.kill("SIGKILL");
    server.closeAllConnections();
    server.close();
  }
}

test("--fail-on-drift ends with 1 after an answer that contradicts the contract", async () => {
  const { code, lines } = await runWith({ object: "list" }, "--fail-on-drift");
  expect(lines.some(({ pointer, kind, final }) => pointer === "/data" && kind === "break" && !final)).toBe(
    true,
  );
  expect(lines.at(-1)).toMatchObject({ pointer: "/data", kind: "break", count: 1, final: true });
  expect(code).toBe(1);
});

test("--fail-on-drift ends with 0 where nothing contradicts the contract", async () => {
  const { code, lines } = await runWith({ object: "list", data: [{ id: "gpt-5.4" }] }, "--fail-on-drift");
  expect(lines).toHaveLength(1);
  expect(code).toBe(0);
});
