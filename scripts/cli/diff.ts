/** What changed between two contracts: `routescope diff`, and what `npm run diff` has in common with it. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { LEVELS } from "../pipeline/diff/change.ts";
import { type Diff, diff } from "../pipeline/diff/diff.ts";
import { FORMATS, report } from "../pipeline/diff/report.ts";
import { printWarnings } from "../pipeline/report.ts";
import { InputError } from "../shared/input-error.ts";
import { oneOf } from "./choices.ts";
import { ACCESS_HELP, ACCESS_OPTIONS, accessOf } from "./input-options.ts";

const HELP = `Usage: routescope diff OLD NEW [options]
       npm run diff -- [OLD [NEW]] [options]

Says what changed between two OpenAPI documents, for those who use the API:
  major  breaks a consumer: a request that was accepted may be refused, or an answer may hold what it could not
  minor  adds something
  patch  concerns descriptions and examples alone

In the repository OLD is the last release by default (the tag v*, else the last commit with another version), and NEW
is openapi/openapi.yaml. Both may be YAML or JSON, of several files, OpenAPI 3.0 or 3.1.

Options
  --format NAME    ${FORMATS.join(", ")} (default: text). markdown is a draft for the changelog
  --fail-on LEVEL  exit with 1 if there is a change of this level or a more severe one: patch, minor or major
${ACCESS_HELP}
  --help           this text
`;

/** What is compared where nothing is named. */
export interface Defaults {
  /** The new document. */
  now: string;
  /** Compares it with the last release. */
  sinceRelease: (now: string) => Promise<Diff>;
}

/**
 * @param args what follows the command's name; `--help` lists the options
 * @param defaults in the repository, where documents may be left out
 */
export async function diffCommand(args: string[], defaults?: Defaults): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: "string", default: "text" },
      "fail-on": { type: "string" },
      ...ACCESS_OPTIONS,
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const format = oneOf("format", values.format, FORMATS);
  const failOn =
    values["fail-on"] === undefined ? undefined : oneOf("fail-on", values["fail-on"], LEVELS.slice(1));
  const [old, now = defaults?.now, ...more] = positionals;
  const compare =
    old === undefined
      ? defaults && ((file: string) => defaults.sinceRelease(file))
      : (file: string) => diff(named(old), named(file), accessOf(values));
  if (more.length > 0 || now === undefined || compare === undefined)
    throw new InputError({ message: "Name two documents, the old one and the new one. See --help." });
  const found = await compare(now);
  printWarnings(found.warnings ?? []);
  if (found.release !== undefined && format === "text")
    process.stdout.write(`Changes since ${found.release}\n\n`);
  process.stdout.write(report(found, format, resolve(now)));
  if (failOn !== undefined && LEVELS.indexOf(found.level) >= LEVELS.indexOf(failOn)) process.exitCode = 1;
}

/** @throws {InputError} in the words of this command when there is no such file */
function named(file: string): string {
  if (existsSync(file)) return file;
  throw new InputError({
    place: { file: resolve(file) },
    message: "There is no such file.",
    advice: "Name the root file of each OpenAPI document: routescope diff OLD NEW.",
  });
}
