/** Starts the mock that the command line asks for, and keeps it until a signal ends it. */
import cluster from "node:cluster";
import type { Document } from "../../document/model.ts";
import { DEFAULT_PORT } from "../../mock/default-port.ts";
import { baseUrl, curlLine } from "../../mock/http/try-it.ts";
import { createMock, type Mock } from "../../mock/index.ts";
import { printable } from "../../shared/text.ts";
import { repeatOnChange } from "../../shared/watch.ts";
import { accessOf } from "../input-options.ts";
import { whereTo } from "../listen-options.ts";
import { readDocument } from "../read-document.ts";
import { mockOptions } from "./mock-options.ts";
import type { Values } from "./options.ts";
import { END } from "./workers.ts";

/** Milliseconds in which streams may finish after the first signal; a second one ends at once. */
const GRACE = 10_000;

/** @throws {InputError} naming the option that is wrong */
export async function serve(values: Values): Promise<void> {
  const document = await readDocument(values.input, accessOf(values));
  const mock = await createMock({ document, ...mockOptions(values) });
  const { url } = await mock.listen(whereTo(values, DEFAULT_PORT));
  // Of several processes that share the port, the first says so.
  if (cluster.isPrimary || cluster.worker?.id === 1) process.stdout.write(greeting(document, url, values));
  endOnSignal(mock);
  if (values.watch) await reloadOnChange(mock, values);
}

function greeting(document: Document, url: string, { json, prefix = "" }: Values): string {
  const below = prefix.replaceAll(/^\/+|\/+$/g, "");
  const baseURL = baseUrl(document, below === "" ? url : `${url}/${below}`);
  const { title, version } = document.info;
  if (json) return `${JSON.stringify({ url, baseURL, title, version })}\n`;
  const line = curlLine(document, url);
  const off = cluster.isWorker
    ? "With --workers there is no journal, and sequences and counted faults are per process.\n\n"
    : "";
  return printable(`The mock of ${title} listens at ${baseURL}\n\n${off}${line && `${line}\n\n`}`);
}

/**
 * Ends a mock with the process: at the first signal when its answers are written, at the second at once. A worker is
 * told by the process that started it: a terminal's Ctrl+C reaches both, and would count twice.
 */
export function endOnSignal(mock: Pick<Mock, "close">): void {
  let asked = false;
  const end = () => {
    // The log's last lines are written at the end of this turn.
    void mock.close(asked ? 0 : GRACE).then(() => setImmediate(() => process.exit()));
    asked = true;
  };
  if (cluster.isWorker) {
    process.on("message", (message) => {
      if (message === END) end();
    });
    // A worker ends when the process that started it is gone.
    process.on("disconnect", end);
    process.on("SIGINT", () => {});
    process.on("SIGTERM", end);
  } else for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
}

/** Reads contract and scenarios again when they change. What is broken leaves what was served before. */
async function reloadOnChange(mock: Mock, values: Values): Promise<never> {
  let first = true;
  return repeatOnChange(
    async (follow) => {
      for (const path of values.scenarios ?? []) follow(path);
      const document = await readDocument(values.input, accessOf(values), follow);
      if (!first) await mock.reload({ document });
    },
    (succeeded) => {
      if (!succeeded) process.stderr.write("What was read before is served on.\n");
      else if (!first) process.stdout.write(values.json ? '{"reloaded":true}\n' : "Read again.\n");
      first = false;
    },
  );
}
