/**
 * `npm run bench:proxy`: what the proxy adds to a stream, beside a bare `node:http` proxy that only passes bytes on: CPU for
 * each chunk, time to the first byte, and memory for each of a thousand streams that are open at once. The proxies take
 * turns in one run; figures are medians. Needs Linux, where `/proc` has the CPU time and the memory of a process.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setImmediate as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { cpuOf, proc } from "./servers.ts";

const ROUNDS = 3;
const STREAMS = 4;
const CHUNKS = 1000;
const FIRST_BYTES = 100;
const OPEN = 1000;

const chunk = (delta: object, reason: string | null = null) =>
  `data: ${JSON.stringify({
    id: "c",
    object: "chat.completion.chunk",
    created: 1,
    model: "gpt-5.4",
    choices: [{ index: 0, delta, finish_reason: reason }],
  })}\n\n`;
const FIRST = chunk({ role: "assistant", content: "" });
const NEXT = chunk({ content: "word " });
const LAST = `${chunk({}, "stop")}data: [DONE]\n\n`;

/** Streams that wait for their end. */
const held: ServerResponse[] = [];

/** An upstream that writes as many chunks as `/chunks/N` says, each by itself; `/hold` writes one and waits. */
const upstream = createServer(async (asked, response) => {
  asked.resume();
  await once(asked, "end");
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(FIRST);
  if (asked.url?.includes("hold")) return void held.push(response);
  for (let left = Number(asked.headers["x-chunks"]); left > 0; left--) {
    response.write(NEXT);
    await turn();
  }
  response.end(LAST);
});
upstream.listen(0, "127.0.0.1");
await once(upstream, "listening");
const { port } = upstream.address() as AddressInfo;
const origin = `http://127.0.0.1:${port}`;

interface Proxy {
  name: string;
  url: string;
  child: ChildProcess | undefined;
}

async function start(name: string, args: string[]): Promise<Proxy> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  process.once("exit", () => child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, "line")) as [string];
  lines.resume();
  return { name, url: (JSON.parse(line) as { url: string }).url, child };
}

const BARE = `
const http = require("node:http");
const agent = new http.Agent({ keepAlive: true });
http.createServer((request, response) => {
  const { method, url, headers } = request;
  const outgoing = http.request({ agent, host: "127.0.0.1", port: ${port}, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  request.pipe(outgoing);
}).listen(0, "127.0.0.1", function () { console.log(JSON.stringify({ url: "http://127.0.0.1:" + this.address().port })); });`;

/** Sends a streamed request. @returns at the first byte of its answer: the milliseconds until then, and its end */
async function open(url: string, path: string, chunks: number) {
  const started = performance.now();
  const asked = request(`${url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-chunks": String(chunks) },
  });
  const body = { model: "gpt-5.4", messages: [{ role: "user", content: `${started}` }], stream: true };
  asked.end(JSON.stringify(body));
  const [answer] = (await once(asked, "response")) as [NodeJS.ReadableStream];
  // A short answer may end in the turn of its first byte.
  const ended = once(answer, "end");
  await once(answer, "data");
  return { ended, ms: performance.now() - started };
}

const CHAT = "/v1/chat/completions";

async function stream(url: string): Promise<void> {
  await (await open(url, CHAT, CHUNKS)).ended;
}

async function firstByte(url: string): Promise<number> {
  const { ended, ms } = await open(url, CHAT, 1);
  await ended;
  return ms;
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const memoryOf = (child: ChildProcess) => Number(/VmRSS:\s+(\d+)/.exec(proc(child, "status"))?.[1]);

/** KiB for each of the streams that are open at once. */
async function perStream({ url, child }: Proxy): Promise<number> {
  if (!child) return 0;
  const before = memoryOf(child);
  const streams = await Promise.all(Array.from({ length: OPEN }, () => open(url, `${CHAT}?hold`, 0)));
  const after = memoryOf(child);
  for (const response of held.splice(0)) response.end(LAST);
  await Promise.all(streams.map(({ ended }) => ended));
  return (after - before) / OPEN;
}

const folder = await mkdtemp(join(tmpdir(), "bench-proxy-"));
const command = [fileURLToPath(new URL("../cli/proxy.ts", import.meta.url)), "--json", "--port", "0"];
const proxies: Proxy[] = [
  { name: "none", url: origin, child: undefined },
  await start("bare node:http", ["-e", BARE]),
  await start("proxy", [...command, "--upstream", origin]),
  await start("proxy --record", [...command, "--upstream", origin, "--record", folder]),
];

const rounds = new Map(proxies.map((proxy) => [proxy, { cpu: [] as number[], first: [] as number[] }]));
for (let round = 0; round <= ROUNDS; round++) {
  for (const [{ url, child }, { cpu, first }] of rounds) {
    const before = child ? cpuOf(child) : 0;
    await Promise.all(Array.from({ length: STREAMS }, () => stream(url)));
    const used = child ? cpuOf(child) - before : 0;
    const delays: number[] = [];
    for (let count = 0; count < FIRST_BYTES; count++) delays.push(await firstByte(url));
    // The first round warms up.
    if (round === 0) continue;
    cpu.push((used * 1000) / (STREAMS * CHUNKS));
    first.push(median(delays));
  }
}

const direct = median(rounds.get(proxies[0] as Proxy)?.first ?? []);
process.stdout.write(
  "                 CPU per chunk    first byte    added to it    memory per open stream\n",
);
for (const [proxy, { cpu, first }] of rounds) {
  const memory = await perStream(proxy);
  const cells = [
    `${median(cpu).toFixed(1)} µs`.padStart(13),
    `${median(first).toFixed(2)} ms`.padStart(14),
    `${(median(first) - direct).toFixed(2)} ms`.padStart(15),
    proxy.child ? `${memory.toFixed(0)} KiB`.padStart(26) : "-".padStart(26),
  ];
  process.stdout.write(`${proxy.name.padEnd(17)}${cells.join("")}\n`);
}

for (const { child } of proxies) child?.kill("SIGKILL");
upstream.closeAllConnections();
upstream.close();
await rm(folder, { recursive: true });
