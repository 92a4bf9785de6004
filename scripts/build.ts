/**
 * The pipeline: contract -> lint -> bundle -> types -> client -> docs. The stages are pure; this file alone writes,
 * and only once all of them have succeeded.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { main } from "./main.ts";
import type { Contract, Files } from "./pipeline/contract.ts";
import type { Finding } from "./pipeline/lint.ts";
import { formatPlace, InputError, shorten } from "./pipeline/problem.ts";
import { progress, style } from "./progress.ts";
import { repeatOnChange } from "./watch.ts";
import { counted } from "./words.ts";

const repository = fileURLToPath(new URL("..", import.meta.url));
const OWN_INPUT = join(repository, "openapi/openapi.yaml");
export const OWN_OUTPUT = join(repository, "generated");

const HELP = `Usage: npm run build -- [stage] [options]

Makes everything that follows from an OpenAPI document.

Stages (all of them, unless one is named)
  lint       check the document's style
  bundle     openapi.yaml and openapi.json, the document in one file
  types      schema.ts, its TypeScript types
  client     client.ts, a method for each operation
  docs       docs/, the reference

Options
  --input FILE   the document, YAML or JSON (default: openapi/openapi.yaml). The house rules apply to ours and
                 its copies, which have rules/ beside them; findings for any other one stop nothing
  --out DIR      where to write (default: generated)
  --site URL     the address that the docs will have, for link previews and search engines
  --strict       stop at findings of any document
  --check        write nothing, and fail if what was committed is not what the document gives
  --watch        build again at each change
  --help         this text
`;

/** The stages that write, in order. Loaded when they run: each brings a tool that takes time to start. */
const STAGES: Record<string, (contract: Contract, out: string, site?: string) => Promise<Files>> = {
  bundle: async (contract) => (await import("./pipeline/bundle.ts")).bundle(contract),
  types: async (contract) => (await import("./pipeline/types.ts")).types(contract),
  client: async (contract, out) => {
    const runtime = relative(out, join(repository, "scripts/client")).replaceAll("\\", "/");
    return (await import("./pipeline/client.ts")).client(contract, runtime);
  },
  docs: async (contract, _, site) => (await import("./pipeline/docs.ts")).docs(contract, { site }),
};

export interface BuildOptions {
  /** One stage alone, by name; else all. */
  stage?: string;
  input?: string;
  out?: string;
  /** The address that the docs will have, a slash at its end. */
  site?: string;
  strict?: boolean;
  check?: boolean;
}

/**
 * Runs the pipeline once.
 *
 * @param onFile told of each file before it is read, for a watcher
 * @throws {InputError} when the input is at fault, or `check` finds a difference; then nothing has been written
 */
export async function build(options: BuildOptions = {}, onFile?: (file: string) => void): Promise<void> {
  const { stage, input = OWN_INPUT, out = OWN_OUTPUT, site, strict = false, check = false } = options;
  const { readContract } = await import("./pipeline/contract.ts");
  const contract = await progress(
    "contract",
    () => readContract(input, onFile),
    ({ files }) => counted(files.length, "file"),
  );

  if (stage === undefined || stage === "lint") {
    const house = existsSync(join(dirname(contract.root), "rules/index.mjs"));
    const { lint } = await import("./pipeline/lint.ts");
    const findings = await progress(
      "lint",
      () => lint(contract, { house }),
      (found) => counted(found.length, "finding"),
    );
    if (findings.length > 0) report(findings, house || strict);
  }

  const written: Files = new Map();
  for (const [name, run] of Object.entries(STAGES)) {
    if (stage !== undefined && stage !== name) continue;
    // The site is not committed, so there is nothing to compare it with.
    if (check && name === "docs") continue;
    const files = await progress(
      name,
      () => run(contract, out, site),
      (made) => counted(made.size, "file"),
    );
    for (const [file, content] of files) written.set(file, content);
  }
  if (written.size === 0) return;
  if (stage === undefined && !check) {
    const { score } = await import("./pipeline/score.ts");
    await progress(
      "score",
      () => score(contract.document),
      ({ agentReadiness }) => `${agentReadiness} of 100, for use by agents`,
    );
  }
  if (check) await compare(out, written, stage === undefined);
  else await write(out, written, contract.files);
}

/**
 * Prints findings, those of a rule together: errors first, then the most frequent.
 *
 * @throws {InputError} with each of them, if they are to stop the build
 */
function report(findings: readonly Finding[], stop: boolean): void {
  if (stop) {
    const problems = findings.map(({ place, severity, rule, message }) => ({
      place,
      message: `${severity}  ${rule}  ${message}`,
    }));
    throw new InputError(...problems, {
      message: `Lint stops the build: ${counted(findings.length, "finding")}.`,
    });
  }
  const rules = [...Map.groupBy(findings, ({ rule }) => rule).values()];
  const rank = ([first]: Finding[]) => Number(first?.severity !== "error");
  for (const found of rules.sort((a, b) => rank(a) - rank(b) || b.length - a.length)) {
    const [{ place, severity, rule, message }] = found as [Finding];
    process.stderr.write(
      `  ${found.length} x ${severity}  ${rule}, first at ${formatPlace(place)}  ${message}\n`,
    );
  }
  process.stderr.write("  None of them stops the build; --strict would.\n");
}

