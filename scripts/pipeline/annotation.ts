/** Annotations that GitHub shows beside the changed lines. */
import { type Place, shorten } from "../shared/input-error.ts";

export interface Annotation {
  severity: "error" | "warning" | "notice";
  title: string;
  message: string;
  place: Place;
}

/**
 * One annotation as the line that a workflow prints.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function annotation({ severity, title, message, place }: Annotation): string {
  const properties = {
    file: shorten(place.file),
    line: place.line,
    col: place.column,
    title,
  };
  const list = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) => `${name}=${escapeData(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C")}`,
    );
  return `::${severity} ${list.join(",")}::${escapeData(message)}\n`;
}

/** A line break would end the annotation. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
