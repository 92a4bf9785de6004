/**
 * The pipeline: contract -> bundle -> types -> client -> docs, and lint and the score beside them. A stage takes the
 * contract and returns files. Files are written only after every stage has succeeded.
 */
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { splitDirections } from "../document/directions.ts";
import { InputError, type Problem, type Warn } from "../shared/input-error.ts";
import { type Step, silently } from "../shared/step.ts";
import { counted } from "../shared/text.ts";
import type { Follow } from "../shared/watch.ts";
import { type Cache, uncached } from "./cache.ts";
import type { Contract, Files } from "./read/contract.ts";
import type { Access } from "./read/files.ts";
import { printFindings, printWarnings } from "./report.ts";
import type { DocsOptions } from "./stages/docs/stage.ts";
import type { Finding } from "./stages/lint.ts";
import type { Score } from "./stages/score.ts";
import { compare, write } from "./write.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const OWN_INPUT = join(repository, "openapi/openapi.yaml");
export const OWN_OUTPUT = join(repository, "generated");

/** The names that `BuildOptions.stage` may have. */
export const stageNames = (): string[] => ["lint", ...Object.keys(STAGES)];

interface StageContext {
  /** The absolute path of the output folder. */
  out: string;
  docs: DocsOptions;
  warn: Warn;
}

interface Stage {
  /** The parts of the contract and the context that the files depend on. Results with warnings are not kept. */
  inputs(contract: Contract, context: StageContext): readonly unknown[];
  run(contract: Contract, context: StageContext): Promise<Files>;
}

/** The stages whose files programs import. They are quick. */
export const CODE_STAGES = ["bundle", "types", "client"];

/** The stages that write, in order. Each loads its tools when it runs, since they take time to start. */
const STAGES: Record<string, Stage> = {
  bundle: {
    inputs: ({ document }) => [document],
    run: async (contract) => (await import("./stages/bundle.ts")).bundle(contract),
  },
  types: {
    inputs: ({ document }) => [document],
    run: async (contract, { warn }) => (await import("./stages/types/stage.ts")).types(contract, warn),
  },
  client: {
    inputs: ({ document }, { out }) => [document, runtimeFrom(out)],
    run: async (contract, { out, warn }) => {
      // The client's types are those of schema.ts, which tells requests from answers.
      const document = splitDirections(contract.document);
      const { client } = await import("./stages/client/stage.ts");
      return client({ ...contract, document }, runtimeFrom(out), warn);
    },
  },
  docs: {
    inputs: ({ document, guides, changelog }, { docs }) => [
      document,
      // The places of their lines are for errors, which are not kept.
      guides.map(({ place: _, ...guide }) => guide),
      changelog,
      docs,
    ],
    run: async (contract, { docs }) => (await import("./stages/docs/stage.ts")).docs(contract, docs),
  },
};

/** Where the code of the client is, as files in a folder import it. */
function runtimeFrom(out: string): string {
  return relative(out, join(repository, "scripts/client")).replaceAll("\\", "/");
}

export interface BuildOptions extends DocsOptions {
  /** The name of one stage, or of several. Default: all stages. */
  stage?: string | readonly string[];
  /** The root file of the document. Default: our own contract. */
  input?: string;
  /** What the document may refer to beyond its folder. Default: nothing. */
  access?: Access;
  /** The folder to write into. Default: `generated/`. */
  out?: string;
  /** Stop at warnings and lint findings of any document. Our own contract, and copies of it, always stop at them. */
  strict?: boolean;
  /** Write nothing; compare what would be written with what is there. */
  check?: boolean;
  /** Whether to lint. Default: true. */
  lint?: boolean;
  /** How long lint may take, in seconds. Default: 60 for our own contract, 20 for others. */
  lintTimeout?: number;
  /** What gives the results of stages whose inputs did not change. Default: every stage runs. */
  cache?: Cache;
  /** The document, if it was read before, by `readInput`. Default: it is read. */
  contract?: Contract;
}

/** What a command does while the pipeline runs. */
export interface BuildHooks {
  /** Runs each stage, and may show it. Default: runs it silently. */
  step?: Step;
  /** Called with each file before it is read: what to watch. */
  follow?: Follow;
  /** Called with the findings of lint that do not stop the build. Default: prints them on stderr. */
  report?: (findings: readonly Finding[]) => void;
  /** Called after each stage with the warnings that do not stop the build. Default: prints them on stderr. */
  warn?: (warnings: readonly Problem[]) => void;
}

/**
 * Reads the document.
 *
 * @throws {InputError} when it cannot be read, or a warning stops the build
 */
export async function readInput(options: BuildOptions = {}, hooks: BuildHooks = {}): Promise<Contract> {
  const { step = silently, follow, warn = printWarnings } = hooks;
  const { input = OWN_INPUT, access, strict = false } = options;
  const { readContract } = await import("./read/contract.ts");
  const contract = await step(
    "contract",
    async () => {
      const read = await readContract(input, follow, access);
      if (strict || isOurs(read.root)) refuse(read.warnings);
      return read;
    },
    ({ files }) => counted(files.length, "file"),
  );
  warn(contract.warnings);
  return contract;
}

