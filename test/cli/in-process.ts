/** Commands run in the process of the test: much faster than processes, of which each command has a few tests too. */
import { vi } from "vitest";
import { main } from "../../scripts/cli/main.ts";

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command to its end: what it prints, and the exit code that it sets. One at a time. */
export async function inProcess(
  command: (args: string[]) => Promise<void>,
  ...args: string[]
): Promise<Outcome> {
  const listeners = process.stdout.listeners("error");
  const code = process.exitCode;
  process.exitCode = undefined;
  // A failed command ends a process that has a channel to its parent, which that of a test has.
  const exit = vi.spyOn(process, "exit").mockImplementation((() => {}) as () => never);
  const [stdout, stderr] = [caught(process.stdout), caught(process.stderr)];
  try {
    await main(() => command(args));
    return { code: Number(process.exitCode ?? 0), stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    stdout.restore();
    stderr.restore();
    exit.mockRestore();
    process.exitCode = code;
    for (const one of process.stdout.listeners("error"))
      if (!listeners.includes(one)) process.stdout.off("error", one as () => void);
  }
}

function caught(stream: NodeJS.WriteStream) {
  const written: string[] = [];
  const spy = vi.spyOn(stream, "write").mockImplementation((text) => written.push(String(text)) > 0);
  return { text: () => written.join(""), restore: () => spy.mockRestore() };
}
