/** What is wrong with an input, said so that its author can mend it. */
import { relative } from "node:path";

export interface Place {
  /** Absolute path of the file, or its URL. */
  file: string;
  /** From 1; absent where only the file is known. */
  line?: number;
  /** From 1. */
  column?: number;
}

export interface Problem {
  place?: Place;
  message: string;
  /** What to do about it. */
  advice?: string;
}

/** The input cannot be used. Carries every problem found; none of them is a fault of the program. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly problems: readonly Problem[];

  constructor(...problems: Problem[]) {
    // Advice that holds for several problems in a row is said once, after them.
    const said = problems.map(({ advice, ...problem }, index) =>
      formatProblem(
        advice === problems[index + 1]?.advice ? problem : { ...problem, ...(advice && { advice }) },
      ),
    );
    super(said.join("\n"));
    this.problems = problems;
  }
}

/** `file:line:column  message`, and the advice on a line of its own. */
function formatProblem({ place, message, advice }: Problem): string {
  const text = place ? `${formatPlace(place)}  ${message}` : message;
  return advice ? `${text}\n  ${advice}` : text;
}

export function formatPlace({ file, line, column }: Place): string {
  return [shorten(file), line, column].filter((part) => part !== undefined).join(":");
}

/** A path as its reader knows it: relative while it is below the working directory. */
export function shorten(file: string): string {
  const short = relative("", file);
  return short === "" || short.startsWith("..") || URL.canParse(file) ? file : short;
}
