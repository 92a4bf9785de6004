/** The servers that the mock is compared with, each in its own process and on its own port. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Only this benchmark needs these packages, so they are no dependencies of the project. */
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
  body: string;
}

/** Sends a chat request and waits for the answer. @returns its text */
export async function ask(port: number, { path, body }: Call): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: "POST",
    headers: { authorization: "Bearer sk-bench", "content-type": "application/json" },
    body,
  });
  if (answer.status !== 200)
    throw new Error(`Port ${port} answered ${answer.status}: ${await answer.text()}`);
  return answer.text();
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
  while (!(await ask(port, call).catch(() => undefined))) {
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
      child.kill("SIGKILL");
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

/** User and system time in milliseconds; Linux counts in hundredths of a second. */
export function cpuOf(child: ChildProcess): number {
  const fields = proc(child, "stat").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
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

/** A server that sends the same bytes as the mock and does nothing else, to measure the cost of HTTP in Node. */
function bare(answer: string, stream: string): string {
  return `
const frames = ${JSON.stringify(stream)}.split(/(?<=\\n\\n)/);
require("node:http").createServer((request, response) => {
  let body = "";
  request.on("data", (part) => (body += part)).on("end", () => {
    if (!body.includes('"stream":true')) return response.setHeader("content-type", "application/json").end(${JSON.stringify(answer)});
    response.setHeader("content-type", "text/event-stream");
    for (const frame of frames) response.write(frame);
    response.end();
  });
}).listen(PORT, "127.0.0.1");`;
}

/** Starts the mock, then the bare server, which repeats the mock's answers, then the others. */
export async function startAll(call: Call, streamed: Call, words: string): Promise<Server[]> {
  installPeers();
  const contract = join(root, "generated/openapi.json");
  const cli = join(root, "scripts/cli/mock.ts");
  // The first start fills the compile cache.
  await (await serve("mock", [cli, "--port", "PORT", "--quiet"], call)).stop();
  const mock = await serve("mock", [cli, "--port", "PORT", "--quiet", "--tps", "0"], call);
  const script = bare(await ask(mock.port, call), await ask(mock.port, streamed));
  const peers = pathOf("@copilotkit/aimock/dist/index.js");
  const fixture = JSON.stringify({ match: {}, response: { content: words } });
  const aimock = `import(${JSON.stringify(peers)}).then(async ({ LLMock }) => { const mock = new LLMock({ port: PORT, host: "127.0.0.1", chunkSize: 6, latency: 0, logLevel: "silent" }); mock.addFixture(${fixture}); await mock.start(); });`;
  const scalar = `const { readFileSync } = require("node:fs"); Promise.all([import(${JSON.stringify(pathOf("@scalar/mock-server/dist/index.js"))}), import(${JSON.stringify(pathOf("@hono/node-server/dist/index.mjs"))})]).then(async ([{ createMockServer }, { serve }]) => serve({ fetch: (await createMockServer({ document: readFileSync(${JSON.stringify(contract)}, "utf8") })).fetch, port: PORT, hostname: "127.0.0.1" }));`;
  const prism = join(root, "node_modules/@stoplight/prism-cli/dist/index.js");
  return [
    await serve("node:http", ["-e", script], call),
    mock,
    await serve("aimock", ["-e", aimock], call),
    await serve("prism", [prism, "mock", contract, "-v", "silent", "--port", "PORT"], call),
    await serve("scalar", ["-e", scalar], call),
  ];
}

function pathOf(file: string): string {
  return join(PEERS, "node_modules", file);
}
