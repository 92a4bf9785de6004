/** Runs a command, and prints how it failed. */
import { InputError } from "../shared/input-error.ts";
import { messageOf } from "../shared/text.ts";

/**
 * Runs a command. What its user can mend is printed as it is, anything else as one line that asks for a report; a
 * stack trace appears only with `DEBUG` set. Either way the exit code is 1.
 *
 * @param known explains an error that the user can correct, where the command knows more about it
 */
export async function main(
  command: () => Promise<void>,
  known: (error: unknown) => InputError | undefined = () => undefined,
): Promise<void> {
  // Whoever reads the output has seen enough, as `head` does.
  process.stdout.on("error", () => process.exit());
  try {
    await command();
  } catch (error) {
    // A command may have set a code that says more.
    process.exitCode ||= 1;
    process.stderr.write(`${explain(known(error) ?? error)}\n`);
    if (process.env["DEBUG"] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    // A worker that failed would live on by its channel to the supervisor.
    if (process.connected) process.exit();
  }
}

function explain(error: unknown): string {
  if (error instanceof InputError) return error.message;
  const message = messageOf(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code.startsWith("ERR_PARSE_ARGS")) return `${message.split(". ")[0]}. See --help.`;
  return `This should not have happened: ${message}\nPlease report it; DEBUG=1 shows where it happened.`;
}
