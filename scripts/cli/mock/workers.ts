/** `--workers`: several processes behind one port. What each remembers, how often a request came, is its own. */
import cluster, { type Worker } from "node:cluster";

/** Starts this command so many times over, and ends when they have ended. One that dies is replaced. */
export async function superviseWorkers(count: number): Promise<void> {
  let ending = false;
  const start = (): Worker => {
    const worker = cluster.fork();
    let listening = false;
    worker.once("listening", () => {
      listening = true;
    });
    worker.once("exit", (code) => {
      // One that never listened has said why, and another would say it again.
      if (listening && !ending) start();
      else if (code !== 0 && code !== null) process.exitCode = code;
    });
    return worker;
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      ending = true;
      for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill(signal);
    });
  }
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
