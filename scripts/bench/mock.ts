/**
 * `npm run bench`: what the mock, `@copilotkit/aimock`, Prism's command line and `@scalar/mock-server` cost, as multiples
 * of a bare `node:http` server that sends the same bytes. In each round a server stands between two rounds of its bare
 * one. The figures are medians of CPU time, with the lowest and the highest. Needs Linux, where `/proc` has the CPU time
 * of a process. `-- --rounds 2 --requests 300` takes less time, and tells less.
 */
import { parseArgs } from "node:util";
import { ask, type Call, type Pair, type Server, startAll } from "./servers.ts";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, requests: { type: "string", default: "1500" } },
});
const ROUNDS = Number(values.rounds);
/** Of each kind and in each round; fewer streams. */
const REQUESTS = Number(values.requests);
const CONNECTIONS = 8;
const PATH = "/v1/chat/completions";
const WORDS = "word ".repeat(190).trim();

const post = (body: object): Call => ({ path: PATH, body: JSON.stringify(body) });
const chat = (content: string, more = {}) =>
  post({ model: "gpt-5.4", messages: [{ role: "user", content }], ...more });

/** What is measured: the call, how often it is sent in a round, and whether the cost is that of a chunk. */
const KINDS: { name: string; call: Call; count: number; perChunk?: true }[] = [
  { name: "chat", call: chat("Hello"), count: REQUESTS },
  { name: "GET model", call: { path: "/v1/models/gpt-5.4" }, count: REQUESTS },
  { name: "refused", call: post({ model: "gpt-5.4", temperature: 99 }), count: REQUESTS },
  {
    name: "short chunk",
    call: chat("Hello", { stream: true }),
    count: Math.ceil(REQUESTS / 4),
    perChunk: true,
  },
  {
    name: "long chunk",
    call: chat(WORDS, { stream: true }),
    count: Math.ceil(REQUESTS / 25),
    perChunk: true,
  },
];

/** Sends a call `count` times, several at once. @returns the number of frames received */
async function send(port: number, call: Call, count: number): Promise<number> {
  let left = count;
  let frames = 0;
  const worker = async () => {
    while (left-- > 0) frames += (await ask(port, call)).text.split("data: ").length - 1;
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return frames;
}

/** Milliseconds of CPU for one answer, or for one chunk. */
async function cost(
  { port, cpu }: Server,
  { call, count, perChunk }: (typeof KINDS)[number],
): Promise<number> {
  const before = cpu();
  const frames = await send(port, call, count);
  return (cpu() - before) / (perChunk ? Math.max(1, frames) : count);
}

async function ratio({ server, floor }: Pair, kind: (typeof KINDS)[number]): Promise<number> {
  const before = await cost(floor, kind);
  const own = await cost(server, kind);
  return own / ((before + (await cost(floor, kind))) / 2);
}

const pairs = await startAll([chat("Hello"), ...KINDS.map(({ call }) => call)], WORDS);
const idle = new Map(pairs.map(({ server }) => [server, server.memory()]));
const results = new Map(pairs.map((pair) => [pair, KINDS.map((): number[] => [])]));
for (let round = 0; round <= ROUNDS; round++) {
  for (const [pair, columns] of results)
    for (const [index, kind] of KINDS.entries()) {
      const found = await ratio(pair, kind);
      // The first round warms up.
      if (round > 0) columns[index]?.push(found);
    }
}
const rows = pairs.map((pair) => {
  const { server } = pair;
  const cells = (results.get(pair) ?? []).map((found) => {
    const sorted = found.toSorted((a, b) => a - b);
    const [low, middle, high] = [0, Math.floor(sorted.length / 2), sorted.length - 1].map((at) =>
      (sorted[at] ?? 0).toFixed(1),
    );
    return `${middle} (${low}-${high})`;
  });
  const memory = `${idle.get(server)?.toFixed(0)} / ${server.memory().toFixed(0)}`;
  return [server.name, ...cells, server.firstAnswer.toFixed(0), memory];
});
const table = [
  ["", ...KINDS.map(({ name }) => name), "first answer, ms", "MiB idle / after load"],
  ["---", ...KINDS.map(() => "---"), "---", "---"],
  ...rows,
];
process.stdout.write(`${table.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`);
for (const { server, floor } of pairs) await Promise.all([server.stop(), floor.stop()]);
