/** The guides beside a contract, `guides/NN-slug.md`, and its changelog: Markdown for the docs. */
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parse } from "yaml";
import { InputError, type Place, type Problem } from "../../shared/input-error.ts";
import { at } from "../../shared/pointer.ts";
import { messageOf } from "../../shared/text.ts";
import { Refusal, readLocal, textOf } from "./files.ts";

export interface Guide {
  /** The name of its page: that of its file, without the number that orders it. */
  slug: string;
  title: string;
  /** The first paragraph: what the guide is for. */
  summary: string;
  /** Everything below the title, in GitHub's Markdown; code that the guide names is filled in. */
  text: string;
  /** Where each line of `text` was written. */
  place: (line: number) => Place;
}

export interface Changelog {
  text: string;
  /** The day of each version, as it is written there: `2026-11-23`. */
  dates: ReadonlyMap<string, string>;
}

/**
 * Reads the guides in a folder, in the order of their numbers. An empty fence whose first line names a file,
 * ```` ```ts ../samples/stream.ts ````, is filled with that file; `#` and a JSON Pointer after the name of a YAML or
 * JSON file take one value out of it.
 *
 * @param folder its absolute path; it may not exist
 * @param onFile called with each file before it is read
 * @param skip called with what is wrong with a guide that is left out; without it, that is an error
 * @throws {InputError} for a guide without a title or summary, with a name of another form, or that names a file or
 *   a value which does not exist
 */
export async function readGuides(
  folder: string,
  onFile: (file: string) => void,
  skip?: (problem: Problem) => void,
): Promise<Guide[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".md")).sort();
  const read = await Promise.allSettled(names.map((name) => readGuide(join(folder, name), onFile)));
  const problems: Problem[] = [];
  for (const result of read) {
    if (result.status === "fulfilled") continue;
    if (!(result.reason instanceof InputError)) throw result.reason;
    problems.push(...result.reason.problems);
  }
  if (problems.length > 0 && !skip) throw new InputError(...problems);
  for (const problem of problems)
    skip?.({ ...problem, message: `${problem.message} The guide is left out.` });
  return read.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
}

async function readGuide(file: string, onFile: (file: string) => void): Promise<Guide> {
  const slug = slugOf(basename(file));
  if (slug === undefined)
    throw new InputError({
      place: { file },
      message: "This is not the name of a guide.",
      advice: "Name it by its place among the guides and its address, as in 20-errors.md.",
    });
  onFile(file);
  const [first = "", ...rest] = (await readFile(file, "utf8")).split(/\r?\n/);
  const title = /^# +(.+)$/.exec(first)?.[1]?.trim();
  const summary = rest
    .join("\n")
    .trim()
    .split(/\n\s*\n/)[0]
    ?.replaceAll("\n", " ");
  if (!title || !summary || summary.startsWith("#"))
    throw new InputError({
      place: { file, line: 1 },
      message: "A guide begins with its title, and a paragraph that says what it is for.",
      advice: "Begin it with a line `# Title`, an empty line and that paragraph.",
    });
  const { text, lines } = await filled(rest, file, onFile);
  return { slug, title, summary, text, place: (line) => ({ file, line: (lines[line - 1] ?? 0) + 2 }) };
}

/** The address of a guide by the name of its file, undefined for a name of another form. */
export function slugOf(name: string): string | undefined {
  return /^\d+-([a-z0-9-]+)\.md$/.exec(name)?.[1];
}

/** Fills the fences that name a file. `lines` maps each line of the text to the index of the source line behind it. */
async function filled(source: string[], file: string, onFile: (file: string) => void) {
  const text: string[] = [];
  const lines: number[] = [];
  for (const [index, line] of source.entries()) {
    const [, fence, language, name] = /^(`{3,})(\w+)\s+(\S+)\s*$/.exec(line) ?? [];
    const added =
      fence && name && source[index + 1]?.trim() === fence
        ? [`${fence}${language}`, ...(await quoted(name, { file, line: index + 2 }, onFile)).split("\n")]
        : [line];
    text.push(...added);
    lines.push(...added.map(() => index));
  }
  return { text: text.join("\n").trim(), lines: lines.slice(text.findIndex((line) => line.trim() !== "")) };
}

/** What a fence names: the text of a file, or a value in it, as JSON unless it is text. */
async function quoted(name: string, place: Place, onFile: (file: string) => void): Promise<string> {
  const [path = "", pointer] = name.split("#");
  const file = join(dirname(place.file), path);
  onFile(file);
  const problem = (message: string) =>
    new InputError({ place, message, advice: "Correct the path, which is relative to the guide." });
  // A guide quotes what belongs to the document: the folder around the guides.
  const folder = join(dirname(place.file), "..");
  const content = await readLocal(file, folder)
    .then(textOf)
    .catch((error: unknown) => {
      throw problem(error instanceof Refusal ? `${path} ${error.message}.` : `There is no file ${path}.`);
    });
  if (pointer === undefined) return content.trimEnd();
  let value: unknown;
  try {
    value = at(parse(content, { merge: true }), pointer);
  } catch (error) {
    // Below its message the parser shows the line; the place is enough.
    throw problem(`${path} cannot be read: ${messageOf(error).split(":\n")[0]}.`);
  }
  if (value === undefined) throw problem(`${path} has nothing at ${pointer}.`);
  return typeof value === "string" ? value.trimEnd() : JSON.stringify(value, null, 2);
}

/**
 * Reads the changelog of a contract, in the form of Keep a Changelog: `CHANGELOG.md` beside the contract's folder, or
 * in it.
 *
 * @param folder the contract's folder
 * @returns nothing when there is none
 */
export async function readChangelog(
  folder: string,
  onFile: (file: string) => void,
): Promise<Changelog | undefined> {
  for (const file of [join(folder, "CHANGELOG.md"), join(folder, "../CHANGELOG.md")]) {
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text === undefined) continue;
    onFile(file);
    const headings = text.matchAll(/^## \[?v?([^\]\s]+)\]? - (\d{4}-\d{2}-\d{2})/gm);
    return { text, dates: new Map([...headings].map(([, version = "", date = ""]) => [version, date])) };
  }
  return undefined;
}
