/**
 * `npm run bench:client`: what the client costs beside a hand-written loop, `openai`, the Vercel AI SDK and LangChain: in a
 * page (bundled, minified, gzipped), in CPU of the process for an answer and for a stream that comes in reads of several
 * sizes, in memory, and at start. The clients take turns, each beside the loop; figures are medians of ratios to the loop.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { ChatOpenAI } from "@langchain/openai";
import { streamText } from "ai";
import { build } from "esbuild";
import { createParser } from "eventsource-parser";
import OpenAI from "openai";
import { Routescope } from "../../generated/client.ts";

const ROUNDS = 7;
const CHUNKS = 10_000;
/** How many chunks a read holds. */
const READS = [1, 10, 100, CHUNKS];
/** The chunks of the stream whose memory is measured, in the fresh process that `child` starts. */
const MANY = 200_000;
const MESSAGES = [{ role: "user" as const, content: "Hi" }];
const MODEL = "gpt-5.4";

const head = { id: "c", object: "chat.completion.chunk", created: 1, model: MODEL };
const frame = (delta: object, finish: string | null) =>
  `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const encoder = new TextEncoder();
const last = encoder.encode(`${frame({ role: "assistant" }, "stop")}data: [DONE]\n\n`);
const message = { role: "assistant", content: "Hello." };
const whole = { ...head, object: "chat.completion", choices: [{ index: 0, message, finish_reason: "stop" }] };
const answer = JSON.stringify(whole);

/** A `fetch` that answers from memory, so that no network is measured. */
function memory(chunks: number, perRead: number): typeof fetch {
  const read = encoder.encode(frame({ content: "word " }, null).repeat(perRead));
  return async (_, init) => {
    if (!String(init?.body).includes('"stream":true'))
      return new Response(answer, { headers: { "content-type": "application/json" } });
    let left = chunks / perRead;
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(left-- > 0 ? read : last);
        if (left < 0) controller.close();
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };
}

/** Counts what it reads, so that none of it is left unread. */
type Read = () => Promise<number>;

const baseURL = "http://127.0.0.1/v1";
const body = { model: MODEL, messages: MESSAGES };

async function count(items: AsyncIterable<unknown>): Promise<number> {
  let found = 0;
  for await (const _ of items) found += 1;
  return found;
}

const post = (fetch: typeof globalThis.fetch, stream: boolean) =>
  fetch(`${baseURL}/chat/completions`, { method: "POST", body: JSON.stringify({ ...body, stream }) });

/** The least that reads a stream correctly. */
async function byHand(fetch: typeof globalThis.fetch): Promise<number> {
  let found = 0;
  const parser = createParser({
    onEvent: ({ data }) => (found += data === "[DONE]" ? 0 : JSON.parse(data).choices.length),
  });
  const decoder = new TextDecoder();
  const response = await post(fetch, true);
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>)
    parser.feed(decoder.decode(bytes, { stream: true }));
  return found;
}

function streams(fetch: typeof globalThis.fetch): Record<string, Read> {
  const own = new Routescope({ apiKey: "k", baseURL, fetch });
  const openai = new OpenAI({ apiKey: "k", baseURL, fetch });
  const model = createOpenAICompatible({ name: "bench", baseURL, apiKey: "k", fetch })(MODEL);
  const langchain = new ChatOpenAI({ model: MODEL, apiKey: "k", configuration: { baseURL, fetch } });
  return {
    "by hand": () => byHand(fetch),
    "routescope create": async () => count(await own.chat.completions.create({ ...body, stream: true })),
    "routescope stream": async () => {
      const completion = await own.chat.completions.stream(body).finalChatCompletion();
      return completion.choices[0]?.message.content?.length ?? 0;
    },
    "openai create": async () => count(await openai.chat.completions.create({ ...body, stream: true })),
    "openai stream": async () => {
      const completion = await openai.chat.completions.stream(body).finalChatCompletion();
      return completion.choices[0]?.message.content?.length ?? 0;
    },
    "ai sdk": () => count(streamText({ model, messages: MESSAGES }).textStream),
    langchain: async () => count(await langchain.stream("Hi")),
  };
}

function answers(fetch: typeof globalThis.fetch): Record<string, Read> {
  const own = new Routescope({ apiKey: "k", baseURL, fetch });
  const openai = new OpenAI({ apiKey: "k", baseURL, fetch });
  const times = (call: () => Promise<unknown>) => async () => {
    for (let i = 0; i < 200; i++) await call();
    return 200;
  };
  return {
    "by hand": times(async () => (await post(fetch, false)).json()),
    "routescope create": times(() => own.chat.completions.create(body)),
    "openai create": times(() => openai.chat.completions.create(body)),
  };
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function cpu(read: Read): Promise<number> {
  const before = process.cpuUsage();
  if ((await read()) === 0) throw new Error("A client read nothing.");
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** @returns by name, the median ratio to the loop that was measured just before, so that a busy machine matters less */
async function ratios({ "by hand": base, ...reads }: Record<string, Read>): Promise<Map<string, number>> {
  const found = new Map<string, number[]>(Object.keys(reads).map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, read] of Object.entries(reads)) {
      const floor = base ? await cpu(base) : 1;
      const cost = await cpu(read);
      // The first round warms up.
      if (round > 0) found.get(name)?.push(cost / floor);
    }
  }
  return new Map([...found].map(([name, values]) => [name, median(values)]));
}

/** What a fresh process prints: its CPU time in ms, and the most memory that it had in MB. */
function fresh(code: string): { cpu: number; memory: number } {
  const print =
    "{ const u = process.resourceUsage(); console.log(JSON.stringify({ cpu: (u.userCPUTime + u.systemCPUTime) / 1000, memory: u.maxRSS / 1024 })); }";
  const cwd = fileURLToPath(new URL("../..", import.meta.url));
  const args = ["--disable-warning=ExperimentalWarning", "--input-type=module", "-"];
  // By stdin: a bundle is longer than an argument may be.
  const input = `${code}\n${print}`;
  return JSON.parse(execFileSync(process.execPath, args, { cwd, input, encoding: "utf8" }));
}

/** Bundled, so that neither client pays for how its files are stored. */
async function bundle(code: string, platform: "browser" | "node"): Promise<string> {
  const resolveDir = fileURLToPath(new URL("../..", import.meta.url));
  const options = { bundle: true, minify: true, format: "esm", write: false, logLevel: "silent" } as const;
  const stdin = { contents: code, loader: "ts", resolveDir } as const;
  const { outputFiles } = await build({ ...options, platform, stdin });
  return outputFiles[0]?.text ?? "";
}

const IMPORTS = {
  routescope: 'import { Routescope as Client } from "./generated/client.ts";',
  openai: 'import Client from "openai";',
};
const NEW = 'const client = new Client({ apiKey: "k" });';
const USE =
  "const { create } = client.chat.completions; create.call(0, {}); create.call(0, { stream: true });";
const READ = `
const frame = (delta, finish) => "data: " + JSON.stringify({ id: "c", choices: [{ index: 0, delta, finish_reason: finish }] }) + "\\n\\n";
const bytes = new TextEncoder().encode(frame({ content: "word " }, null));
let left = ${MANY};
const end = new TextEncoder().encode(frame({}, "stop") + "data: [DONE]\\n\\n");
const body = new ReadableStream({ pull(to) { to.enqueue(left-- > 0 ? bytes : end); if (left < 0) to.close(); } });
const response = new Response(body, { headers: { "content-type": "text/event-stream" } });
const client = new Client({ apiKey: "k", fetch: async () => response });
for await (const _ of await client.chat.completions.create({ model: "m", messages: [], stream: true }));
`;

const line = (name: string, cells: (string | undefined)[]) =>
  process.stdout.write(`${name.padEnd(20)}${cells.map((cell = "-") => cell.padStart(12)).join("")}\n`);
const times = (value: number | undefined) => (value === undefined ? undefined : `${value.toFixed(2)} x`);

line("CPU beside the loop", ["answer", ...READS.map((read) => `${read} a read`)]);
const ofAnswers = await ratios(answers(memory(CHUNKS, 1)));
const ofStreams: Map<string, number>[] = [];
for (const read of READS) ofStreams.push(await ratios(streams(memory(CHUNKS, read))));
for (const name of ofStreams[0]?.keys() ?? [])
  line(name, [times(ofAnswers.get(name)), ...ofStreams.map((found) => times(found.get(name)))]);

line("\nA client", ["in a page", "start", `${MANY / 1000}k chunks`]);
const bare = fresh("");
for (const [name, load] of Object.entries(IMPORTS)) {
  const page = gzipSync(await bundle(`${load} ${NEW} ${USE}`, "browser"), { level: 9 }).length;
  const start = await bundle(`${load} ${NEW}`, "node");
  const read = await bundle(load + READ, "node");
  const starts = Array.from({ length: ROUNDS }, () => fresh(start).cpu / fresh("").cpu);
  line(name, [
    `${(page / 1000).toFixed(1)} kB`,
    times(median(starts)),
    `+${(fresh(read).memory - bare.memory).toFixed(0)} MB`,
  ]);
}
