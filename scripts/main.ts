/** What every command of this project shares: how it reads a number, and how it fails. */
import { missingPeers } from "./package/peers.ts";
import { InputError } from "./pipeline/problem.ts";
import { messageOf } from "./words.ts";

/**
 * Runs a command. What its user can mend is printed as it is, anything else as one line that asks for a report; a
 * stack trace appears only with `DEBUG` set. Either way the exit code is 1.
 */
export async function main(command: () => Promise<void>): Promise<void> {
  // Whoever reads the output has seen enough, as `head` does.
  process.stdout.on("error", () => process.exit());
  try {
    await command();
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${explain(error)}\n`);
    if (process.env["DEBUG"] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    // A worker that failed would live on by its channel to the supervisor.
    if (process.connected) process.exit();
  }
}

function explain(error: unknown): string {
  if (error instanceof InputError) return error.message;
  const missing = missingPeers(error);
  if (missing) return missing.message;
  const message = messageOf(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code.startsWith("ERR_PARSE_ARGS")) return `${message.split(". ")[0]}. See --help.`;
  return `This should not have happened: ${message}\nPlease report it; DEBUG=1 shows where it happened.`;
}

/** The value of an option that takes a whole number. @throws {InputError} naming the option and its range */
export function wholeNumber(option: string, text: string, max: number): number {
  if (/^\d+$/.test(text) && Number(text) <= max) return Number(text);
  throw new InputError({ message: `--${option} ${text} is not a whole number from 0 to ${max}.` });
}

/** The value of an option that takes a number, such as a share. @throws {InputError} naming the option and its range */
export function numberFrom(option: string, text: string, max: number): number {
  if (/^\d*\.?\d+$/.test(text) && Number(text) <= max) return Number(text);
  throw new InputError({ message: `--${option} ${text} is not a number from 0 to ${max}.` });
}
