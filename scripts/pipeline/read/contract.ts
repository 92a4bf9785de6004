/** The only reader of `openapi/`: one document out of many files, bundled in memory. */
import { readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import {
  bundle,
  type Config,
  createConfig,
  getLineColLocation,
  type NormalizedProblem,
  YamlParseError,
} from "@redocly/openapi-core";
import { expandFills } from "../../document/each.ts";
import type { Document } from "../../document/model.ts";
import { InputError, type Place, type Problem } from "../../shared/input-error.ts";
import { messageOf } from "../../shared/text.ts";
import { deriveStreams } from "./derive-streams.ts";
import { type Changelog, type Guide, readChangelog, readGuides } from "./guides.ts";
import { inlineExamples } from "./inline-examples.ts";
import { soundness } from "./soundness.ts";
import { type Path, Sources } from "./sources.ts";

export interface Contract {
  /** The bundled document: every reference is internal (`#/…`). */
  readonly document: Document;
  /** The absolute path of the file that was named. */
  readonly root: string;
  /** The absolute paths of all files that were read. */
  readonly files: readonly string[];
  /** Where a path of the document was written; of something derived, where that was derived from. */
  readonly locate: (path: Path) => Place;
  /** The guides that stand beside the document, in order. */
  readonly guides: readonly Guide[];
  readonly changelog?: Changelog;
}

/** What a stage writes: contents by their name relative to the output folder. */
export type Files = Map<string, string | Uint8Array>;

/**
 * Reads an OpenAPI 3 document, with all files that it refers to, into one; and the prose beside it: `guides/` and
 * `CHANGELOG.md`.
 *
 * Static `x-fill` sources are applied and the stream of each JSON example derived, so that every tool sees them.
 *
 * @param input the root file, YAML or JSON
 * @param onFile told of each file before it is read: what to watch, even if reading fails
 * @throws {InputError} for whatever is wrong with the files: each problem with its place and what to do
 */
export async function readContract(
  input: string,
  onFile: (file: string) => void = () => {},
): Promise<Contract> {
  const root = resolve(input);
  onFile(root);
  await assertFile(root);
  const files = new Set<string>();
  // No configuration file takes part: what the contract is must not depend on the folder one stands in.
  const config = await createConfig({});
  const note = (file: string) => {
    files.add(file);
    onFile(file);
  };
  const sources = new Sources(config.resolve, note);
  const { raw, lifted } = await bundleFiles(root, config, sources).catch((error: unknown) => {
    throw explained(error, root, sources);
  });
  const locate = locator(raw, sources);
  const faults = soundness(raw).map(({ path, ...problem }) => ({ ...problem, place: locate(path) }));
  if (faults.length > 0) throw new InputError(...faults);
  const document = deriveStreams(expandFills(inlineExamples(structuredClone(raw), lifted)));
  const folder = join(dirname(root), "guides");
  // A guide that is yet to be written counts as well, for a watcher.
  onFile(folder);
  const guides = await readGuides(folder, note);
  const changelog = await readChangelog(dirname(root), note);
  return { document, root, files: [...files], locate, guides, ...(changelog && { changelog }) };
}

/** @returns the bundle, made of the objects that `sources` knows; and which of the components' examples are the bundler's */
async function bundleFiles(root: string, config: Config, sources: Sources) {
  const doc = await sources.resolveDocument<Document>(null, root, true);
  if (doc instanceof Error) throw doc;
  const ownExamples = exampleNames(asDocument(doc.parsed, root));
  const { bundle: bundled, problems } = await bundle({ doc, config, externalRefResolver: sources });
  const errors = causes(problems.filter(({ severity }) => severity === "error"));
  if (errors.length > 0) throw new InputError(...errors.map((error) => fromRedocly(error, sources)));
  const raw = bundled.parsed as Document;
  return { raw, lifted: new Set(exampleNames(raw).filter((name) => !ownExamples.includes(name))) };
}

/** The names of the examples among the components. */
function exampleNames(document: Document): string[] {
  return Object.keys(document.components?.["examples"] ?? {});
}

/** From a path to where it was written: the nearest object that is of a file, and what is left of the path from there. */
function locator(raw: Document, sources: Sources): Contract["locate"] {
  return (path) => {
    let node: unknown = raw;
    let written: object = raw;
    let rest: (string | number)[] = [];
    for (const key of path) {
      node = typeof node === "object" && node !== null ? (node as Record<string, unknown>)[key] : undefined;
      if (sources.has(node)) [written, rest] = [node, []];
      else rest.push(key);
    }
    return sources.place(written, rest);
  };
}

async function assertFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  const problem = (message: string, advice: string) => new InputError({ place: { file }, message, advice });
  if (!found)
    throw problem("There is no such file.", "Name the root of an OpenAPI document with --input FILE.");
  if (!found.isFile())
    throw problem("This is not a file.", "Name the root document itself, such as openapi.yaml.");
  if ((await readFile(file, "utf8")).trim() === "")
    throw problem("The file is empty.", "It must hold an OpenAPI 3.1 document.");
}

