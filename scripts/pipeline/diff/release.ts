/** The contract of the last release, from the repository's history. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { InputError } from "../../shared/input-error.ts";

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
    if (release && versionOf(release) !== (before && versionOf(before))) return release;
  }
  throw new InputError({
    message: "The repository's history holds no released contract to compare with.",
    advice: `Name the old document, or fetch the whole history: a tag v*, or the commits of ${CONTRACT}.`,
  });
}

function versionOf({ text }: Release): unknown {
  return (JSON.parse(text) as { info?: { version?: unknown } }).info?.version;
}

/** Puts a released contract into a file, for as long as it is used. */
export async function withRelease<T>(
  repository: string,
  use: (file: string, name: string) => Promise<T>,
): Promise<T> {
  const { name, text } = await lastRelease(repository);
  const folder = await mkdtemp(join(tmpdir(), "release-"));
  try {
    const file = join(folder, "openapi.json");
    await writeFile(file, text);
    return await use(file, name);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
