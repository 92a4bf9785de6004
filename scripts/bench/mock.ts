/**
 * `npm run bench`: how many requests a second the mock answers, beside Prism's own server on the same contract and a
 * plain `node:http` server that returns the same JSON. In one run, taking turns; figures are medians, and ratios.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

const ROUNDS = 5;
const REQUESTS = 400;
const CONNECTIONS = 8;
const BODY = JSON.stringify({ model: "gpt-5.4", messages: [{ role: "user", content: "Hello" }] });

const file = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** Sends one chat completion. @returns the answer's body */
async function ask(port: number): Promise<string> {
  const headers = {
    authorization: "Bearer sk-bench",
    "content-type": "application/json",
    "content-length": BODY.length,
  };
  const call = request({
    port,
    host: "127.0.0.1",
    path: "/v1/chat/completions",
    method: "POST",
    headers,
    agent,
  });
  call.end(BODY);
  const [response] = await once(call, "response");
  if (response.statusCode !== 200) throw new Error(`Port ${port} answered ${response.statusCode}.`);
  let body = "";
  for await (const part of response) body += part;
  return body;
}

/** @returns requests per second */
async function measure(port: number): Promise<number> {
  const started = performance.now();
  let left = REQUESTS;
  const worker = async () => {
    while (left-- > 0) await ask(port);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return REQUESTS / ((performance.now() - started) / 1000);
}

/** Starts a server that takes `--port`, in a process of its own, and waits until it answers. */
async function serve(command: string, ...args: string[]): Promise<{ port: number; child: ChildProcess }> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  const env = { ...process.env, SCARF_ANALYTICS: "false" };
  const child = spawn(command, [...args, "--port", String(port)], { env, stdio: "ignore" });
  for (let tries = 0; tries < 100; tries++) {
    if (await ask(port).catch(() => undefined)) return { port, child };
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`${command} ${args.join(" ")} did not start.`);
}

const mock = await serve(process.execPath, file("scripts/mock/cli.ts"));
const prism = await serve(
  file("node_modules/.bin/prism"),
  "mock",
  file("generated/openapi.json"),
  "-v",
  "silent",
);
const sample = await ask(mock.port);
const plain = createServer((incoming, response) => {
  incoming.resume().once("end", () => response.setHeader("content-type", "application/json").end(sample));
}).listen(0, "127.0.0.1");
await once(plain, "listening");

const servers = {
  plain: (plain.address() as AddressInfo).port,
  mock: mock.port,
  "prism -v silent": prism.port,
};
const results: Record<string, number[]> = {};
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, port] of Object.entries(servers)) {
    const rate = await measure(port);
    // The first round warms up.
    if (round > 0) results[name] = [...(results[name] ?? []), rate];
  }
}
const median = (values: number[] = []) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const yardstick = median(results["prism -v silent"]);
for (const [name, rates] of Object.entries(results)) {
  const rate = median(rates);
  process.stdout.write(
    `${name.padEnd(16)}${rate.toFixed(0).padStart(7)} requests/s  ${(rate / yardstick).toFixed(1)} x prism\n`,
  );
}
for (const { child } of [mock, prism]) child.kill();
plain.close();
agent.destroy();
