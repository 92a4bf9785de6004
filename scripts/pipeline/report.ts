/** Prints what a build says but does not stop for: warnings and lint findings, on stderr. */
import { formatPlace, formatProblems, type Problem } from "../shared/input-error.ts";
import { counted, printable } from "../shared/text.ts";
import type { Finding } from "./stages/lint.ts";

/** How many warnings are printed before the rest is only counted. */
const MAX_WARNINGS = 100;

/** Prints each warning with its place and what to do about it. */
export function printWarnings(warnings: readonly Problem[]): void {
  if (warnings.length === 0) return;
  const shown = warnings
    .slice(0, MAX_WARNINGS)
    .map((warning) => ({ ...warning, message: `Warning: ${warning.message}` }));
  process.stderr.write(`${formatProblems(shown)}\n`);
  const left = warnings.length - shown.length;
  if (left > 0) process.stderr.write(`${counted(left, "more warning")}. Correct these first.\n`);
}

/** Prints the findings of lint, one line for each rule: errors first, then the most frequent. */
export function printFindings(findings: readonly Finding[]): void {
  if (findings.length === 0) return;
  const rules = [...Map.groupBy(findings, ({ rule }) => rule).values()];
  const rank = ([first]: Finding[]) => Number(first?.severity !== "error");
  for (const found of rules.sort((a, b) => rank(a) - rank(b) || b.length - a.length)) {
    const [{ place, severity, rule, message }] = found as [Finding];
    const text = `  ${found.length} x ${severity}  ${rule}, first at ${formatPlace(place)}  ${message}\n`;
    process.stderr.write(printable(text));
  }
  process.stderr.write("  None of them stops the build; --strict would.\n");
}
