/**
 * `npm run soak -- --minutes 20`: friendly and hostile clients at the same time, with faults. It fails when a friendly
 * request is not answered as it should be, an answer is not in shape, or the memory of the mock grows, and tells how
 * long friendly requests took. `--pause N` lets each client wait N milliseconds after a request, so that other work on
 * the machine goes on. Needs Linux.
 */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { InputError } from "../shared/input-error.ts";

/** Clients of each kind that ask at the same time. */
const FRIENDLY = 6;
const HOSTILE = 3;
/** How many requests each client sends without a pause at the start, until the memory has grown to its full size. */
const WARM = 25;
/** Megabytes that the memory may grow by from the second third to the last. */
const GROWTH = 80;

/** Milliseconds between two looks at the memory. */
const LOOK = 500;

interface Tally {
  friendly: number;
  hostile: number;
  problems: string[];
  /** How many milliseconds each friendly request took. */
  waits: number[];
}

const HEADERS = { authorization: "Bearer sk-soak", "content-type": "application/json" };
const chat = (more: object = {}) => ({
  model: "gpt-5.4",
  messages: [{ role: "user", content: "Hello" }],
  ...more,
});
const schema = (part: object) => ({
  response_format: {
    type: "json_schema",
    json_schema: { name: "x", schema: { type: "object", properties: { part }, required: ["part"] } },
  },
});

/** Requests that have to be answered by 200, and what their answer holds. */
const KINDS: [name: string, body: object | undefined, answer: RegExp][] = [
  ["models", undefined, /"object":"list"/],
  ["plain", chat(), /You said: Hello/],
  ["stream", chat({ stream: true }), /data: \[DONE\]\n\n$/],
  ["tool", chat({ tools: [{ type: "function", function: { name: "f" } }] }), /"tool_calls"/],
  ["schema", chat(schema({ type: "string" })), /\\"part\\"/],
  ["choices", chat({ n: 4, logprobs: true, top_logprobs: 3 }), /"index":3/],
];

/** Requests that nobody should send; any answer in shape will do. */
const WRONG: [body: string, headers?: Record<string, string>][] = [
  ["{"],
  ["[".repeat(10_000)],
  [JSON.stringify({ model: "m", messages: [{ role: "wrong" }] })],
  [JSON.stringify(chat({ messages: Array(21_000).fill({}) }))],
  [
    JSON.stringify(
      chat({
        n: 128,
        logprobs: true,
        top_logprobs: 20,
        messages: [{ role: "user", content: "word ".repeat(20_000) }],
      }),
    ),
  ],
  [JSON.stringify(chat(schema({ type: "string", pattern: "^(a|aa)+$", minLength: 300 })))],
  [JSON.stringify(chat(schema({ type: "string", minLength: 5e7 })))],
  [JSON.stringify(chat({ messages: [{ role: "user", content: "x".repeat(2_000_000) }] }))],
  [JSON.stringify(chat()), { "content-encoding": "gzip" }],
  [JSON.stringify(chat({ stream: true })), { prefer: "fault=cut:1" }],
  [JSON.stringify(chat({ stream: true })), { prefer: "fault=split_utf8, fault=comments" }],
  [JSON.stringify(chat()), { prefer: "fault=reset:0" }],
  [JSON.stringify(chat()), { prefer: "fault=error_200" }],
];
const RAW = [
  "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET // HTTP/1.1\r\nHost: a\r\n\r\n",
  "\0\x01\x02\r\n\r\n",
  "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n",
];

