/** What is wrong with an input, in words that its author can act on. */
import { relative } from "node:path";
import { printable } from "./text.ts";

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
  /** What the author can do about it. */
  advice?: string;
}

/** An input that cannot be used, with every problem found in it. The program itself is not at fault. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly problems: readonly Problem[];

  constructor(...problems: Problem[]) {
    super(formatProblems(problems));
    this.problems = problems;
  }
}

/** Called with problems that do not stop the work. */
export type Warn = (...problems: Problem[]) => void;

/** A line for each problem, `file:line:column  message`, with its advice on the line below. */
export function formatProblems(problems: readonly Problem[]): string {
  const lines = problems.map(({ place, message, advice }, index) => {
    const text = place ? `${formatPlace(place)}  ${message}` : message;
    // Advice that holds for several problems in a row stands once, after them.
    return advice === undefined || advice === problems[index + 1]?.advice ? text : `${text}\n  ${advice}`;
  });
  return printable(lines.join("\n"));
}

/** `file:line:column`, as far as they are known. */
export function formatPlace({ file, line, column }: Place): string {
  return [shorten(file), line, column].filter((part) => part !== undefined).join(":");
}

/** The path relative to the working directory if it is below it, else as it is. URLs stay as they are. */
export function shorten(file: string): string {
  const short = relative("", file);
  return short === "" || short.startsWith("..") || URL.canParse(file) ? file : short;
}
