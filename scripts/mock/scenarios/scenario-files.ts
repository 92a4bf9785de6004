/** Reads the user's scenarios: from files and folders, or given as objects. */

import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { isCollection, isScalar, type Node, parseDocument, visit, type Document as YamlDocument } from "yaml";
import { InputError, type Place } from "../../shared/input-error.ts";
import { positionAt } from "../../shared/positions.ts";
import { messageOf } from "../../shared/text.ts";
import { SCENARIO_MEMBERS, type ScenarioForm } from "./form.ts";

/** A scenario as it was written, and where. */
export interface Written {
  form: ScenarioForm;
  /** What to call it in a message. */
  label: string;
  place?(path: (string | number)[]): Place;
}

const TYPES = [".yaml", ".yml", ".json"];
/** Aliases of YAML that a file may use: a few of them, nested, can stand for gigabytes. */
const ALIASES = 100;

/**
 * Reads scenarios: objects as they are, texts as the path of a file or of a folder, whose files are read in the order
 * of their names, those of its folders too. A file holds one scenario or a list of them.
 *
 * @throws {InputError} naming a path that is not there, a file that is empty, or what is not YAML
 */
export async function readScenarios(sources: readonly (string | ScenarioForm)[]): Promise<Written[]> {
  const read = sources.map(async (source, index) =>
    typeof source === "string"
      ? (await Promise.all((await filesAt(resolve(source))).map(readFileOf))).flat()
      : [{ form: source, label: source?.name ?? `scenario ${index + 1}` }],
  );
  return (await Promise.all(read)).flat();
}

async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found)
    throw new InputError({
      place: { file: path },
      message: "There is no such file or folder of scenarios.",
    });
  if (!found.isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => TYPES.includes(extname(name)))
    .sort()
    .map((name) => join(path, name));
}

async function readFileOf(file: string): Promise<Written[]> {
  const text = await readFile(file, "utf8");
  const content = parse(text, file);
  const stem = basename(file, extname(file));
  const defaults = { name: stem, operation: basename(dirname(file)) };
  const written = (form: ScenarioForm, label: string, within: (string | number)[]): Written => ({
    form: typeof form === "object" && form !== null ? { ...defaults, ...form } : form,
    label,
    place: (path) => ({ file, ...positionAt(text, [...within, ...path]) }),
  });
  if (!Array.isArray(content)) return [written(content, stem, [])];
  return content.map((form, index) => written(form, form?.name ?? `${stem} ${index + 1}`, [index]));
}

/** @throws {InputError} for a text without content, or that is not YAML */
function parse(text: string, file: string): ScenarioForm | ScenarioForm[] {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) {
    const place = { file, ...lineAndColumn(text, beginOf(document, error.pos[0])) };
    throw new InputError({ place, message: `This is not YAML: ${error.message.split(" at line")[0]}.` });
  }
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: ALIASES });
  } catch (error) {
    throw new InputError({
      place: { file },
      message: `${messageOf(error)}. Write out what more than ${ALIASES} aliases would repeat.`,
    });
  }
  if (content === null || content === undefined)
    throw new InputError({
      place: { file },
      message: "The file is empty.",
      advice: `A scenario has one or more of ${SCENARIO_MEMBERS.join(", ")}.`,
    });
  return content as ScenarioForm | ScenarioForm[];
}

/** Where the list, object or quoted text begins in which a syntax error was found: it may have no end. */
function beginOf(document: YamlDocument.Parsed, at: number): number {
  let begin = at;
  visit(document, (_, node: unknown) => {
    const isOpen = isCollection(node)
      ? node.flow === true
      : isScalar(node) && /^QUOTE_/.test(node.type ?? "");
    const [from = 0, , to = 0] = (isOpen && (node as Node).range) || [];
    if (isOpen && from <= at && at <= to) begin = from;
  });
  return begin;
}

function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
