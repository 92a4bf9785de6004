/** What the tests of the pipeline share: documents in folders of their own, and the command as its users run it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished, vi } from "vitest";
import { runBuild } from "../../scripts/cli/run-build.ts";
import type { BuildOptions } from "../../scripts/pipeline/build.ts";
import { InputError } from "../../scripts/shared/input-error.ts";

export const repository = fileURLToPath(new URL("../..", import.meta.url));

/** The beginning of a document; paths and components follow. */
export const HEAD = "openapi: 3.1.1\ninfo: {title: Pets API, version: 1.0.0}\n";

/** A document that anyone may have written: it works, and pleases no linter. */
export const FOREIGN = `${HEAD}paths:
  /pets:
    get:
      operationId: list pets
      colour: red
      responses: {"200": {description: The pets.}}
    post:
      responses: {"200": {description: The pet., content: {application/json: {schema: {$ref: Pet.yaml}}}}}
`;
export const FILES = {
  "api.yaml": FOREIGN,
  "Pet.yaml": "type: object\nproperties:\n  name: {type: string}\n",
};
export const INPUT = ["--input", "api.yaml", "--out", "out"];

/** The files below a folder, by their relative names. */
export async function contents(at: string): Promise<Record<string, string>> {
  const names = await readdir(at, { recursive: true, withFileTypes: true });
  const files = names.filter((name) => name.isFile()).map((name) => join(name.parentPath, name.name));
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file.slice(at.length + 1), await readFile(file, "utf8")])),
  );
}

/** A folder with these files, by their relative names, gone when the test is, or what `finished` waits for. */
export async function folder(
  files: Record<string, string>,
  finished: (clean: () => Promise<void>) => void = onTestFinished,
): Promise<string> {
  const path = await realpath(await mkdtemp(join(tmpdir(), "pipeline-")));
  finished(() => rm(path, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  }
  return path;
}

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** What `npm run build` does on `api.yaml` of a folder, in this process: much faster. Places are relative to it. */
export async function built(at: string, options: BuildOptions = {}): Promise<Outcome> {
  const catchOutput = (stream: NodeJS.WriteStream) => {
    const written: unknown[] = [];
    const spy = vi.spyOn(stream, "write").mockImplementation((text) => written.push(text) > 0);
    return () => {
      spy.mockRestore();
      return written.join("").replaceAll(`${at}/`, "");
    };
  };
  const [stdout, stderr] = [catchOutput(process.stdout), catchOutput(process.stderr)];
  const error: unknown = await runBuild({
    input: join(at, "api.yaml"),
    out: join(at, "out"),
    ...options,
  }).catch((thrown) => thrown);
  const outcome = { code: 0, stdout: stdout(), stderr: stderr() };
  if (error === undefined) return outcome;
  if (!(error instanceof InputError)) throw error;
  return { ...outcome, code: 1, stderr: `${outcome.stderr}${error.message.replaceAll(`${at}/`, "")}\n` };
}

/** Starts `npm run build -- ...` in a folder. Each stage runs, whatever earlier tests have made. */
export function start(cwd: string, ...args: string[]) {
  const child = spawn(process.execPath, [join(repository, "scripts/cli/build.ts"), ...args, "--no-cache"], {
    cwd,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(async () => {
    if (child.kill()) await once(child, "exit");
  });
  return child;
}

/** Runs `npm run build -- ...` in a folder, to its end. */
export async function run(cwd: string, ...args: string[]): Promise<Outcome> {
  const child = start(cwd, ...args);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { code, stdout, stderr };
}

/** What a house rule lets pass, and what it says of a document that breaks it. */
export interface Cases {
  passes: object[];
  fails: { document: object; findings: { path: string; message: string }[] }[];
  /** A change of our own contract that breaks this rule and no other one. */
  bite?: {
    /** The file below `openapi/`, the text in it, and what takes the place of that text; absent where another rule's change does it. */
    change?: [file: string, from: string, to: string];
    /** The file that the finding names, and a text that begins on the line that it names. */
    found: [file: string, text: string];
  };
}
