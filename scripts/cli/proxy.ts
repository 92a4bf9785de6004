/** `routescope proxy`: passes requests on to a server, checks them against the contract, and records them. */
import { once } from "node:events";
import { parseArgs } from "node:util";
import { suggestions } from "../conformance/report/suggest.ts";
import { type Drift, type SideNews, startProxy } from "../proxy/index.ts";
import { InputError, shorten } from "../shared/input-error.ts";
import { ACCESS_HELP, ACCESS_OPTIONS, accessOf } from "./input-options.ts";
import { LISTEN_OPTIONS, listenHelp, whereTo } from "./listen-options.ts";
import { main } from "./main.ts";
import { readDocument } from "./read-document.ts";

const DEFAULT_PORT = 4012;

const HELP = `Usage: routescope proxy --upstream URL [options]

Passes requests on to a server, unchanged, and the answers back. On the side, it checks both against the contract.

  --upstream URL    the server, as an SDK is told: https://api.routescope.ai/v1
${listenHelp(DEFAULT_PORT)}
  --input FILE      another OpenAPI 3.1 document, YAML or JSON
${ACCESS_HELP}

Recording
  --record DIR      writes each exchange as a scenario, for routescope mock --scenarios DIR
  --mask FIELD      a member, or a JSON Pointer, that recordings must not hold; may be repeated
  --pace            records how fast answers came, too

Checks
  --fail-on-drift   ends with 1 if a request or an answer contradicted the contract
  --suggest         at the end, YAML that would document what came at least twice and is not in the contract
  --json            reports as JSON lines

Keys are never recorded.
`;

const OPTIONS = {
  ...LISTEN_OPTIONS,
  upstream: { type: "string" },
  input: { type: "string" },
  ...ACCESS_OPTIONS,
  record: { type: "string" },
  mask: { type: "string", multiple: true },
  pace: { type: "boolean" },
  "fail-on-drift": { type: "boolean" },
  suggest: { type: "boolean" },
  json: { type: "boolean" },
} as const;

/** @throws {InputError} for options that are wrong, and when the port cannot be had */
export async function proxyCommand(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const { upstream, record, mask, pace, json = false } = values;
  if (upstream === undefined)
    throw new InputError({
      message: "--upstream is missing.",
      advice: "Name the server, such as --upstream https://api.routescope.ai/v1.",
    });
  const say = (object: object, text: string) =>
    process.stdout.write(`${json ? JSON.stringify(object) : text}\n`);
  const proxy = await startProxy({
    upstream,
    document: await readDocument(values.input, accessOf(values)),
    record,
    mask,
    pace,
    ...whereTo(values, DEFAULT_PORT),
    onNews: (news) => tell(news, say),
  });
  const { url, baseURL } = proxy;
  say({ url, baseURL, upstream }, `The proxy of ${upstream} listens at ${baseURL}\n\nCtrl+C ends it.`);
  const closed = await ended();
  const { drift, unchecked } = await proxy.close();
  closed();
  for (const one of drift) say({ ...withoutMember(one), final: true }, `${one.count} × ${lineOf(one)}`);
  if (unchecked > 0) say({ unchecked }, `${unchecked} exchanges were too large to be checked or recorded.`);
  if (values.suggest) process.stderr.write(suggestions(drift.flatMap(unknownOf)));
  if (values["fail-on-drift"] && drift.some(({ kind }) => kind === "break")) process.exitCode = 1;
}

type Say = (object: object, text: string) => void;

function tell({ drifts, recorded, problem }: SideNews, say: Say): void {
  for (const drift of drifts) say(drift, lineOf(drift));
  for (const file of recorded) say({ recorded: file }, `recorded ${shorten(file)}`);
  if (problem !== undefined) say({ problem }, problem);
}

/** `break createChatCompletion answer /usage: usage is missing. (expected …, got …)`. */
function lineOf({ kind, operation, side, pointer, message, expected, actual }: Drift): string {
  const values = [expected && `expected ${expected}`, actual && `got ${actual}`].filter(Boolean).join(", ");
  return `${kind} ${operation} ${side}${pointer ? ` ${pointer}` : ""}: ${message}${values ? ` (${values})` : ""}`;
}

function withoutMember({ member: _, ...drift }: Drift): object {
  return drift;
}

function unknownOf({ member, count }: Drift) {
  return member ? [{ member, count }] : [];
}

/** Resolves at the first SIGINT or SIGTERM. Until the function that it gives is called, a second one ends the process. */
async function ended(): Promise<() => void> {
  const signals = ["SIGINT", "SIGTERM"] as const;
  const first = new AbortController();
  await Promise.race(signals.map((signal) => once(process, signal, { signal: first.signal })));
  first.abort();
  const exit = () => process.exit(130);
  for (const signal of signals) process.once(signal, exit);
  return () => {
    for (const signal of signals) process.off(signal, exit);
  };
}

if (import.meta.main) await main(() => proxyCommand(process.argv.slice(2)));
