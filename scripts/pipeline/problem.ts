/** What is wrong with an input, said so that its author can mend it. */
import { relative } from "node:path";

export interface Place {
  /** Absolute path of the file. */
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
    super(problems.map(formatProblem).join("\n"));
    this.problems = problems;
  }
}

/** `file:line:column  message`, the file relative to the working directory, the advice on a line of its own. */
export function formatProblem({ place, message, advice }: Problem): string {
  const text = place ? `${formatPlace(place)}  ${message}` : message;
  return advice ? `${text}\n  ${advice}` : text;
}

export function formatPlace({ file, line, column }: Place): string {
  return [relative("", file) || file, line, column].filter((part) => part !== undefined).join(":");
}