/** @throws {InputError} when a file would replace one that the document was read from, or cannot be written */
async function write(out: string, files: Files, sources: readonly string[]): Promise<void> {
  const own = [...files.keys()].map((name) => join(out, name)).filter((file) => sources.includes(file));
  if (own.length > 0)
    throw new InputError(
      ...own.map((file) => ({ place: { file }, message: "is read here, and would be written over." })),
      { message: "Choose another folder with --out DIR." },
    );
  const stale = await staleDocs(out, files);
  let changed = stale.length;
  for (const name of stale) await rm(join(out, name));
  for (const [name, content] of files) {
    const file = join(out, name);
    if (await holds(file, content)) continue;
    await mkdir(dirname(file), { recursive: true })
      .then(() => writeFile(file, content))
      .catch((error: Error) => {
        throw new InputError({
          place: { file },
          message: `cannot be written: ${error.message.split(",")[0]}.`,
          advice: "Make room for it, or choose another folder with --out DIR.",
        });
      });
    changed++;
  }
  process.stdout.write(`${style("green", "✓")} ${shorten(out)}: ${counted(changed, "file")} changed\n`);
}

/**
 * The pages of an earlier build that the contract no longer gives; none, if the site is not built now. A page is known
 * by its first line, which says what wrote it: nothing of anybody else's is touched.
 */
async function staleDocs(out: string, files: Files): Promise<string[]> {
  const [banner = ""] = String(files.get("docs/index.html") ?? "").split("\n", 1);
  if (banner === "") return [];
  const entries = await readdir(join(out, "docs"), { recursive: true }).catch(() => []);
  const names = entries.map((name) => `docs/${name.replaceAll("\\", "/")}`);
  const unknown = names.filter((name) => /\.(html|md)$/.test(name) && !files.has(name));
  const texts = await Promise.all(unknown.map((name) => readFile(join(out, name), "utf8").catch(() => "")));
  return unknown.filter((_, index) => texts[index]?.startsWith(banner));
}

/** @throws {InputError} that names every file which is not what the document gives, and the command that mends it */
async function compare(out: string, files: Files, all: boolean): Promise<void> {
  const differing: string[] = [];
  for (const [name, content] of files) {
    if (!(await holds(join(out, name), content))) differing.push(name);
  }
  const present = all ? await readdir(out).catch(() => []) : [];
  const foreign = present.filter((name) => name !== "docs" && !name.startsWith(".") && !files.has(name));
  const problems = [
    ...differing.map((name) => ({
      place: { file: join(out, name) },
      message: "is not what the document gives.",
    })),
    ...foreign.map((name) => ({
      place: { file: join(out, name) },
      message: "is not made by the pipeline. Remove it.",
    })),
  ];
  if (problems.length === 0) {
    process.stdout.write(`${style("green", "✓")} ${shorten(out)} is up to date\n`);
    return;
  }
  throw new InputError(...problems, { message: "Run `npm run build`, and commit what it writes." });
}

async function holds(file: string, content: string | Uint8Array): Promise<boolean> {
  const present = await readFile(file).catch(() => undefined);
  return present?.equals(Buffer.from(content)) ?? false;
}

/** @throws {InputError} for what is no address of a site */
function siteAddress(text: string): string {
  if (!/^https?:/.test(text) || !URL.canParse(text))
    throw new InputError({
      message: `--site ${text} is not an address.`,
      advice: "Write it whole, as in https://docs.example.com/api/.",
    });
  return new URL(text.replace(/\/*$/, "/")).href;
}

if (import.meta.main) {
  await main(async () => {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        input: { type: "string" },
        out: { type: "string" },
        site: { type: "string" },
        strict: { type: "boolean" },
        check: { type: "boolean" },
        watch: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    const [stage, ...more] = positionals;
    if (values.help) {
      process.stdout.write(HELP);
      return;
    }
    const known = ["lint", ...Object.keys(STAGES)];
    if (more.length > 0 || (stage !== undefined && !known.includes(stage)))
      throw new InputError({
        message: `There is no stage "${[...positionals].join(" ")}".`,
        advice: `Name one of ${known.join(", ")}, or none for all.`,
      });
    const { input, out, site, strict, check } = values;
    const options: BuildOptions = {
      ...(stage !== undefined && { stage }),
      ...(input !== undefined && { input: resolve(input) }),
      ...(out !== undefined && { out: resolve(out) }),
      ...(site !== undefined && { site: siteAddress(site) }),
      ...(strict && { strict }),
      ...(check && { check }),
    };
    if (!values.watch) return build(options);
    await repeatOnChange(
      (follow) => build(options, follow),
      () => process.stdout.write("Watching for changes. Ctrl+C ends it.\n"),
    );
  });
}
