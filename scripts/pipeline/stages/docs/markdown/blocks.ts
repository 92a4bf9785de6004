/** Blocks of Markdown: tables, lists, fences, and texts put together. */
import type { Json } from "../../../../shared/json.ts";
import { outsideCode } from "../links.ts";

/** A code span; a value other than a string stands as JSON. */
export function code(value: Json): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

/** Moves every heading of a text down by some levels. Markdown has six. */
export function deeper(text: string, levels: number): string {
  return outsideCode(text, (prose) =>
    prose.replace(/^#+ /gm, (mark) => `${"#".repeat(Math.min(6, mark.length - 1 + levels))} `),
  );
}

/**
 * Code in a fence that is longer than any fence within it.
 *
 * @param title shown on the plain pages, where the code is then folded
 */
export function fenced(language: string, text: string, title?: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/^`+/gm)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}${title ? ` ${title}` : ""}\n${text.trimEnd()}\n${fence}`;
}

export function list(lines: string[]): string {
  return lines.map((line) => `- ${line.trim().replaceAll("\n", "\n  ")}`).join("\n");
}

/** A table, or nothing where there are no rows. Cells may have several lines and any character. */
export function table(head: string[], rows: (string | undefined)[][]): string {
  if (rows.length === 0) return "";
  const line = (cells: (string | undefined)[]) =>
    `| ${cells
      .map((cell) =>
        (cell ?? "")
          .trim()
          .replaceAll("|", "\\|")
          .replace(/\s*\n\s*/g, " "),
      )
      .join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The parts that are not empty, trimmed. */
export function joined(separator: string, ...parts: (string | undefined)[]): string {
  return parts
    .filter(Boolean)
    .map((part) => part?.trim())
    .join(separator);
}

/** Blocks with an empty line between them. Empty and absent blocks leave no gap. */
export function sections(...blocks: (string | false | undefined)[]): string {
  return blocks
    .filter(Boolean)
    .map((block) => String(block).trim())
    .filter(Boolean)
    .join("\n\n");
}
