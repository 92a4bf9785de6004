/**
 * Runs Redocly's command line, since the package exports no API. It runs in a temporary folder, so that it finds no
 * configuration file, and without telemetry. One process beside this one runs all commands: to start takes most of a
 * command's time.
 */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Document } from "../../document/model.ts";

/** The name of the document in the folder. */
export const DOCUMENT = "openapi.json";

/** What a command is run with. */
interface Run {
  /** The files of its folder, by name. */
  files: Record<string, string>;
  parameters: readonly string[];
  /** The name of the file that it writes; undefined for what it prints. */
  output?: string;
}

/** A command, as the process is sent it. */
export interface Command extends Run {
  number: number;
}

/** What the process sends back. */
export interface Ended {
  /** That of the command. */
  number: number;
  /** The exit code. */
  code: number;
  stdout: string;
  stderr: string;
  /** What is in the file that was asked for, if the command succeeded. */
  written?: string;
}

/**
 * Runs a command on a document, which is the file `DOCUMENT`.
 *
 * @returns what it writes into the file `output`, else what it prints
 * @throws {Error} with what it printed when it fails
 */
export async function redocly(
  document: Document,
  parameters: readonly string[],
  { files = {}, output }: Partial<Pick<Run, "files" | "output">> = {},
): Promise<string> {
  const all = { [DOCUMENT]: JSON.stringify(document), ...files };
  const result = await ended({ files: all, parameters, ...(output !== undefined && { output }) });
  if (result.code === 0) return result.written ?? result.stdout;
  // Each run begins with a notice in a box.
  const message = result.stderr.replace(/^\s*[╔║╚].*$/gm, "").trim();
  throw new Error(message || `Redocly ended with code ${result.code}.`);
}

/** How long the process is kept for another command, in milliseconds. */
const IDLE = 5000;

let running: ChildProcess | undefined;
let idle: NodeJS.Timeout | undefined;
let commands = 0;
const waiting = new Map<number, PromiseWithResolvers<Ended>>();

/** Runs a command in the process, which is started if there is none. */
async function ended(run: Run): Promise<Ended> {
  running ??= start();
  const child = running;
  const number = commands++;
  const end = Promise.withResolvers<Ended>();
  waiting.set(number, end);
  hold(child);
  child.send({ number, ...run } satisfies Command);
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