/**
 * Runs the pipeline once.
 *
 * @returns how many files changed; undefined where none was to be written: after `lint`, and with `check`
 * @throws {InputError} when the document cannot be read, a warning or finding stops the build, or `check` finds a
 *   difference; then nothing has been written
 */
export async function build(options: BuildOptions = {}, hooks: BuildHooks = {}): Promise<number | undefined> {
  const { step = silently, report = printFindings, warn = printWarnings } = hooks;
  const { stage, out = OWN_OUTPUT, site, tryIt, strict = false, check = false } = options;
  const { cache = uncached, contract = await readInput(options, hooks) } = options;
  const house = isOurs(contract.root);
  const stop = strict || house;

  const linting = await startLint(contract, house, options);
  const finishLint = async () => {
    if (!linting) return;
    const { findings, leftOut } = await step(
      "lint",
      () => linting.result,
      (result) => (result.leftOut ? "left out" : counted(result.findings.length, "finding")),
    );
    if (leftOut && stop) refuse([leftOut]);
    if (stop && findings.length > 0) throw stopped(findings);
    if (leftOut) warn([leftOut]);
    report(findings);
  };
  // Redocly rates the document in another process, and lint runs in a worker: both beside the stages.
  const rating = stage === undefined && !check ? rate(contract, cache) : undefined;
  rating?.catch(() => undefined);
  try {
    const written: Files = new Map();
    for (const [name, { inputs, run }] of Object.entries(STAGES)) {
      if (!isWanted(name, options)) continue;
      // The site is not committed, so there is nothing to compare it with.
      if (check && name === "docs") continue;
      // A stage may keep this thread busy for long: the timer of lint has its turn in between.
      await setImmediate();
      const warnings: Problem[] = [];
      const context = {
        out,
        docs: { site, tryIt },
        warn: (...problems: Problem[]) => warnings.push(...problems),
      };
      const files = await step(
        name,
        async () => {
          const made = await cache(
            name,
            inputs(contract, context),
            () => run(contract, context),
            () => warnings.length === 0,
          );
          if (stop) refuse(warnings);
          return made;
        },
        (made) => counted(made.size, "file"),
      );
      warn(warnings);
      for (const [file, content] of files) written.set(file, content);
    }
    if (rating)
      await step(
        "score",
        () => rating,
        ({ agentReadiness }) => `Redocly rates the document ${agentReadiness} of 100 for use by AI agents`,
      );
    await finishLint();
    if (written.size === 0) return undefined;
    if (!check) return await write(out, written, contract.files);
    await compare(out, written, stage === undefined);
    return undefined;
  } finally {
    await linting?.stop();
  }
}

/** What lint finds, and whether that stops the build. */
export interface Linted {
  findings: readonly Finding[];
  stops: boolean;
}

/**
 * Reads and lints a document, and nothing else.
 *
 * @throws {InputError} when the document cannot be read, or lint takes too long
 */
export async function lintInput(options: BuildOptions): Promise<Linted> {
  const { readContract } = await import("./read/contract.ts");
  const { startLinting } = await import("./stages/lint.ts");
  const { input = OWN_INPUT, strict = false, lintTimeout: timeout } = options;
  const contract = await readContract(input, undefined, options.access);
  const house = isOurs(contract.root);
  const { findings, leftOut } = await startLinting(contract, {
    house,
    ...(timeout !== undefined && { timeout }),
  }).result;
  if (leftOut) throw new InputError(leftOut);
  return { findings, stops: findings.length > 0 && (house || strict) };
}

/** Whether a document is our contract or a copy of it: the house rules stand beside it. */
function isOurs(root: string): boolean {
  return existsSync(join(dirname(root), "rules/index.mjs"));
}

/** @throws {InputError} unless there are no warnings */
function refuse(warnings: readonly Problem[]): void {
  if (warnings.length > 0) throw new InputError(...warnings);
}

/** Whether a stage is among those that are asked for. */
function isWanted(name: string, { stage }: BuildOptions): boolean {
  return stage === undefined || [stage].flat().includes(name);
}

/** Starts to lint in a worker; undefined where lint is not asked for. */
async function startLint(contract: Contract, house: boolean, options: BuildOptions) {
  const { lint: wanted = true, lintTimeout: timeout, cache = uncached } = options;
  if (!wanted || !isWanted("lint", options)) return undefined;
  const { startLinting } = await import("./stages/lint.ts");
  return startLinting(contract, { house, cache, ...(timeout !== undefined && { timeout }) });
}

async function rate({ document }: Contract, cache: Cache): Promise<Score> {
  return cache("score", [document], async () => (await import("./stages/score.ts")).score(document));
}

/** The error with which lint stops the build: every finding, then their count. */
function stopped(findings: readonly Finding[]): InputError {
  const problems = findings.map(({ place, severity, rule, message }) => ({
    place,
    message: `${severity}  ${rule}  ${message}`,
  }));
  return new InputError(...problems, {
    message: `Lint stops the build: ${counted(findings.length, "finding")}.`,
  });
}
