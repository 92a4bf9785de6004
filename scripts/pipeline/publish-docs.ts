/** Puts a built site beside those of earlier versions, each with a menu of all. */
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { rcompare, valid } from "semver";
import type { Document } from "../document/model.ts";
import { escapeHtml } from "../shared/html.ts";
import { InputError } from "../shared/input-error.ts";
import { relativeAddress } from "./stages/docs/links.ts";

/** What a folder of published sites keeps in its root whatever is published. */
const KEPT = ["v", ".git", "CNAME"];

/** Where the menu stands in each page. */
const MENU = /<!-- versions -->.*?<!-- \/versions -->/s;

/**
 * Adds a site to the published ones.
 *
 * @param from the site
 * @param to the folder of published sites; made if it is not there
 * @param tag the name that the version must have as a tag: the version after a `v`
 * @returns the versions that are now there, the newest first
 * @throws {InputError} when there is no site, when its version is not a semantic one, or when the tag names another
 */
export async function publish(from: string, to: string, tag?: string): Promise<string[]> {
  const contract = await readFile(join(from, "openapi.json"), "utf8").catch(() => {
    throw new InputError({
      place: { file: from },
      message: "There is no site here.",
      advice: "Run `npm run build` first.",
    });
  });
  const { version } = (JSON.parse(contract) as Document).info;
  if (tag !== undefined && tag !== `v${version}`)
    throw new InputError({
      message: `The tag ${tag} is not that of the contract's version, ${version}.`,
      advice: "Correct `info.version` of the contract, or the tag.",
    });
  // The version becomes the name of a folder that is emptied: `..` or nothing would name one of somebody else's.
  if (valid(version) !== version)
    throw new InputError({
      place: { file: join(from, "openapi.json") },
      message: `The version ${JSON.stringify(version)} is not a semantic version.`,
      advice: "Correct `info.version` of the contract: three numbers, as in 1.2.3 (semver.org).",
    });
  const own = join(to, "v", version);
  await rm(own, { recursive: true, force: true });
  await mkdir(own, { recursive: true });
  await cp(from, own, { recursive: true });
  const versions = (await readdir(join(to, "v"))).filter((name) => valid(name)).sort(rcompare);
  if (versions[0] === version) {
    const old = (await readdir(to)).filter((name) => !KEPT.includes(name));
    await Promise.all(old.map((name) => rm(join(to, name), { recursive: true })));
    await cp(from, to, { recursive: true });
    // Without this file, GitHub Pages leaves out names that begin with a dot.
    await writeFile(join(to, ".nojekyll"), "");
  }
  await addMenus(to, versions);
  return versions;
}

/** Writes the menu of versions into every page, so that older sites link to newer ones. */
async function addMenus(to: string, versions: readonly string[]): Promise<void> {
  const sites = [
    { base: "", version: versions[0] ?? "" },
    ...versions.map((version) => ({ base: `v/${version}/`, version })),
  ];
  for (const { base, version } of sites) {
    const pages = (await readdir(join(to, base), { recursive: true }))
      .map((name) => name.replaceAll("\\", "/"))
      .filter((name) => name.endsWith(".html") && !(base === "" && name.startsWith("v/")));
    for (const page of pages) {
      const file = join(to, base, page);
      const html = await readFile(file, "utf8");
      const entries = await Promise.all(
        versions.map(async (other, index) => {
          const site = index === 0 ? "" : `v/${other}/`;
          const there = await stat(join(to, site, page)).catch(() => undefined);
          const address = relativeAddress(base + page, site + (there ? page : "index.html"));
          const current = other === version ? ' aria-current="true"' : "";
          return `<li><a href="${escapeHtml(address)}"${current}>${escapeHtml(other)}${index === 0 ? " (latest)" : ""}</a></li>`;
        }),
      );
      const menu = `<nav class="versions" aria-label="Versions"><details><summary>Version ${escapeHtml(version)}</summary><ul>${entries.join("")}</ul></details></nav>`;
      await writeFile(
        file,
        html.replace(MENU, () => `<!-- versions -->${menu}<!-- /versions -->`),
      );
    }
  }
}
