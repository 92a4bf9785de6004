/** Prints the steps of a command while it works: one line per step, with the time that it took. */
import { styleText } from "node:util";

type Colour = "green" | "red" | "dim";

/** Colours a text if standard output is a terminal with colours. Respects `NO_COLOR` and `FORCE_COLOR`. */
export function style(colour: Colour, text: string): string {
  return styleText(colour, text, { stream: process.stdout });
}

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/**
 * Runs a step. A terminal shows a spinner meanwhile. One line then states the name, the time and the summary, or that
 * the step failed.
 *
 * @param summary describes the result, such as `3 files`
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
