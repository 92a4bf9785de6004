/**
 * `npm run bench:client`: what the client costs beside a hand-written loop, `openai`, the Vercel AI SDK and LangChain: in a
 * page (bundled, minified, gzipped), and in CPU for an answer and for a stream, as ratios to the loop. In one run, in one
 * process, taking turns; figures are medians.
 */
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { ChatOpenAI } from "@langchain/openai";
import { streamText } from "ai";
import { build } from "esbuild";
import { createParser } from "eventsource-parser";
import OpenAI from "openai";
import { Routescope } from "../../generated/client.ts";
import { DEFAULT_HOST, listen } from "../shared/listen.ts";

const ROUNDS = 7;
const CHUNKS = 10_000;
const MESSAGES = [{ role: "user" as const, content: "Hi" }];
const MODEL = "gpt-5.4";

const head = { id: "c", object: "chat.completion.chunk", created: 1, model: MODEL };
const frame = (delta: object, finish: string | null) =>
  `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const stream = Buffer.from(
  `${frame({ content: "word " }, null).repeat(CHUNKS)}${frame({}, "stop")}data: [DONE]\n\n`,
);
const message = { role: "assistant", content: "Hello." };
const answer = JSON.stringify({
  ...head,
  object: "chat.completion",
  choices: [{ index: 0, message, finish_reason: "stop" }],
});

const server = createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  const streamed = body.includes('"stream":true');
  response.writeHead(200, { "content-type": streamed ? "text/event-stream" : "application/json" });
  response.end(streamed ? stream : answer);
});
const { url } = await listen(server, { port: 0, host: DEFAULT_HOST });
const baseURL = `${url}/v1`;

/** Counts what it reads, so that none of it is left unread. */
type Read = () => Promise<number>;

const post = (streamed: boolean) =>
  fetch(`${baseURL}/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer k", "content-type": "application/json" },
    body: JSON.stringify({ model: MODEL, messages: MESSAGES, ...(streamed && { stream: true }) }),
  });

/** The least that reads a stream correctly. */
const byHand: Read = async () => {
  let count = 0;
  const parser = createParser({
    onEvent: ({ data }) => (count += data === "[DONE]" ? 0 : JSON.parse(data).choices.length),
  });
  const decoder = new TextDecoder();
  const { body } = await post(true);
  for await (const bytes of body as unknown as AsyncIterable<Uint8Array>)
    parser.feed(decoder.decode(bytes, { stream: true }));
  return count;
};

async function count(items: AsyncIterable<unknown>): Promise<number> {
  let found = 0;
  for await (const _ of items) found += 1;
  return found;
}

const own = new Routescope({ apiKey: "k", baseURL });
const openai = new OpenAI({ apiKey: "k", baseURL });
const model = createOpenAICompatible({ name: "bench", baseURL, apiKey: "k" })(MODEL);
const langchain = new ChatOpenAI({ model: MODEL, apiKey: "k", configuration: { baseURL } });
const body = { model: MODEL, messages: MESSAGES };

const streams: Record<string, Read> = {
  "by hand": byHand,
  routescope: async () => count(await own.chat.completions.create({ ...body, stream: true })),
  openai: async () => count(await openai.chat.completions.create({ ...body, stream: true })),
  "ai sdk": () => count(streamText({ model, messages: MESSAGES }).textStream),
  langchain: async () => count(await langchain.stream("Hi")),
};
const times =
  <T>(call: () => Promise<T>) =>
  async () => {
    for (let i = 0; i < 200; i++) await call();
    return 200;
  };
const answers: Record<string, Read> = {
  "by hand": times(async () => (await post(false)).json()),
  routescope: times(() => own.chat.completions.create(body)),
  openai: times(() => openai.chat.completions.create(body)),
  langchain: times(() => langchain.invoke("Hi")),
};

/** @returns milliseconds of CPU by name, the server's share included, which is the same for all */
async function measure(reads: Record<string, Read>): Promise<Map<string, number>> {
  const found = new Map<string, number[]>(Object.keys(reads).map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, read] of Object.entries(reads)) {
      const before = process.cpuUsage();
      await read();
      const { user, system } = process.cpuUsage(before);
      // The first round warms up.
      if (round > 0) found.get(name)?.push((user + system) / 1000);
    }
  }
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return new Map([...found].map(([name, values]) => [name, median(values)]));
}

/** Bytes in a page that makes one call and reads one stream. */
async function weigh(code: string): Promise<number> {
  const resolveDir = fileURLToPath(new URL("../..", import.meta.url));
  const options = {
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
    logLevel: "silent",
  } as const;
  const { outputFiles } = await build({ ...options, stdin: { contents: code, loader: "ts", resolveDir } });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}

const use =
  "const { create } = client.chat.completions; create.call(0, {}); create.call(0, { stream: true });";
const weights = new Map([
  [
    "routescope",
    await weigh(`import { Routescope } from "@routescope/api"; const client = new Routescope(); ${use}`),
  ],
  ["openai", await weigh(`import OpenAI from "openai"; const client = new OpenAI(); ${use}`)],
]);
const [whole, streamed] = [await measure(answers), await measure(streams)];
const base = { whole: whole.get("by hand") ?? 0, streamed: streamed.get("by hand") ?? 0 };
const ratio = (value: number | undefined, of: number) =>
  value === undefined ? "-" : `${(value / of).toFixed(2)} x`;
process.stdout.write(`            in a page   CPU of an answer   CPU of ${CHUNKS} chunks\n`);
for (const name of Object.keys(streams)) {
  const weight = weights.get(name);
  const cells = [
    (weight === undefined ? "-" : `${(weight / 1000).toFixed(1)} kB`).padStart(9),
    ratio(whole.get(name), base.whole).padStart(19),
    ratio(streamed.get(name), base.streamed).padStart(23),
  ];
  process.stdout.write(`${name.padEnd(12)}${cells.join("")}\n`);
}
server.closeAllConnections();
server.close();
