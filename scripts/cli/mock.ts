/** The mock on a port: `npm run mock` here, `routescope mock` where the package is installed. */
import cluster from "node:cluster";
import { parseArgs } from "node:util";
import { DEFAULT_PORT } from "../mock/default-port.ts";
import { whereTo } from "./listen-options.ts";
import { main } from "./main.ts";
import { HELP, OPTIONS } from "./mock/options.ts";
import { superviseWorkers } from "./mock/workers.ts";
import { growYoungGeneration, holdYoungGeneration } from "./mock/young-generation.ts";
import { wholeNumber } from "./numbers.ts";

/** @param args what follows the command's name; `--help` lists the options */
export async function mockCommand(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const workers = wholeNumber("workers", values.workers ?? "1", 64);
  if (cluster.isPrimary && workers > 1) return superviseWorkers(workers, whereTo(values, DEFAULT_PORT));
  holdYoungGeneration();
  const { serve } = await import("./mock/serve.ts");
  growYoungGeneration();
  await serve(values);
}

if (import.meta.main) await main(() => mockCommand(process.argv.slice(2)));
