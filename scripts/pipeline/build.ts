/**
 * The pipeline: contract -> lint -> bundle -> types -> client -> docs. The stages are pure: they take the contract and
 * return files. Files are written only once every stage has succeeded.
 */
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../shared/input-error.ts";
import { type Step, silently } from "../shared/step.ts";
import { counted } from "../shared/text.ts";
import type { Follow } from "../shared/watch.ts";
import type { Contract, Files } from "./read/contract.ts";
import type { Finding } from "./stages/lint.ts";
import { compare, write } from "./write.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const OWN_INPUT = join(repository, "openapi/openapi.yaml");
export const OWN_OUTPUT = join(repository, "generated");

/** What `build` can be asked for by name. */
export const stageNames = (): string[] => ["lint", ...Object.keys(STAGES)];

/** The stages that write, in order. Loaded when they run: each brings a tool that takes time to start. */
const STAGES: Record<string, (contract: Contract, out: string, site?: string) => Promise<Files>> = {
  bundle: async (contract) => (await import("./stages/bundle.ts")).bundle(contract),
  types: async (contract) => (await import("./stages/types/stage.ts")).types(contract),
  client: async (contract, out) => {
    const runtime = relative(out, join(repository, "scripts/client")).replaceAll("\\", "/");
    return (await import("./stages/client/stage.ts")).client(contract, runtime);
  },
  docs: async (contract, _, site) => (await import("./stages/docs/stage.ts")).docs(contract, { site }),
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

/** What a command does while the pipeline runs. */
export interface BuildHooks {
  /** Runs each stage, and may show it. */
  step?: Step;
  /** Called with each file before it is read: what to watch. */
  follow?: Follow;
  /** Called with the findings of lint that do not stop the build. */
  report?: (findings: readonly Finding[]) => void;
}

/**
 * Runs the pipeline once.
 *
 * @returns how many files changed; undefined where none was to be written: after `lint`, and with `check`
 * @throws {InputError} when the input is wrong, lint stops the build, or `check` finds a difference; then nothing has
 *   been written
 */
export async function build(options: BuildOptions = {}, hooks: BuildHooks = {}): Promise<number | undefined> {
  const { step = silently, follow, report } = hooks;
  const { stage, input = OWN_INPUT, out = OWN_OUTPUT, site, strict = false, check = false } = options;
  const { readContract } = await import("./read/contract.ts");
  const contract = await step(
    "contract",
    () => readContract(input, follow),
    ({ files }) => counted(files.length, "file"),
  );

  if (stage === undefined || stage === "lint") {
    const { findings, stops } = await step(
      "lint",
      () => lintContract(contract, strict),
      (linted) => counted(linted.findings.length, "finding"),
    );
    if (stops) throw stopped(findings);
    if (findings.length > 0) report?.(findings);
  }

  const written: Files = new Map();
  for (const [name, run] of Object.entries(STAGES)) {
    if (stage !== undefined && stage !== name) continue;
    // The site is not committed, so there is nothing to compare it with.
    if (check && name === "docs") continue;
    const files = await step(
      name,
      () => run(contract, out, site),
      (made) => counted(made.size, "file"),
    );
    for (const [file, content] of files) written.set(file, content);
  }
  if (written.size === 0) return undefined;
  if (stage === undefined && !check) {
    const { score } = await import("./stages/score.ts");
    await step(
      "score",
      () => score(contract.document),
      ({ agentReadiness }) => `Redocly rates the document ${agentReadiness} of 100 for use by AI agents`,
    );
  }
  if (!check) return write(out, written, contract.files);
  await compare(out, written, stage === undefined);
  return undefined;
}

/** What lint finds, and whether that stops the build. */
export interface Linted {
  findings: Finding[];
  stops: boolean;
}

/**
 * Reads and lints a document, and nothing else.
 *
 * @throws {InputError} when the document cannot be read
 */
export async function lintInput({ input = OWN_INPUT, strict = false }: BuildOptions): Promise<Linted> {
  const { readContract } = await import("./read/contract.ts");
  return lintContract(await readContract(input), strict);
}

/** The house rules are for our contract and its copies, which have them beside them; there any finding stops. */
async function lintContract(contract: Contract, strict: boolean): Promise<Linted> {
  const house = existsSync(join(dirname(contract.root), "rules/index.mjs"));
  const { lint } = await import("./stages/lint.ts");
  const findings = await lint(contract, { house });
  return { findings, stops: findings.length > 0 && (house || strict) };
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
