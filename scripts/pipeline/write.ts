/** Writes the files that the stages returned, or compares them with those in the output folder. */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InputError } from "../shared/input-error.ts";
import type { Files } from "./read/contract.ts";

/**
 * Writes the files that differ from those in the folder, and removes pages that an earlier build left there.
 *
 * @returns how many files changed
 * @throws {InputError} when a file would replace one that the document was read from, or cannot be written
 */
export async function write(out: string, files: Files, sources: readonly string[]): Promise<number> {
  const own = [...files.keys()].map((name) => join(out, name)).filter((file) => sources.includes(file));
  if (own.length > 0)
    throw new InputError(
      ...own.map((file) => ({
        place: { file },
        message: "is part of the document, and would be overwritten.",
      })),
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
  return changed;
}

/**
 * The pages of an earlier build that this one did not make; none if it made no site. Only files whose first line is the
 * banner of a page count, so that no file of another origin is removed.
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

/** @throws {InputError} that names every file which differs from what the document gives, and the command to run */
export async function compare(out: string, files: Files, all: boolean): Promise<void> {
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
  if (problems.length === 0) return;
  throw new InputError(...problems, { message: "Run `npm run build`, and commit what it writes." });
}

async function holds(file: string, content: string | Uint8Array): Promise<boolean> {
  const present = await readFile(file).catch(() => undefined);
  return present?.equals(Buffer.from(content)) ?? false;
}
