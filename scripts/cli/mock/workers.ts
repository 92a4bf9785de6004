/**
 * `--workers`: several processes behind one port. What is remembered between requests (journal, sequences, counted
 * faults, scenarios set over HTTP) would differ from process to process, so `/__mock` is off.
 */
import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { listen, type Where } from "../../shared/listen.ts";

/** Tells a worker to end: the first time when its answers are written, the second time at once. */
export const END = "end";

/** A worker that has listened for this many milliseconds has started well. */
const WELL = 5000;
const FIRST_PAUSE = 100;
/** The number of early deaths in a row after which the command gives up. */
const DEATHS = 6;

/**
 * Runs this command in several worker processes, and ends when all have ended. A worker that dies is replaced.
 *
 * @param where what all of them listen on. For port 0 a free one is picked here: in a cluster, each worker that listens
 *   on port 0 gets another one
 */
export async function superviseWorkers(count: number, where: Where): Promise<void> {
  const port = where.port === 0 ? await freePort(where.host) : where.port;
  cluster.setupPrimary({ args: [...process.argv.slice(2), "--port", String(port)] });
  let ending = false;
  let deaths = 0;
  /** Since when each worker listens, in milliseconds. */
  const serving = new Map<Worker, number>();

  const end = () => {
    ending = true;
    for (const worker of Object.values(cluster.workers ?? {})) {
      if (!worker?.isConnected()) continue;
      // One that still loads would not hear the message, and has no answer to finish.
      if (serving.has(worker)) worker.send(END);
      else worker.process.kill();
    }
  };

  const start = (): Worker => {
    const worker = cluster.fork();
    worker.once("listening", () => serving.set(worker, performance.now()));
    worker.once("exit", (code, signal) => {
      // Not from its start: on a busy machine loading takes longer than a broken worker lives.
      const listening = serving.get(worker);
      serving.delete(worker);
      // One that never listened has said why, and another would say it again.
      if (ending || listening === undefined) {
        if (code !== 0 && code !== null) process.exitCode = code;
      } else void replace(performance.now() - listening, signal ?? `exit code ${code}`);
    });
    return worker;
  };

  const replace = async (lived: number, why: string) => {
    deaths = lived > WELL ? 0 : deaths + 1;
    if (deaths >= DEATHS) {
      process.stderr.write(`The workers die as soon as they start (${why}). The command gives up.\n`);
      process.exitCode = 1;
      end();
      return;
    }
    await sleep(pauseAfter(deaths));
    if (!ending) start();
  };

  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
  const first = start();
  // The first one finds out whether the options are right, and the port is free.
  const listens = await new Promise<boolean>((resolve) => {
    first.once("listening", () => resolve(true));
    first.once("exit", () => resolve(false));
  });
  if (!listens) return;
  for (let more = 1; more < count; more++) start();
}

/** Milliseconds before a worker is replaced: doubled with each early death in a row. */
export function pauseAfter(deaths: number): number {
  return deaths === 0 ? 0 : FIRST_PAUSE * 2 ** (deaths - 1);
}

/** @throws {InputError} when the host has no port to give */
async function freePort(host: string): Promise<number> {
  const server = createServer();
  const { port } = await listen(server, { port: 0, host });
  server.close();
  await once(server, "close");
  return port;
}
