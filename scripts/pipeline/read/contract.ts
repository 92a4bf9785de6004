/** Reads an OpenAPI document with all that belongs to it: the only reader of `openapi/`. */
import { dirname, join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { YamlParseError } from "@redocly/openapi-core";
import { expandFills } from "../../document/each.ts";
import type { Document } from "../../document/model.ts";
import type { Path } from "../../document/structure.ts";
import { InputError, type Place, type Problem } from "../../shared/input-error.ts";
import { isObject } from "../../shared/json.ts";
import { shortened } from "../../shared/text.ts";
import { type Bundle, bundle } from "./bundle.ts";
import { openClosed } from "./closed.ts";
import { deriveStreams } from "./derive-streams.ts";
import { type Access, Refusal } from "./files.ts";
import { type Changelog, type Guide, readChangelog, readGuides } from "./guides.ts";
import { loadReferences, unreadable } from "./load.ts";
import { nameEvents } from "./name-events.ts";
import { repair } from "./shape.ts";
import { Sources } from "./sources.ts";
import { disjoin } from "./unions.ts";
import { upgrade } from "./upgrade.ts";

export interface Contract {
  /** The document in OpenAPI 3.1, bundled: every reference is internal (`#/…`). */
  readonly document: Document;
  /** The same before it was corrected or upgraded, for lint to name what was; absent where nothing was. */
  readonly asWritten?: Document;
  /** The absolute path of the root file. */
  readonly root: string;
  /** The absolute paths of all files that were read. */
  readonly files: readonly string[];
  /** The file and line that a path of the document was written at; for a derived value, of what it was derived from. */
  readonly locate: (path: Path) => Place;
  /** The file and line of a member's name, even where its value is in another file. */
  readonly locateKey: (path: Path) => Place;
  /** What was left out, or was read as something else than it says, each with its place. */
  readonly warnings: readonly Problem[];
  /** The guides beside the document, in order. */
  readonly guides: readonly Guide[];
  readonly changelog?: Changelog;
}

/** What a stage writes: contents by their name relative to the output folder. */
export type Files = Map<string, string | Uint8Array>;

/**
 * Reads an OpenAPI 3.0, 3.1 or 3.2 document, with all files that it refers to, into one document in OpenAPI 3.1; and the
 * prose beside it: `guides/` and `CHANGELOG.md`.
 *
 * Static `x-fill` sources are applied, and the stream of each JSON example is derived, so that every tool sees them.
 *
 * @param input the root file, YAML or JSON
 * @param onFile called with each file before it is read: what to watch, even if reading fails
 * @param access what the document may refer to beyond its folder
 * @throws {InputError} when there is no document to work with: the root file cannot be read, a file is not YAML or JSON,
 *   or a reference leads to nothing. All such problems are reported at once. An odd part of a document is no such
 *   problem: it is left out, and `warnings` says so.
 */
export async function readContract(
  input: string,
  onFile: (file: string) => void = () => {},
  access: Access = {},
): Promise<Contract> {
  if (/^https?:\/\//.test(input)) throw notLocal(input);
  const root = resolve(input);
  const files = new Set<string>();
  const note = (file: string) => {
    files.add(file);
    onFile(file);
  };
  const sources = new Sources(root, note, access);
  const { document, origins, warnings } = await load(root, sources).catch((error: unknown) => {
    throw error instanceof RangeError ? tooDeep(root) : error;
  });
  const locate = locator(document, origins, sources);
  const asWritten = structuredClone(document);
  warnings.push(...repair(document, locate), ...upgrade(document, locate), ...openClosed(document, locate));
  const isCorrected = !isDeepStrictEqual(document, asWritten);
  nameEvents(document);
  disjoin(document);
  deriveStreams(expandFills(document));
  const folder = join(dirname(root), "guides");
  // A watcher also waits for a folder that does not exist yet.
  onFile(folder);
  const guides = await readGuides(folder, note, (problem) => warnings.push(problem));
  const changelog = await readChangelog(dirname(root), note);
  return {
    document,
    ...(isCorrected && { asWritten }),
    root,
    files: [...files],
    locate,
    locateKey: locator(document, origins, sources, true),
    warnings,
    guides,
    ...(changelog && { changelog }),
  };
}

async function load(root: string, sources: Sources): Promise<Bundle> {
  const loaded = await sources.resolveDocument(null, root, true).catch((error: Error) => error);
  if (loaded instanceof YamlParseError) throw new InputError(unreadable(loaded));
  if (loaded instanceof Error) throw rootProblem(root, loaded);
  if (loaded.source.body.trim() === "")
    throw new InputError({
      place: { file: root },
      message: "The file is empty.",
      advice: "It must hold an OpenAPI 3.1 document.",
    });
  assertOpenApi(loaded.parsed, root);
  const problems = await loadReferences(root, sources);
  if (problems.length > 0) throw new InputError(...problems);
  return bundle(root, sources);
}

/**
 * From a path to a place: that of the nearest object which is a copy of one in a file.
 *
 * @param byKey whether the last key is looked for in the object around it
 */
function locator(
  document: Document,
  origins: Map<object, object>,
  sources: Sources,
  byKey = false,
): Contract["locate"] {
  return (path) => {
    let node: unknown = document;
    let written = origins.get(document) as object;
    let rest: (string | number)[] = [];
    for (const [index, key] of path.entries()) {
      node = typeof node === "object" && node !== null ? (node as Record<string, unknown>)[key] : undefined;
      const origin = typeof node === "object" && node !== null ? origins.get(node) : undefined;
      if (origin && !(byKey && index === path.length - 1)) [written, rest] = [origin, []];
      else rest.push(key);
    }
    return sources.place(written, rest);
  };
}

/** The call stack is full. */
function tooDeep(root: string): InputError {
  return new InputError({
    place: { file: root },
    message: "Objects or lists are nested too deeply, here or in a file that it refers to.",
    advice: "Give the inner ones names among the components.",
  });
}

function notLocal(address: string): InputError {
  return new InputError({
    message: `${address} is an address, not a file.`,
    advice: "Download the document, and name the file with --input FILE.",
  });
}

/** Why the root file cannot be read. */
function rootProblem(file: string, error: Error): Error {
  const place = { file };
  if (error instanceof Refusal)
    return new InputError({ place, message: `This ${error.message}.`, advice: error.advice });
  if ("code" in error)
    return new InputError({
      place,
      message: error.code === "ENOENT" ? "There is no such file." : `This cannot be read: ${error.message}.`,
      advice: "Name the root of an OpenAPI document with --input FILE.",
    });
  return error;
}

function assertOpenApi(document: unknown, file: string): void {
  const version = isObject(document) ? document["openapi"] : undefined;
  if (typeof version === "string" && /^3\.[0-2](\.\d|$)/.test(version)) return;
  throw new InputError({
    place: { file, line: 1, column: 1 },
    message: `This is not an OpenAPI 3 document: ${kindOf(document)}.`,
    advice: "Its root must begin with the version, such as `openapi: 3.1.1`.",
  });
}

/** What a document is, if not one of OpenAPI 3. */
function kindOf(document: unknown): string {
  if (document === undefined || document === null) return "it holds nothing but comments";
  if (Array.isArray(document)) return "it is a list";
  if (!isObject(document)) return `it is the text ${JSON.stringify(shortened(String(document), 50))}`;
  const { openapi, swagger, asyncapi } = document;
  if (openapi !== undefined) return `it says \`openapi: ${JSON.stringify(openapi)}\``;
  if (swagger !== undefined) return `it is Swagger ${swagger}; convert it first`;
  return asyncapi === undefined ? "it has no member `openapi`" : `it is AsyncAPI ${asyncapi}`;
}
