/** The file `THIRD-PARTY`: the licences of the packages that a bundle contains. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../shared/input-error.ts";

/** The files of a package that tell its licence, and the licences of what it contains in turn. */
const NOTICES = /^(licen[sc]e|notice|copying|third[-_]party)/i;

interface Package {
  name: string;
  version: string;
  license?: string;
  /** The form of old packages. */
  licenses?: { type: string }[];
}

/**
 * Writes the notice: for each package its name, version, licence and the texts of its licence and notice files.
 *
 * @param folders the folders of the packages
 * @throws {InputError} when a package names no licence
 */
export async function thirdParty(folders: string[]): Promise<string> {
  const notices = await Promise.all(folders.map(notice));
  // Some packages are installed more than once.
  const different = [...new Set(notices)].sort();
  return [
    "This package contains code of the packages below, under the licences that follow.\n",
    ...different,
  ].join(`\n${"-".repeat(80)}\n\n`);
}

async function notice(folder: string): Promise<string> {
  const file = join(folder, "package.json");
  const { name, version, license, licenses }: Package = JSON.parse(await readFile(file, "utf8"));
  const names = license ?? licenses?.map(({ type }) => type).join(" OR ");
  if (!names)
    throw new InputError({
      place: { file },
      message: `The package ${name} names no licence.`,
      advice: "Do not bundle it: remove the import, or replace it in scripts/package/replaced.ts.",
    });
  const files = (await readdir(folder)).filter((entry) => NOTICES.test(entry)).sort();
  const texts = await Promise.all(files.map((entry) => readFile(join(folder, entry), "utf8")));
  return [`${name} ${version}\nLicence: ${names}\n`, ...texts.map((text) => `${text.trim()}\n`)].join("\n");
}
