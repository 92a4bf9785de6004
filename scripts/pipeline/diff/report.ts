/** A diff as text, JSON, Markdown or annotations of GitHub. */
import { counted, printable } from "../../shared/text.ts";
import { annotation } from "../annotation.ts";
import type { Change } from "./change.ts";
import type { Diff } from "./diff.ts";

export const FORMATS = ["text", "json", "markdown", "github"] as const;
export type Format = (typeof FORMATS)[number];

const RANKED = ["major", "minor", "patch"] as const;

/** The chapters of a changelog. */
const CHAPTERS = { major: "Breaking changes", minor: "Additions", patch: "Descriptions and examples" };

/**
 * Prints a diff.
 *
 * @param file the new document, which annotations point at
 */
export function report(diff: Diff, format: Format, file: string): string {
  return printable(WRITERS[format](diff, file));
}

const WRITERS: Record<Format, (diff: Diff, file: string) => string> = {
  json: ({ level, changes }) => `${JSON.stringify({ level, changes }, null, 2)}\n`,
  text: ({ level, changes }) => {
    const groups = Map.groupBy(changes, ({ operation }) => operation ?? "The document");
    const lines = [...groups].flatMap(([operation, found]) => [
      operation,
      ...RANKED.flatMap((rank) =>
        found.filter((change) => change.level === rank).map((change) => `  ${rank}  ${change.message}`),
      ),
      "",
    ]);
    const counts = RANKED.map(
      (rank) => `${changes.filter((change) => change.level === rank).length} ${rank}`,
    );
    return [...lines, `${counted(changes.length, "change")} (${counts.join(", ")}): ${level}`, ""].join("\n");
  },
  markdown: ({ changes }) => {
    if (changes.length === 0) return "Nothing changed.\n";
    const chapters = RANKED.flatMap((rank) => {
      const sentences = new Set(changes.filter(({ level }) => level === rank).map(sentence));
      return sentences.size === 0 ? [] : [`### ${CHAPTERS[rank]}\n\n${[...sentences].join("\n")}\n`];
    });
    return chapters.join("\n");
  },
  github: ({ changes }, file) =>
    changes
      .map(({ level, operation, message }) =>
        annotation({
          severity: level === "major" ? "error" : level === "minor" ? "warning" : "notice",
          title: `${level}${operation === null ? "" : `: ${operation}`}`,
          message,
          place: { file },
        }),
      )
      .join(""),
};

function sentence({ operation, message }: Change): string {
  return operation === null ? `- ${message}` : `- \`${operation}\`: ${message}`;
}
