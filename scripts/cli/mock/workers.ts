/**
 * `--workers`: several processes behind one port. What is remembered between requests (journal, sequences, counted
 * faults, scenarios set over HTTP) would differ from process to process, so `/__mock` is off.
 */
import cluster, { type Worker } from "node:cluster";
import { setTimeout as sleep } from "node:timers/promises";

/** Tells a worker to end: the first time when its answers are written, the second time at once. */
export const END = "end";

/** A worker that listens for so many milliseconds has started well. */
const WELL = 5000;
/** Milliseconds before a worker that died early is replaced: twice as many each time. */
const FIRST_PAUSE = 100;
/** After so many early deaths in a row the command gives up. */
const DEATHS = 6;

/** Starts this command so many times over, and ends when they have ended. One that dies is replaced. */
export async function superviseWorkers(count: number): Promise<void> {
  let ending = false;
  let deaths = 0;

  const end = () => {
    ending = true;
    for (const worker of Object.values(cluster.workers ?? {})) {
      if (worker?.isConnected()) worker.send(END);
    }
  };

  const start = (): Worker => {
    const worker = cluster.fork();
    // Not from its start: on a busy machine loading takes longer than a worker lives that is no good.
    let listening: number | undefined;
    worker.once("listening", () => {
      listening = performance.now();
    });
    worker.once("exit", (code, signal) => {
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
    if (deaths > 0) await sleep(FIRST_PAUSE * 2 ** (deaths - 1));
    if (!ending) start();
  };

  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
  const first = start();
  // The first one finds out whether the options are right, and which port is free.
  const port = await new Promise<number | undefined>((resolve) => {
    first.once("listening", (address) => resolve(address.port));
    first.once("exit", () => resolve(undefined));
  });
  if (port === undefined) return;
  cluster.setupPrimary({ args: [...process.argv.slice(2), "--port", String(port)] });
  for (let more = 1; more < count; more++) start();
}
