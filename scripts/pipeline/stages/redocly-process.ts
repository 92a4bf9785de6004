/**
 * The process of `redocly.ts`: runs the commands of Redocly that it is sent, one after the other, and sends back how each
 * one ended. It ends when its parent does, or when the parent closes the channel.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { messageOf } from "../../shared/text.ts";
import type { Command, Ended } from "./redocly.ts";

const COMMAND_LINE = pathToFileURL(createRequire(import.meta.url).resolve("@redocly/cli/lib/index.js"));

/** The folder of the command that runs. */
let folder = "";

function removeFolder(): void {
  process.chdir(tmpdir());
  rmSync(folder, { recursive: true, force: true });
}

const exit = process.exit.bind(process);
process.on("disconnect", () => {
  removeFolder();
  exit();
});
// Ctrl+C reaches this process too. It ends with its parent.
process.on("SIGINT", () => {});

/** The exit code of the command. Redocly's modules, which stay loaded, keep the first `process.exit` that they find. */
let ended = Promise.withResolvers<number>();
process.exit = ((code = 0) => ended.resolve(Number(code))) as typeof process.exit;

let last: Promise<unknown> = Promise.resolve();
process.on("message", (command: Command) => {
  last = last.then(async () => process.send?.(await run(command)));
});

/** Does what `redocly PARAMETERS` does in a folder of these files. A copy of its main module is loaded for each command. */
async function run({ number, files, parameters, output }: Command): Promise<Ended> {
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    process[name].write = (text: string | Uint8Array) => {
      printed[name] += Buffer.from(text as string).toString();
      return true;
    };
  folder = mkdtempSync(join(tmpdir(), "redocly-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  process.chdir(folder);
  process.argv = [process.execPath, "redocly", ...parameters];
  ended = Promise.withResolvers();
  process.setUncaughtExceptionCaptureCallback(ended.reject);
  // Redocly exits when nothing is left to do, and the channel would count as something.
  process.channel?.unref();
  const [code] = await Promise.all([ended.promise, import(`${COMMAND_LINE.href}?${number}`)]).catch(
    (error: unknown) => {
      printed.stderr += messageOf(error);
      return [1];
    },
  );
  process.setUncaughtExceptionCaptureCallback(null);
  process.channel?.ref();
  const written = code === 0 && output !== undefined ? readFileSync(join(folder, output), "utf8") : undefined;
  removeFolder();
  // A process whose next command began right here, after the last event, would still end.
  await setImmediate();
  return { number, code, ...printed, ...(written !== undefined && { written }) };
}
