/**
 * Runs Redocly's command line, since the package exports no API. It runs in a temporary folder, so that it finds no
 * configuration file, and without telemetry. One process beside this one runs all commands: to start takes most of a
 * command's time.
 */
import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Document } from "../../document/model.ts";

/** The name of the document in the folder. */
export const DOCUMENT = "openapi.json";

/** A command, as the process is sent it. */
export interface Command {
  number: number;
  folder: string;
  parameters: readonly string[];
}

/** What the process sends back. */
export interface Ended {
  /** That of the command. */
  number: number;
  /** The exit code. */
  code: number;
  stdout: string;
  stderr: string;
}

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

async function run(folder: string, parameters: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await ended(folder, parameters);
  if (code === 0) return stdout;
  // Each run begins with a notice in a box.
  const message = stderr.replace(/^\s*[╔║╚].*$/gm, "").trim();
  throw new Error(message || `Redocly ended with code ${code}.`);
}

/** How long the process is kept for another command, in milliseconds. */
const IDLE = 5000;

let running: ChildProcess | undefined;
let idle: NodeJS.Timeout | undefined;
let commands = 0;
const waiting = new Map<number, PromiseWithResolvers<Ended>>();

/** Runs a command in the process, which is started if there is none. */
async function ended(folder: string, parameters: readonly string[]): Promise<Ended> {
  running ??= start();
  const child = running;
  const number = commands++;
  const end = Promise.withResolvers<Ended>();
  waiting.set(number, end);
  hold(child);
  child.send({ number, folder, parameters } satisfies Command);
  try {
    return await end.promise;
  } finally {
    waiting.delete(number);
    if (waiting.size === 0) release(child);
  }
}

function start(): ChildProcess {
  const child = fork(fileURLToPath(new URL("redocly-process.ts", import.meta.url)), {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    env: {
      ...process.env,
      REDOCLY_TELEMETRY: "off",
      REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
      FORCE_COLOR: undefined,
    },
  });
  const fail = (error: Error) => {
    if (running !== child) return;
    running = undefined;
    for (const { reject } of waiting.values()) reject(error);
  };
  child.on("message", (message: Ended) => waiting.get(message.number)?.resolve(message));
  child.on("error", fail);
  child.on("exit", (code, signal) => fail(new Error(`Redocly's process ended with ${signal ?? code}.`)));
  return child;
}

/** The process keeps this one alive while it works. */
function hold(child: ChildProcess): void {
  clearTimeout(idle);
  child.ref();
  child.channel?.ref();
}

/** The process waits for another command as long as this one has something else to do, and not for long. */
function release(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  idle = setTimeout(() => {
    if (running === child) running = undefined;
    if (child.connected) child.disconnect();
  }, IDLE).unref();
}
