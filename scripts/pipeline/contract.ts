/** The only reader of `openapi/`: one document out of many files, bundled in memory. */
import { readFile, stat } from "node:fs/promises";
import { relative, resolve } from "node:path";
import {
  BaseResolver,
  bundle,
  createConfig,
  getLineColLocation,
  type NormalizedProblem,
  YamlParseError,
} from "@redocly/openapi-core";
import type { Document } from "./document.ts";
import { inlineExamples } from "./examples.ts";
import { expandFills } from "./fill.ts";
import { type Locate, locator } from "./locate.ts";
import { InputError, type Place, type Problem } from "./problem.ts";
import { soundness } from "./soundness.ts";
import { deriveStreams } from "./streams.ts";

export interface Contract {
  /** The bundled document: every reference is internal (`#/…`). */
  readonly document: Document;
  /** The absolute path of the file that was named. */
  readonly root: string;
  /** The absolute paths of all files that were read. */
  readonly files: readonly string[];
  /** Where a path of the bundled document stands in the files. */
  readonly locate: Locate;
}

/** What a stage writes: contents by their name relative to the output folder. */
export type Files = Map<string, string | Uint8Array>;

/**
 * Reads an OpenAPI 3 document, with all files that it refers to, into one.
 *
 * Static `x-fill` sources are applied and the stream of each JSON example derived, so that every tool sees them.
 *
 * @param input the root file, YAML or JSON
 * @throws {InputError} for whatever is wrong with the files: each problem with its place and what to do
 */
export async function readContract(input: string): Promise<Contract> {
  const root = resolve(input);
  await assertFile(root);
  // No configuration file takes part: what the contract is must not depend on the folder one stands in.
  const config = await createConfig({});
  const externalRefResolver = new BaseResolver(config.resolve);
  const problems: Problem[] = [];
  const { bundled, files } = await bundle({ ref: root, config, externalRefResolver })
    .then((result) => {
      problems.push(...result.problems.filter(({ severity }) => severity === "error").map(fromRedocly));
      return { bundled: result.bundle.parsed, files: [root, ...result.fileDependencies] };
    })
    .catch((error: unknown) => {
      throw new InputError(fromThrown(error, root));
    });
  if (problems.length > 0) throw new InputError(...unique(problems));

  const read = structuredClone(bundled) as Document;
  assertVersion(read, root);
  const locate = await locator(root, files);
  const unsound = soundness(read).map(({ path, ...problem }) => ({ ...problem, place: locate(path) }));
  if (unsound.length > 0) throw new InputError(...unsound);

  const document = deriveStreams(expandFills(inlineExamples(read)));
  return { document, root, files, locate };
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

function assertVersion(document: Document, file: string): void {
  const version: unknown = document.openapi;
  if (typeof version === "string" && /^3\.\d/.test(version)) return;
  throw new InputError({
    place: { file, line: 1, column: 1 },
    message: "This is not an OpenAPI 3 document.",
    advice: "Its root must begin with `openapi: 3.1.1`. Convert older ones (Swagger 2.0) first.",
  });
}

function fromRedocly(problem: NormalizedProblem): Problem {
  const [location] = problem.location;
  const found = location && getLineColLocation(location);
  const message = problem.message.split("\n")[0] ?? problem.message;
  return {
    ...(found && {
      place: { file: found.source.absoluteRef, line: found.start.line, column: found.start.col },
    }),
    message: /self-referencing/i.test(message)
      ? "The reference leads back to itself."
      : withoutPaths(message),
    advice: advise(message),
  };
}

function fromThrown(error: unknown, root: string): Problem {
  if (error instanceof YamlParseError) {
    const place: Place = { file: error.source.absoluteRef };
    if (Number.isInteger(error.line)) Object.assign(place, { line: error.line, column: error.col });
    return { place, message: withoutPaths(error.message), advice: advise(error.message) };
  }
  const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  return { place: { file: root, line: 1, column: 1 }, message, advice: advise(message) };
}

/** Redocly's messages repeat the file, which the place already names, and name others by their absolute path. */
function withoutPaths(message: string): string {
  return message
    .replace(
      /ENOENT: no such file or directory '([^']+)'/,
      (_, file: string) => `there is no file ${relative("", file)}`,
    )
    .replace(/ in "[^"]+"( \(\d+:\d+\))?/, "")
    .replace(/ \(\d+:\d+\)$/, "");
}

function advise(message: string): string {
  if (/Can't resolve \$ref/.test(message))
    return "Correct the reference, or add the file or component that it names.";
  if (/self-referencing/i.test(message)) return "Give one of the references something else to stand for.";
  if (/openapi|swagger|specification/i.test(message)) return "Its root must begin with `openapi: 3.1.1`.";
  return "Correct the YAML there: check indentation, quotes and colons.";
}

/** A broken file is reported once for each reference to it; once is enough. */
function unique(problems: Problem[]): Problem[] {
  const key = ({ place, message }: Problem) => JSON.stringify([place, message]);
  return [...new Map(problems.map((problem) => [key(problem), problem])).values()];
}
