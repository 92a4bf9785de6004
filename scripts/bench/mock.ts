/**
 * `npm run bench`: the cost of an answer and of a stream's chunk, for the mock, a bare `node:http` server that sends the
 * same bytes, `@copilotkit/aimock`, Prism's command line and `@scalar/mock-server`. The servers take turns in one run.
 * The figures are medians, and ratios to the bare server. Needs Linux, where `/proc` has the CPU time of a process.
 */
import { ask, type Call, type Server, startAll } from "./servers.ts";

const ROUNDS = 5;
const REQUESTS = 2000;
const STREAMS = 60;
const CONNECTIONS = 8;
const PATH = "/v1/chat/completions";
const WORDS = "word ".repeat(400).trim();

const call = (content: string, stream: boolean): Call => ({
  path: PATH,
  body: JSON.stringify({
    model: "gpt-5.4",
    messages: [{ role: "user", content }],
    ...(stream && { stream }),
  }),
});
const plain = call("Hello", false);
const streamed = call(WORDS, true);

/** Sends a number of requests, `CONNECTIONS` at a time. @returns the number of frames received */
async function send(port: number, request: Call, count: number): Promise<number> {
  let left = count;
  let frames = 0;
  const worker = async () => {
    while (left-- > 0) frames += (await ask(port, request)).split("data: ").length - 1;
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return frames;
}

interface Round {
  cpu: number;
  chunks: number;
}

async function measure({ port, cpu }: Server): Promise<Round> {
  const before = cpu();
  await send(port, plain, REQUESTS);
  const used = cpu() - before;
  const started = performance.now();
  const frames = await send(port, streamed, STREAMS);
  return { cpu: used / REQUESTS, chunks: frames / ((performance.now() - started) / 1000) };
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const servers = await startAll(plain, streamed, WORDS);
const rounds = new Map(servers.map((server) => [server, [] as Round[]]));
for (let round = 0; round <= ROUNDS; round++) {
  for (const [server, results] of rounds) {
    const result = await measure(server);
    // The first round warms up.
    if (round > 0) results.push(result);
  }
}
const of = (server: Server, key: keyof Round) =>
  median((rounds.get(server) ?? []).map((round) => round[key]));
const [yardstick] = servers as [Server];
process.stdout.write("             first answer   CPU per request    chunks a second    memory after\n");
for (const server of servers) {
  const cpu = of(server, "cpu");
  const chunks = of(server, "chunks");
  const cells = [
    `${server.firstAnswer.toFixed(0)} ms`.padStart(12),
    `${cpu.toFixed(3)} ms ${(cpu / of(yardstick, "cpu")).toFixed(1).padStart(5)} x`.padStart(18),
    chunks === 0
      ? "-".padStart(19)
      : `${chunks.toFixed(0)} ${(chunks / of(yardstick, "chunks")).toFixed(2)} x`.padStart(19),
    `${server.memory().toFixed(0)} MiB`.padStart(16),
  ];
  process.stdout.write(`${server.name.padEnd(13)}${cells.join("")}\n`);
}
for (const server of servers) await server.stop();
