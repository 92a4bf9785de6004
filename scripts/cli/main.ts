/** Runs a command and prints its error. */
import * as module from "node:module";
import { InputError } from "../shared/input-error.ts";
import { messageOf, printable } from "../shared/text.ts";
import { assertNode } from "./node-version.ts";

/**
 * Runs a command. An `InputError` is printed as it is, because the user can correct it. Any other error becomes one line
 * that asks for a report; a stack trace appears only with `DEBUG` set. Both set the exit code to 1.
 */
export async function main(command: () => Promise<void>): Promise<void> {
  // The reader of the output, such as `head`, has closed it. That is not an error.
  process.stdout.on("error", () => process.exit());
  keepCompiledCode();
  try {
    assertNode();
    await command();
  } catch (error) {
    // A command may have set a code that says more.
    process.exitCode ||= 1;
    process.stderr.write(`${printable(explain(error))}\n`);
    if (process.env["DEBUG"] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    // The channel to the supervisor would keep a failed worker alive.
    if (process.connected) process.exit();
  }
}

/**
 * What a command loads from here on is found compiled by the next one: that is much of what a start takes. Its workers
 * and the commands that it runs keep theirs too. Deno has no such cache.
 */
function keepCompiledCode(): void {
  const { directory } = module.enableCompileCache?.() ?? {};
  if (directory !== undefined) process.env["NODE_COMPILE_CACHE"] ??= directory;
}

function explain(error: unknown): string {
  if (error instanceof InputError) return error.message;
  const message = messageOf(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code.startsWith("ERR_PARSE_ARGS")) return `${message.split(". ")[0]}. See --help.`;
  return `This should not have happened: ${message}\nPlease report it; DEBUG=1 shows where it happened.`;
}
