/** `routescope conformance`: checks a running server against the contract. */
import { writeFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { dryRun, type Prepared, prepare, type Report } from "../conformance/index.ts";
import { FORMATS, type Format, formatReport, summaryLine } from "../conformance/report/formats.ts";
import { suggestions } from "../conformance/report/suggest.ts";
import { InputError } from "../shared/input-error.ts";
import { counted, messageOf } from "../shared/text.ts";
import { ACCESS_HELP, ACCESS_OPTIONS, accessOf } from "./input-options.ts";
import { main } from "./main.ts";
import { wholeNumber } from "./numbers.ts";
import { readDocument } from "./read-document.ts";

const KEY = "ROUTESCOPE_API_KEY";

const HELP = `Usage: routescope conformance --base-url URL [options]

Sends a running server the requests of the contract, and reports where its answers differ from the contract.

  --base-url URL      the server, as an SDK is told: http://127.0.0.1:4010/v1
  --api-key-env NAME  the variable that holds the token; default ${KEY}
  --model ID          the model of every request; default: a documented one that the server lists
  --only PATTERN      the cases whose "operation/case" matches; * stands for any text, a comma separates patterns
  --max-requests N    ends after this number of requests
  --concurrency N     the number of cases that run at once; default 8
  --dry-run           lists the cases and sends nothing
  --yes               starts without a question
  --input FILE        another OpenAPI 3.1 document, YAML or JSON
${ACCESS_HELP}

Report
  --format NAME       ${FORMATS.join(", ")}; default text
  --output FILE       writes the report there
  --suggest           prints YAML that would document what came at least twice and is not in the contract
  --workflows         runs the Arazzo documents of openapi/workflows by Redocly's respect instead

A break is an answer that contradicts the contract. Undocumented is what the contract does not mention. A note is what
the run cannot decide.
The exit code is 0 without a break, 1 with one, and 2 where the run could not start.
`;

const OPTIONS = {
  "base-url": { type: "string" },
  "api-key-env": { type: "string" },
  model: { type: "string" },
  only: { type: "string" },
  "max-requests": { type: "string" },
  concurrency: { type: "string" },
  "dry-run": { type: "boolean" },
  format: { type: "string" },
  output: { type: "string" },
  suggest: { type: "boolean" },
  workflows: { type: "boolean" },
  yes: { type: "boolean", short: "y" },
  input: { type: "string" },
  ...ACCESS_OPTIONS,
  help: { type: "boolean", short: "h" },
} as const;

/** The exit code of a run that could not start. */
const CANNOT_RUN = 2;

/** @throws {InputError} for options that are wrong and a run that cannot start, the exit code then being 2 */
export async function conformanceCommand(args: string[]): Promise<void> {
  try {
    await run(args);
  } catch (error) {
    process.exitCode = CANNOT_RUN;
    throw error;
  }
}

async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const format = formatOf(values.format);
  const document = await readDocument(values.input, accessOf(values));
  if (values["dry-run"]) return listCases(dryRun({ document, model: values.model, only: values.only }));
  const baseUrl = values["base-url"];
  if (baseUrl === undefined)
    throw new InputError({
      message: "--base-url is missing.",
      advice: "Name the server, such as --base-url http://127.0.0.1:4010/v1.",
    });
  const keyVariable = values["api-key-env"] ?? KEY;
  const apiKey = keyOf(values["api-key-env"]);
  if (values.workflows) {
    const { runWorkflows } = await import("./conformance/workflows.ts");
    process.exitCode = await runWorkflows(baseUrl, apiKey ?? "sk-conformance");
    return;
  }
  const abort = new AbortController();
  const prepared = await prepare({
    baseUrl,
    document,
    apiKey,
    keyVariable,
    model: values.model,
    only: values.only,
    maxRequests: limitOf("max-requests", values["max-requests"], 1_000_000),
    concurrency: limitOf("concurrency", values.concurrency, 64),
    signal: abort.signal,
    onWait: (message) => process.stderr.write(`${message}\n`),
    onProgress: showProgress,
  });
  if (!(await agreed(prepared, baseUrl, values.yes === true))) return;
  const report = await untilInterrupted(prepared, abort);
  await print(report, format, values.output);
  if (values.suggest)
    process.stderr.write(suggestions(report.unknown) || "Nothing came twice that is not in the contract.\n");
  process.exitCode = report.summary.breaks > 0 ? 1 : 0;
}

function formatOf(name = "text"): Format {
  const format = FORMATS.find((one) => one === name);
  if (format) return format;
  throw new InputError({
    message: `There is no format ${name}.`,
    advice: `Name one of ${FORMATS.join(", ")}.`,
  });
}

function limitOf(name: string, text: string | undefined, max: number): number | undefined {
  if (text === undefined) return undefined;
  const number = wholeNumber(name, text, max);
  if (number > 0) return number;
  throw new InputError({
    message: `--${name} 0 would send nothing.`,
    advice: "Name 1 or more, or see --dry-run.",
  });
}

/** The token. A variable that was named and is not set is a mistake; without a name, a mock needs none. */
function keyOf(named: string | undefined): string | undefined {
  const key = process.env[named ?? KEY];
  if (key) return key;
  if (named !== undefined)
    throw new InputError({
      message: `The variable ${named} of --api-key-env is not set.`,
      advice: `Set it to the token: export ${named}=...`,
    });
  return undefined;
}

function listCases(cases: Prepared["cases"]): void {
  for (const { operation, name } of cases) process.stdout.write(`${operation}/${name}\n`);
  process.stdout.write(`${costLine(cases)}\nThe models of the server's own list come on top.\n`);
}

function costLine(cases: Prepared["cases"]): string {
  const sum = (name: "requests" | "tokens") => cases.reduce((total, one) => total + one[name], 0);
  return `${counted(cases.length, "case")}: ${counted(sum("requests"), "request")}, at most ${sum("tokens")} tokens, tries after a failure not counted.`;
}

/** Says what the run costs; on a terminal, asks whether to start. */
async function agreed({ cases }: Prepared, baseUrl: string, yes: boolean): Promise<boolean> {
  process.stderr.write(`${baseUrl}: ${costLine(cases)}\n`);
  if (yes || !process.stdin.isTTY) return true;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question("Start? [y/N] ");
  lines.close();
  if (/^y(es)?$/i.test(answer.trim())) return true;
  process.stderr.write("Nothing was sent beyond a first look at the server.\n");
  return false;
}

/** Runs the cases; Ctrl+C ends the run with the report so far, a second one ends at once. */
async function untilInterrupted(prepared: Prepared, abort: AbortController): Promise<Report> {
  const stop = () => {
    process.stderr.write("\nStopping; the report holds what was found so far.\n");
    abort.abort();
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    return await prepared.run();
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}

function showProgress(done: number, all: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${all} cases${done === all ? "\n" : ""}`);
}

async function print(report: Report, format: Format, output: string | undefined): Promise<void> {
  const text = formatReport(report, format);
  if (output === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeFile(output, text).catch((error: unknown) => {
    throw new InputError({ message: `${output} cannot be written: ${messageOf(error)}.` });
  });
  process.stderr.write(`${summaryLine(report)}\n${output} has the report.\n`);
}

if (import.meta.main) await main(() => conformanceCommand(process.argv.slice(2)));
