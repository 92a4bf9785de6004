/** What a command shows while it works: a line per step, with its time. */
import { styleText } from "node:util";

type Colour = "green" | "red" | "dim";

/** Text in a colour, where the terminal takes one (`NO_COLOR`, `FORCE_COLOR` and pipes are respected). */
export function style(colour: Colour, text: string): string {
  return styleText(colour, text, { stream: process.stdout });
}

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/**
 * Runs a step under its name. On a terminal a spinner turns meanwhile; then, anywhere, one line says how it went.
 *
 * @param summary what to say of the result, such as how many files it has
 */
export async function progress<T>(
  name: string,
  step: () => Promise<T>,
  summary: (result: T) => string,
): Promise<T> {
  const started = performance.now();
  const stop = spin(name);
  try {
    const result = await step();
    stop();
    const time = `${Math.round(performance.now() - started)} ms`;
    process.stdout.write(
      `${style("green", "✓")} ${name.padEnd(9)}${time.padStart(8)}  ${style("dim", summary(result))}\n`,
    );
    return result;
  } catch (error) {
    stop();
    process.stdout.write(`${style("red", "✗")} ${name}\n`);
    throw error;
  }
}

function spin(name: string): () => void {
  if (!process.stdout.isTTY || process.env["CI"]) return () => {};
  let turn = 0;
  const draw = () => process.stdout.write(`\r${FRAMES[turn++ % FRAMES.length]} ${name}`);
  draw();
  const timer = setInterval(draw, 80);
  return () => {
    clearInterval(timer);
    process.stdout.write("\r\u001b[K");
  };
}
