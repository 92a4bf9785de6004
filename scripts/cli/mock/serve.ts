/** Starts the mock that the command line asks for, and keeps it until a signal ends it. */
import cluster from "node:cluster";
import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Document } from "../../document/model.ts";
import { DEFAULT_PORT } from "../../mock/default-port.ts";
import { baseUrl, curlLine } from "../../mock/http/try-it.ts";
import { CONTRACT, createMock, type Mock, type MockOptions } from "../../mock/index.ts";
import { printWarnings } from "../../pipeline/report.ts";
import { InputError } from "../../shared/input-error.ts";
import { type Follow, repeatOnChange } from "../../shared/watch.ts";
import { whereTo } from "../listen-options.ts";
import { numberFrom, wholeNumber } from "../numbers.ts";
import { logJson, logLine } from "./log.ts";
import type { Values } from "./options.ts";

/** Milliseconds in which streams may finish after the first signal; a second one ends at once. */
const GRACE = 10_000;
const DAY = 86_400_000;

/** @throws {InputError} naming the option that is wrong */
export async function serve(values: Values): Promise<void> {
  const document = await readDocument(values.input);
  const mock = await createMock({ document, ...mockOptions(values) });
  const { url } = await mock.listen(whereTo(values, DEFAULT_PORT));
  const line = curlLine(document, url);
  // Of several processes that share the port, the first says so.
  if (cluster.isPrimary || cluster.worker?.id === 1)
    process.stdout.write(
      `The mock of ${document.info.title} listens at ${baseUrl(document, url)}\n\n${line && `${line}\n\n`}`,
    );
  endOnSignal(mock);
  if (values.watch) await reloadOnChange(mock, values);
}

/** Ends a mock with the process: at the first signal when its answers are written, at the second at once. */
export function endOnSignal(mock: Pick<Mock, "close">): void {
  let asked = false;
  const end = () => {
    void mock.close(asked ? 0 : GRACE).then(() => process.exit());
    asked = true;
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
}

function mockOptions(values: Values): Omit<MockOptions, "document"> {
  const { scenarios, models, seed, chaos, fault, ttft, tps, jitter, heartbeat } = values;
  const whole = (name: string, text: string | undefined) =>
    text === undefined ? {} : { [name]: wholeNumber(name, text, DAY) };
  const share = (name: string, text: string | undefined) =>
    text === undefined ? {} : { [name]: numberFrom(name, text, 1) };
  return {
    ...(scenarios && { scenarios }),
    ...(models !== undefined && { models: list("models", models) }),
    ...(values["api-key"] && { apiKeys: values["api-key"] }),
    ...(seed !== undefined && { seed }),
    ...(fault && { faults: fault }),
    ...share("chaos", chaos),
    ...whole("ttft", ttft),
    ...(tps !== undefined && { tps: numberFrom("tps", tps, 1_000_000) }),
    ...share("jitter", jitter),
    ...whole("heartbeat", heartbeat),
    journal: !cluster.isWorker,
    ...(!values.quiet && {
      log: (entry) => process.stdout.write(`${values.json ? logJson(entry) : logLine(entry)}\n`),
    }),
  };
}

function list(option: string, text: string): string[] {
  const items = text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
  if (items.length > 0) return items;
  throw new InputError({ message: `--${option} names none. Write it like --${option} a,b.` });
}

/** Reads contract and scenarios again when they change. What is broken leaves what was served before. */
async function reloadOnChange(mock: Mock, values: Values): Promise<never> {
  let first = true;
  return repeatOnChange(
    async (follow) => {
      for (const path of values.scenarios ?? []) follow(path);
      const document = await readDocument(values.input, follow);
      if (!first) await mock.reload({ document });
    },
    (succeeded) => {
      if (!succeeded) process.stderr.write("What was read before is served on.\n");
      else if (!first) process.stdout.write("Read again.\n");
      first = false;
    },
  );
}

/** @returns the contract in one piece */
async function readDocument(input: string | undefined, follow: Follow = () => {}): Promise<Document> {
  if (input !== undefined) {
    // What bundles a contract takes a while to load, and most do not need it.
    const { readContract } = await import("../../pipeline/read/contract.ts");
    const { document, warnings } = await readContract(resolve(input), follow);
    printWarnings(warnings);
    return document;
  }
  const file = fileURLToPath(CONTRACT);
  const place = { file };
  const advice = `\`npm run build\` writes ${relative("", file)}.`;
  follow(file);
  const text = await readFile(file, "utf8").catch(() => {
    throw new InputError({ place, message: "There is no such file.", advice });
  });
  try {
    return JSON.parse(text) as Document;
  } catch {
    throw new InputError({ place, message: "This is not JSON.", advice });
  }
}
