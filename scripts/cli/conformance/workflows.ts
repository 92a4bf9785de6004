/** `--workflows`: the Arazzo documents of the contract, run against a server by Redocly's `respect`. */
import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../../shared/input-error.ts";

const FOLDER = fileURLToPath(new URL("../../../openapi/workflows", import.meta.url));

/**
 * Runs every workflow, and shows what Redocly prints.
 *
 * @param baseUrl the server, with or without `/v1`
 * @returns 0 where all passed, else another number
 * @throws {InputError} where the documents or Redocly's command line are not installed
 */
export async function runWorkflows(baseUrl: string, apiKey: string): Promise<number> {
  const names = (await readdir(FOLDER).catch(() => [])).filter((name) => name.endsWith(".yaml")).sort();
  if (names.length === 0)
    throw new InputError({
      place: { file: FOLDER },
      message: "There are no workflows.",
      advice: "They are part of the repository, not of the package: run npm run conformance there.",
    });
  const server = baseUrl.replace(/\/+$/, "").replace(/\/v1$/, "");
  return respect(
    names.map((name) => join(FOLDER, name)),
    server,
    apiKey,
  );
}

function respect(files: string[], server: string, apiKey: string): Promise<number> {
  const child = spawn(
    process.execPath,
    [redocly(), "respect", ...files, "--server", `routescope=${server}`],
    {
      cwd: resolve(FOLDER, "../.."),
      stdio: ["ignore", "inherit", "inherit"],
      // Arguments can be read by anyone on the machine; the environment cannot.
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_CLI_RESPECT_INPUT: `apiKey=${apiKey}` },
    },
  );
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("exit", (code) => done(code ?? 1));
  });
}

/** Redocly's command line; where it is not installed, what to do. */
function redocly(): string {
  const require = createRequire(import.meta.url);
  try {
    const manifest = require.resolve("@redocly/cli/package.json");
    const { bin } = require(manifest) as { bin: Record<string, string> };
    return join(dirname(manifest), bin["redocly"] ?? "bin/cli.js");
  } catch {
    throw new InputError({
      message: "--workflows needs Redocly's command line, which is not installed.",
      advice: "npm install --save-dev @redocly/cli",
    });
  }
}
