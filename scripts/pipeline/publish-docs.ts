/** Puts a built site beside those of earlier versions, each with a menu of all. */
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Document } from "../document/model.ts";
import { escapeHtml } from "../shared/html.ts";
import { InputError } from "../shared/input-error.ts";
import { relativeAddress } from "./stages/docs/links.ts";

/** What a folder of published sites keeps in its root whatever is published. */
const KEPT = ["v", ".git", "CNAME"];

/** @see https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string */
const SEMANTIC = /^\d+\.\d+\.\d+(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;

/** Where the menu stands in each page. */
const MENU = /<!-- versions -->.*?<!-- \/versions -->/s;

/**
 * Adds a site to the published ones.
 *
 * @param from the site
 * @param to the folder of published sites; made if it is not there
 * @param tag what the site's version must be called, a \`v\` before it
 * @returns the versions that are now there, the newest first
 * @throws {InputError} when there is no site, or it is of another version
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
  // The version names a folder, which is emptied first: one such as ".." would be somebody else's.
  if (typeof version !== "string" || !SEMANTIC.test(version))
    throw new InputError({
      place: { file: join(from, "openapi.json") },
      message: `The version ${JSON.stringify(version)} is not a semantic one.`,
      advice: "Write `info.version` of the contract like 1.2.3 or 1.2.3-rc.1, and build the docs again.",
    });
  const own = join(to, "v", version);
  await rm(own, { recursive: true, force: true });
  await mkdir(own, { recursive: true });
  await cp(from, own, { recursive: true });
  const versions = (await readdir(join(to, "v"))).sort(newestFirst);
  if (versions[0] === version) {
    const old = (await readdir(to)).filter((name) => !KEPT.includes(name));
    await Promise.all(old.map((name) => rm(join(to, name), { recursive: true })));
    await cp(from, to, { recursive: true });
    // Else Pages leaves out what begins with a dot.
    await writeFile(join(to, ".nojekyll"), "");
  }
  await addMenus(to, versions);
  return versions;
}

/** Writes the menu into every page: the older sites learn of the newer ones. */
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

/** The order of semantic versions, a pre-release before its release. @see https://semver.org/#spec-item-11 */
function newestFirst(a: string, b: string): number {
  const parts = (version: string) => {
    const [numbers = "", ...pre] = version.split("-");
    return { numbers, pre: pre.join("-") };
  };
  const [one, other] = [parts(a), parts(b)];
  const byNumber = other.numbers.localeCompare(one.numbers, "en", { numeric: true });
  if (byNumber !== 0 || one.pre === other.pre) return byNumber;
  if (one.pre === "" || other.pre === "") return one.pre === "" ? -1 : 1;
  return other.pre.localeCompare(one.pre, "en", { numeric: true });
}
