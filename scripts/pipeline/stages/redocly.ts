/**
 * Runs Redocly's command line, since the package exports no API. It runs in a temporary folder, so that it finds no
 * configuration file, and without telemetry.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Document } from "../../document/model.ts";

/** The name of the document in the folder. */
export const DOCUMENT = "openapi.json";

/** Runs the command line in the folder. @returns what it prints @throws {Error} with what it printed when it fails */
type Redocly = (...parameters: string[]) => Promise<string>;

/** Puts a document into a temporary folder, and removes the folder after use. */
export async function withRedocly<T>(
  document: Document,
  use: (folder: string, redocly: Redocly) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "redocly-"));
  try {
    await writeFile(join(folder, DOCUMENT), JSON.stringify(document));
    return await use(folder, (...parameters) => run(folder, parameters));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(folder: string, parameters: string[]): Promise<string> {
  const cli = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");
  const done = await promisify(execFile)(process.execPath, [cli, ...parameters], {
    cwd: folder,
    maxBuffer: Number.POSITIVE_INFINITY,
    env: {
      ...process.env,
      REDOCLY_TELEMETRY: "off",
      REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
      FORCE_COLOR: undefined,
    },
  }).catch((error: { stderr?: string; message: string }) => {
    // Each run begins with a notice in a box.
    const message = error.stderr?.replace(/^\s*[╔║╚].*$/gm, "").trim();
    throw new Error(message || error.message, { cause: error });
  });
  return done.stdout;
}
