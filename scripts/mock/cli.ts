/** `npm run mock`: the mock on a port. */
import cluster from "node:cluster";
import { enableCompileCache } from "node:module";
import { parseArgs } from "node:util";
import { main, wholeNumber } from "../main.ts";
import { HELP, OPTIONS } from "./options.ts";
import { superviseWorkers } from "./workers.ts";

// The start is mostly the compilation of Prism and what it brings; the second one finds it done.
enableCompileCache();

await main(async () => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const workers = wholeNumber("workers", values.workers ?? "1", 64);
  if (cluster.isPrimary && workers > 1) return superviseWorkers(workers);
  const { serve } = await import("./serve.ts");
  await serve(values);
});

// A worker that failed would live on by its channel to the supervisor.
if (cluster.isWorker && process.exitCode) process.exit();
