/** The contract of the last release, from the repository's history. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { InputError } from "../../shared/input-error.ts";
import { readContract } from "../read/contract.ts";
import { diffContracts, type VersionedDiff } from "./diff.ts";
import type { Program } from "./programs.ts";

/** Where each commit has its contract in one file. */
const CONTRACT = "generated/openapi.json";

/** A released contract. */
export interface Release {
  /** The tag, or the commit. */
  name: string;
  /** The document as JSON. */
  text: string;
}

/**
 * The contract of the last tag `v*`; without one, that of the last commit that changed `info.version`.
 *
 * @param repository the folder of the repository
 * @throws {InputError} when there is no history to look in
 */
export async function lastRelease(repository: string): Promise<Release> {
  const git = (...args: string[]) =>
    promisify(execFile)("git", args, { cwd: repository, maxBuffer: 256 * 1024 * 1024 }).then(
      ({ stdout }) => stdout.trim(),
      () => undefined,
    );
  const contractOf = async (name: string) => {
    const text = await git("show", `${name}:${CONTRACT}`);
    return text === undefined ? undefined : { name, text };
  };
  const tag = await git("describe", "--tags", "--abbrev=0", "--match", "v*");
  if (tag) {
    const release = await contractOf(tag);
    if (release) return release;
  }
  const commits = (await git("log", "--format=%H", '-G^    "version":', "--", CONTRACT))?.split("\n") ?? [];
  for (const commit of commits.filter((name) => name !== "")) {
    const [release, before] = [await contractOf(commit), await contractOf(`${commit}^`)];
    // The oldest commit of a shallow clone seems to add every file that it has.
    const isCutOff = before === undefined && (await git("rev-parse", "--is-shallow-repository")) === "true";
    if (release && !isCutOff && versionOf(release) !== (before && versionOf(before))) return release;
  }
  throw new InputError({
    message: "The repository's history holds no released contract to compare with.",
    advice: `Name the old document, or fetch the whole history with \`git fetch --unshallow --tags\`: a tag v*, or the commits of ${CONTRACT}.`,
  });
}

function versionOf({ text }: Release): unknown {
  return (JSON.parse(text) as { info?: { version?: unknown } }).info?.version;
}

/** The samples in TypeScript that a release has. */
async function samplesOf(repository: string, { name }: Release): Promise<Program[]> {
  const git = async (...args: string[]) =>
    (await promisify(execFile)("git", args, { cwd: repository, maxBuffer: 64 * 1024 * 1024 })).stdout;
  const names = (await git("ls-tree", "-r", "--name-only", name, "--", "openapi/samples")).split("\n");
  return Promise.all(
    names
      .filter((file) => file.endsWith(".ts"))
      .map(async (file) => ({ name: file, text: await git("show", `${name}:${file}`) })),
  );
}

/**
 * What changed since the last release, with the programs that no longer compile.
 *
 * @param repository the folder of the repository
 * @param now the root file of the new contract
 * @throws {InputError} when there is no release to compare with, or the new contract cannot be read
 */
export async function diffSinceRelease(repository: string, now: string): Promise<VersionedDiff> {
  const release = await lastRelease(repository);
  const folder = await mkdtemp(join(tmpdir(), "release-"));
  try {
    const file = join(folder, "openapi.json");
    await writeFile(file, release.text);
    const [old, current] = [await readContract(file), await readContract(now)];
    const { brokenPrograms } = await import("./programs.ts");
    const broken = await brokenPrograms(repository, old, current, await samplesOf(repository, release));
    return { ...diffContracts(old, current, broken), release: release.name };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
