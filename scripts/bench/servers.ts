/** The servers that the mock is compared with, each in its own process and on its own port. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeTesting } from "../package/make.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** The mock is measured as its users have it: out of the package. */
const PACKED = join(root, ".tmp/bench-mock");
/** Only this benchmark needs these packages, so they are not dependencies of the project. */
const PEERS = join(root, ".tmp/bench-peers");
const VERSIONS = {
  "@copilotkit/aimock": "1.43.0",
  "@hono/node-server": "1.19.19",
  "@scalar/mock-server": "0.14.4",
};

export interface Server {
  name: string;
  port: number;
  /** Milliseconds from the start to the first answer. */
  firstAnswer: number;
  /** Milliseconds of CPU time since the start. */
  cpu(): number;
  /** Resident memory in MiB. */
  memory(): number;
  stop(): Promise<void>;
}

export interface Call {
  path: string;
  /** Without it the call is a GET. */
  body?: string;
}

export interface Answered {
  status: number;
  text: string;
}

/** Sends a request and waits for the whole answer. */
export async function ask(port: number, { path, body }: Call): Promise<Answered> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers: { authorization: "Bearer sk-bench", "content-type": "application/json" },
    ...(body !== undefined && { method: "POST", body }),
  });
  return { status: answer.status, text: await answer.text() };
}

/** Starts `node` with arguments that hold `PORT`, and waits for its first answer. */
async function serve(name: string, args: string[], call: Call): Promise<Server> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(
    process.execPath,
    args.map((arg) => arg.replace("PORT", String(port))),
    {
      cwd: root,
      env: { ...process.env, SCARF_ANALYTICS: "false" },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  while ((await ask(port, call).catch(() => undefined))?.status !== 200) {
    if (child.exitCode !== null || performance.now() - started > 20_000)
      throw new Error(`${name} did not start.`);
    await new Promise((done) => setTimeout(done, 5));
  }
  return {
    name,
    port,
    firstAnswer: performance.now() - started,
    cpu: () => cpuOf(child),
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(proc(child, "status"))?.[1]) / 1024,
    stop: async () => {
      // Not SIGKILL: Node writes the compile cache when a process ends.
      child.kill();
      await once(child, "exit");
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

/** A file that Linux has for a process (proc(5)). */
export function proc({ pid }: ChildProcess, name: string): string {
  return readFileSync(`/proc/${pid}/${name}`, "utf8");
}

/** The CPU time of all threads in milliseconds (`/proc/PID/task/TID/schedstat` counts nanoseconds). */
export function cpuOf(child: ChildProcess): number {
  const threads = readdirSync(`/proc/${child.pid}/task`);
  const times = threads.map((thread) => Number(proc(child, `task/${thread}/schedstat`).split(" ")[0]));
  return times.reduce((sum, time) => sum + time, 0) / 1e6;
}

function installPeers(): void {
  if (existsSync(join(PEERS, "node_modules"))) return;
  mkdirSync(PEERS, { recursive: true });
  writeFileSync(join(PEERS, "package.json"), JSON.stringify({ private: true, dependencies: VERSIONS }));
  process.stdout.write("Installing the servers to compare with, once ...\n");
  execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: PEERS,
    stdio: "ignore",
  });
}

/**
 * The least that a server in Node does: it reads the request, parses its JSON, and sends what it was given to send, a
 * stream frame by frame.
 *
 * @param answers by the request's path and body
 */
function bare(answers: Record<string, Answered>): string {
  return `
const answers = new Map(Object.entries(${JSON.stringify(answers)}).map(([key, { status, text }]) => [key, text.startsWith("data:")
  ? { status, frames: text.split(/(?<=\\n\\n)/) } : { status, value: JSON.parse(text) }]));
require("node:http").createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part)).on("end", () => {
    const body = Buffer.concat(parts).toString();
    if (body !== "") JSON.parse(body);
    const { status, frames, value } = answers.get(request.url + body);
    if (!frames) {
      const text = JSON.stringify(value);
      response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
      return response.end(text);
    }
    response.writeHead(status, { "content-type": "text/event-stream" });
    for (const frame of frames) response.write(frame);
    response.end();
  });
}).listen(PORT, "127.0.0.1");`;
}

/** A server, and a bare one that sends the same bytes. */
export interface Pair {
  server: Server;
  floor: Server;
}

/**
 * Starts the mock and those that it is compared with, each beside a bare server that sends that server's own bytes.
 *
 * @param calls the first one tells that a server has started
 * @param words the text that the servers answer with that know none
 */
export async function startAll(calls: readonly [Call, ...Call[]], words: string): Promise<Pair[]> {
  installPeers();
  const [first] = calls;
  const contract = join(root, "generated/openapi.json");
  await makeTesting(PACKED);
  const { bin } = JSON.parse(readFileSync(join(PACKED, "package.json"), "utf8")) as {
    bin: { routescope: string };
  };
  const command = [join(PACKED, bin.routescope), "mock", "--port", "PORT", "--quiet"];
  // The first start fills the compile cache.
  await (await serve("mock", command, first)).stop();
  const peers = pathOf("@copilotkit/aimock/dist/index.js");
  const fixture = JSON.stringify({ match: {}, response: { content: words } });
  const aimock = `import(${JSON.stringify(peers)}).then(async ({ LLMock }) => { const mock = new LLMock({ port: PORT, host: "127.0.0.1", chunkSize: 6, latency: 0, logLevel: "silent" }); mock.addFixture(${fixture}); await mock.start(); });`;
  const scalar = `const { readFileSync } = require("node:fs"); Promise.all([import(${JSON.stringify(pathOf("@scalar/mock-server/dist/index.js"))}), import(${JSON.stringify(pathOf("@hono/node-server/dist/index.mjs"))})]).then(async ([{ createMockServer }, { serve }]) => serve({ fetch: (await createMockServer({ document: readFileSync(${JSON.stringify(contract)}, "utf8") })).fetch, port: PORT, hostname: "127.0.0.1" }));`;
  const prism = join(root, "node_modules/@stoplight/prism-cli/dist/index.js");
  const servers = [
    await serve("mock", [...command, "--tps", "0"], first),
    await serve("aimock", ["-e", aimock], first),
    await serve("prism", [prism, "mock", contract, "-v", "silent", "--port", "PORT"], first),
    await serve("scalar", ["-e", scalar], first),
  ];
  return Promise.all(servers.map(async (server) => ({ server, floor: await floorOf(server, calls) })));
}

async function floorOf({ name, port }: Server, calls: readonly [Call, ...Call[]]): Promise<Server> {
  const answers: Record<string, Answered> = {};
  for (const call of calls) answers[call.path + (call.body ?? "")] = await ask(port, call);
  return serve(`bare server for ${name}`, ["-e", bare(answers)], calls[0]);
}

function pathOf(file: string): string {
  return join(PEERS, "node_modules", file);
}
