/** Stage: lint, by Spectral, in a worker: on a large document it takes longer than all other stages together. */
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Path } from "../../document/structure.ts";
import type { Place, Problem } from "../../shared/input-error.ts";
import { counted } from "../../shared/text.ts";
import { type Cache, uncached } from "../cache.ts";
import type { Contract } from "../read/contract.ts";
import { unusedFiles } from "./unused-files.ts";

export interface Finding {
  rule: string;
  severity: "error" | "warning" | "info" | "hint";
  message: string;
  place: Place;
}

/** What the worker sends: a finding with its path in the bundled document, or no path where nothing was checked. */
export interface RawFinding extends Omit<Finding, "place"> {
  path?: Path;
}

export interface LintOptions {
  /**
   * Whether the house rules of `openapi/rules/` apply beside `spectral:oas`, and every file beside the contract must
   * belong to it; both are for our own contract.
   */
  house: boolean;
  /** In seconds. Default: 60 with the house rules; 20 without, since lint then does not decide whether a document is built. */
  timeout?: number;
  /** Gives what was found in the same document before. Default: it is linted anew. */
  cache?: Cache;
}

export interface LintResult {
  /** In the order of the document. */
  findings: Finding[];
  /** Why nothing was checked. */
  leftOut?: Problem;
}

/** Spectral needs 1 GB for a document of 3 MB. */
const MAX_MEMORY_MB = 2048;

/**
 * Starts to lint the bundled document. Each finding names the file that was written by hand, and is given once, however
 * often the bundle repeats the place.
 *
 * @returns `result`, which never waits longer than the timeout; and `stop`, which ends the work early
 */
export function startLinting(
  contract: Contract,
  { house, timeout = house ? 60 : 20, cache = uncached }: LintOptions,
) {
  const { document, asWritten } = contract;
  const leftOut = (reason: string): LintResult => ({
    findings: [],
    leftOut: {
      place: { file: contract.root },
      message: `Lint is left out: ${reason}. Nothing was checked.`,
      advice: "Give it more time with --lint-timeout SECONDS, or switch it off with --no-lint.",
    },
  });
  const { promise, resolve } = Promise.withResolvers<LintResult>();
  let worker: Worker | undefined;
  let isOver = false;
  const check = () =>
    new Promise<RawFinding[]>((found, fail) => {
      if (isOver) return;
      worker = new Worker(new URL("./lint-worker.ts", import.meta.url), {
        workerData: { document, asWritten, house },
        resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB },
      });
      worker.once("message", found);
      worker.once("error", fail);
    });
  cache("lint", [document, asWritten, house], check).then(
    (findings) => resolve({ findings: [...placed(findings, contract), ...(house ? unused(contract) : [])] }),
    (error: Error & { code?: string }) => {
      const memory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      resolve(leftOut(memory ? `it needs more than ${MAX_MEMORY_MB} MB of memory` : error.message));
    },
  );
  const timer = setTimeout(async () => {
    // The main thread may have been busy: a result that has arrived counts.
    await setImmediate();
    resolve(leftOut(`it takes longer than ${counted(timeout, "second")}`));
  }, timeout * 1000);
  const stop = async () => {
    isOver = true;
    clearTimeout(timer);
    await worker?.terminate();
  };
  return { result: promise.finally(stop), stop };
}

function placed(findings: readonly RawFinding[], { locate, locateKey, root }: Contract): Finding[] {
  const place = (path: Path | undefined) => {
    if (!path) return { file: root };
    // What is wrong with a path as such is wrong with its name, which stands where it refers to its file.
    return path.length === 2 && (path[0] === "paths" || path[0] === "webhooks")
      ? locateKey(path)
      : locate(path);
  };
  const all = findings.map(({ path, ...rest }) => ({ ...rest, place: place(path) }));
  return [...new Map(all.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function unused(contract: Contract): Finding[] {
  return unusedFiles(contract).map((file) => ({
    rule: "no-unused-file",
    severity: "error",
    message: "Nothing refers to this file. Refer to it, or remove it.",
    place: { file, line: 1, column: 1 },
  }));
}