function asDocument(document: unknown, file: string): Document {
  const version: unknown =
    typeof document === "object" && document !== null && "openapi" in document ? document.openapi : undefined;
  if (typeof version === "string" && /^3\.[0-2]\.\d/.test(version)) return document as Document;
  const found =
    version !== undefined
      ? `it says \`openapi: ${JSON.stringify(version)}\``
      : typeof document === "object" && document !== null && "swagger" in document
        ? "it is Swagger 2.0; convert it first"
        : "it has no member `openapi`";
  throw new InputError({
    place: { file, line: 1, column: 1 },
    message: `This is not an OpenAPI 3 document: ${found}.`,
    advice: "Its root must begin with the version, such as `openapi: 3.1.1`.",
  });
}

/** How the bundler's messages begin. */
const UNREADABLE = "Failed to parse: ";
const UNRESOLVED = "Can't resolve $ref: ";

/** What was thrown while the files were read, in words for their author. */
function explained(error: unknown, root: string, sources: Sources): unknown {
  if (error instanceof InputError) return error;
  if (error instanceof YamlParseError) return new InputError(unreadable(error));
  const message = messageOf(error);
  const circles = /circular/i.test(message) ? sources.circles() : [];
  if (circles.length > 0)
    return new InputError(
      ...circles.map(({ node, chain }) => ({
        place: sources.place(node),
        message: `This reference leads back to itself: ${chain.join(" -> ")}.`,
        advice: "Describe one of them, so that the references have something to stand for.",
      })),
    );
  return new InputError({
    place: { file: root },
    message: `This document, or a file that it refers to, cannot be bundled: ${message}.`,
    advice: "Look for members that are empty or of the wrong kind.",
  });
}

function unreadable({ source, line, col, message }: YamlParseError): Problem {
  return {
    place: { file: source.absoluteRef, ...(Number.isInteger(line) && { line, column: col }) },
    // The library repeats the file, and the place in it.
    message: `${message
      .replace(UNREADABLE, "")
      .replace(/ in "[^"]+"/, "")
      .replace(/ \(\d+:\d+\)$/, "")}.`,
    advice: "Correct the YAML or JSON there: check indentation, quotes, brackets and colons.",
  };
}

function fromRedocly({ message, location: [location] }: NormalizedProblem, sources: Sources): Problem {
  if (!location) return { message };
  const { source, start } = getLineColLocation(location);
  const { line, col } = start;
  if (message.startsWith(UNREADABLE))
    return unreadable(Object.assign(new YamlParseError(new Error(message), source), { line, col }));
  const reference =
    location.pointer === undefined ? undefined : sources.referenceAt(source, location.pointer);
  return {
    place: { file: source.absoluteRef, line, column: col },
    message: reference === undefined ? message : unresolved(reference, message),
    advice: "Correct the reference, or add the file or component that it names.",
  };
}

function unresolved(reference: string, message: string): string {
  if (/ENOENT/.test(message)) return `There is no file ${reference.split("#")[0]}.`;
  if (/received a folder/.test(message)) return `${reference} is a folder, not a file.`;
  const reason = message.startsWith(UNRESOLVED) ? message.slice(UNRESOLVED.length) : "";
  return reason ? `${reference} cannot be read: ${reason}.` : `There is nothing at ${reference}.`;
}

/** A broken file is reported twice for each reference to it, as unreadable and as unresolved; once is enough. */
function causes(problems: NormalizedProblem[]): NormalizedProblem[] {
  const unreadable = problems.filter(({ message }) => message.startsWith(UNREADABLE));
  const reasons = new Map(unreadable.map((problem) => [problem.message.slice(UNREADABLE.length), problem]));
  const others = problems.filter(
    ({ message }) => !message.startsWith(UNREADABLE) && !reasons.has(message.replace(UNRESOLVED, "")),
  );
  return [...reasons.values(), ...others];
}