/** @returns what went wrong; empty for a good answer */
async function friendly(url: string, round: number): Promise<string> {
  const [name, body, wanted] = KINDS[round % KINDS.length] as (typeof KINDS)[number];
  const path = body ? "/v1/chat/completions" : "/v1/models";
  const init = body ? { method: "POST", body: JSON.stringify(body) } : {};
  try {
    const response = await fetch(url + path, {
      headers: HEADERS,
      ...init,
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    return response.status === 200 && wanted.test(text)
      ? ""
      : `${name}: ${response.status} ${text.slice(0, 200)}`;
  } catch (error) {
    return `${name}: ${error}`;
  }
}

async function hostile(url: string, round: number): Promise<string> {
  if (round % 4 === 0) return reset(Number(new URL(url).port), RAW[(round / 4) % RAW.length] ?? "");
  const [body, headers = {}] = WRONG[round % WRONG.length] as (typeof WRONG)[number];
  const init = { method: "POST", body, headers: { ...HEADERS, ...headers } };
  // One in three goes away before its answer.
  const signal = AbortSignal.timeout(round % 3 === 0 ? 20 : 60_000);
  const response = await fetch(`${url}/v1/chat/completions`, { ...init, signal }).catch(() => undefined);
  const text = await response?.text().catch(() => undefined);
  if (response === undefined || text === undefined || response.status < 400) return "";
  return /"error":\{"message":"/.test(text) ? "" : `not in shape: ${response.status} ${text.slice(0, 200)}`;
}

function reset(port: number, bytes: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = connect(port, "127.0.0.1", () => {
    socket.write(bytes);
    setTimeout(() => {
      socket.resetAndDestroy();
      resolve("");
    }, 5);
  });
  socket.on("error", () => resolve(""));
  return promise;
}

/** The resident memory of a process, in MiB. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

async function run(minutes: number, pause: number): Promise<number> {
  const command = fileURLToPath(new URL("../cli/mock.ts", import.meta.url));
  const child = spawn(process.execPath, [command, "--port", "0", "--json", "--quiet", "--tps", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.once("exit", () => child.kill("SIGKILL"));
  const [first] = await child.stdout.setEncoding("utf8").take(1).toArray();
  const { url } = JSON.parse(String(first)) as { url: string };
  const { pid = 0 } = child;
  const tally: Tally = { friendly: 0, hostile: 0, problems: [], waits: [] };
  const start = performance.now();
  const isOver = () => performance.now() - start > minutes * 60_000 || child.exitCode !== null;
  const loop = async (kind: "friendly" | "hostile", offset: number) => {
    for (let round = offset; !isOver(); round++) {
      const asked = performance.now();
      const problem = await (kind === "friendly" ? friendly : hostile)(url, round);
      tally[kind] += 1;
      if (kind === "friendly") tally.waits.push(performance.now() - asked);
      if (problem !== "") tally.problems.push(problem);
      if (pause > 0 && round - offset > WARM) await sleep(pause);
    }
  };
  // What is not collected yet comes and goes: the least of a third is what stays.
  const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const looks = setInterval(async () => {
    const third = Math.min(2, Math.floor((performance.now() - start) / (minutes * 20_000)));
    least[third] = Math.min(least[third] ?? 0, await memoryOf(pid).catch(() => Number.POSITIVE_INFINITY));
  }, LOOK);
  await Promise.all([
    ...Array.from({ length: FRIENDLY }, (_, index) => loop("friendly", index)),
    ...Array.from({ length: HOSTILE }, (_, index) => loop("hostile", index * 5)),
  ]);
  clearInterval(looks);
  const hasDied = child.exitCode !== null || child.signalCode !== null;
  child.kill("SIGKILL");
  if (hasDied) tally.problems.push("the mock ended");
  const [, second = 0, last = 0] = least.map(Math.round);
  if (last - second > GROWTH) tally.problems.push(`memory grew from ${second} to ${last} MiB`);
  const waits = tally.waits.sort((a, b) => a - b);
  const within = (share: number) => `${Math.ceil(waits[Math.floor(share * waits.length)] ?? 0)} ms`;
  process.stdout.write(
    `${tally.friendly} friendly and ${tally.hostile} hostile requests in ${minutes} minutes; half of the friendly ones took ${within(0.5)} at most, 99 of 100 ${within(0.99)}; at least ${second} MiB in the second third, ${last} MiB in the last; ${tally.problems.length} problems\n`,
  );
  for (const problem of tally.problems.slice(0, 20)) process.stdout.write(`  ${problem}\n`);
  return tally.problems.length === 0 ? 0 : 1;
}

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "1" }, pause: { type: "string", default: "0" } },
});
const [minutes, pause] = [Number(values.minutes), Number(values.pause)];
if (!(minutes > 0)) throw new InputError({ message: `--minutes ${values.minutes} is not a number above 0.` });
if (!(pause >= 0))
  throw new InputError({ message: `--pause ${values.pause} is not a number of milliseconds.` });
process.exitCode = await run(minutes, pause);
