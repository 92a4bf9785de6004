/** `npm run build`, and `npm run lint`, `types` and `client`: the pipeline, once or at each change. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type BuildOptions, CODE_STAGES, lintInput, readInput, stageNames } from "../pipeline/build.ts";
import { diskCache } from "../pipeline/cache.ts";
import { FINDING_FORMATS, formatFindings } from "../pipeline/findings.ts";
import { InputError } from "../shared/input-error.ts";
import { repeatOnChange } from "../shared/watch.ts";
import { oneOf } from "./choices.ts";
import { ACCESS_HELP, ACCESS_OPTIONS, accessOf } from "./input-options.ts";
import { main } from "./main.ts";
import { wholeNumber } from "./numbers.ts";
import { progress } from "./progress.ts";
import { runBuild } from "./run-build.ts";

const HELP = `Usage: npm run build -- [stage] [options]

Makes types, client, reference and bundle from an OpenAPI document.

Stages (all of them, unless one is named)
  lint       check the document's style
  bundle     openapi.yaml and openapi.json, the document in one file
  types      schema.ts, its TypeScript types
  client     client.ts, a method for each operation
  docs       docs/, the reference

Options
  --input FILE   the document, YAML or JSON (default: openapi/openapi.yaml). The house rules apply to ours and
                 its copies, which have rules/ beside them; warnings and findings stop these only
${ACCESS_HELP}
  --out DIR      where to write (default: generated)
  --site URL     the address that the docs will have, for link previews and search engines
  --try-it       let readers of the docs send requests to the API, with a token of their own
  --strict       stop at warnings and findings of any document
  --no-lint      leave lint out
  --lint-timeout SECONDS
                 how long lint may take (default: 60, and 20 with --input). After that it is left out
  --format NAME  print the findings of lint as ${FINDING_FORMATS.join(", ")} (default: text)
  --check        write nothing, and fail if the files in --out are not what the document gives
  --watch        build again at each change
  --no-cache     run every stage, also those whose inputs did not change. --check always does
  --help         this text
`;

/**
 * @param args the stage and the options; `--help` lists them
 * @throws {InputError} for options that are wrong, and for a document that cannot be built
 */
export async function buildCommand(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      input: { type: "string" },
      ...ACCESS_OPTIONS,
      "no-lint": { type: "boolean" },
      "lint-timeout": { type: "string" },
      out: { type: "string" },
      site: { type: "string" },
      "try-it": { type: "boolean" },
      strict: { type: "boolean" },
      format: { type: "string" },
      check: { type: "boolean" },
      watch: { type: "boolean" },
      "no-cache": { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  const [stage, ...more] = positionals;
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const known = stageNames();
  if (more.length > 0 || (stage !== undefined && !known.includes(stage)))
    throw new InputError({
      message: `There is no stage "${[...positionals].join(" ")}".`,
      advice: `Name one of ${known.join(", ")}, or none for all.`,
    });
  const { input, out, site, strict, check, "lint-timeout": seconds } = values;
  const format = values.format === undefined ? undefined : oneOf("format", values.format, FINDING_FORMATS);
  if (format !== undefined && (stage !== "lint" || values.watch))
    throw new InputError({
      message: "--format is for the findings of one run of lint.",
      advice: "Write `npm run lint -- --format NAME`, without --watch.",
    });
  const options: BuildOptions = {
    access: accessOf(values),
    ...(stage !== undefined && { stage }),
    // An address is refused by the reader, in its own words.
    ...(input !== undefined && { input: /^https?:/.test(input) ? input : resolve(input) }),
    ...(out !== undefined && { out: resolve(out) }),
    ...(site !== undefined && { site: siteAddress(site) }),
    ...(values["try-it"] && { tryIt: true }),
    ...(strict && { strict }),
    ...(values["no-lint"] && { lint: false }),
    ...(seconds !== undefined && { lintTimeout: wholeNumber("lint-timeout", seconds, 86_400) }),
    ...(check && { check }),
    ...(!values["no-cache"] && { cache: diskCache({ reads: !check }) }),
  };
  if (format !== undefined) {
    const { findings, stops } = await lintInput(options);
    process.stdout.write(formatFindings(findings, format));
    if (stops) process.exitCode = 1;
    return;
  }
  if (!values.watch) return runBuild(options);
  let rest: ChildProcess | undefined;
  endBefore(() => rest);
  await repeatOnChange(
    async (follow) => {
      rest?.kill();
      const contract = await readInput(options, { step: progress, follow });
      if (stage !== undefined) return runBuild({ ...options, contract });
      await runBuild({ ...options, contract, stage: CODE_STAGES });
      // What code depends on is there. Lint and the docs follow in a process beside this one, until the next change.
      const rerun = args.filter((one) => one !== "--watch");
      rest = spawn(process.execPath, [fileURLToPath(import.meta.url), ...rerun], { stdio: "inherit" });
    },
    () => process.stdout.write("Watching for changes. Ctrl+C ends it.\n"),
  );
}

/** @throws {InputError} when the text is not an address on the web */
function siteAddress(text: string): string {
  if (!/^https?:/.test(text) || !URL.canParse(text))
    throw new InputError({
      message: `--site ${text} is not an address.`,
      advice: "Write the whole address, as in https://docs.example.com/api/.",
    });
  return new URL(text.replace(/\/*$/, "/")).href;
}

/** Lets a signal end another process before this one: what writes files must not outlive the command. */
function endBefore(other: () => ChildProcess | undefined): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, async () => {
      const child = other();
      if (child?.kill()) await once(child, "exit");
      process.kill(process.pid, signal);
    });
}

if (import.meta.main) await main(() => buildCommand(process.argv.slice(2)));
