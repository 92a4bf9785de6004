/** Findings of lint as text, JSON, SARIF or annotations of GitHub. */
import { formatPlace, shorten } from "../shared/input-error.ts";
import { annotation } from "./annotation.ts";
import type { Finding } from "./stages/lint.ts";

export const FINDING_FORMATS = ["text", "json", "sarif", "github"] as const;
export type FindingFormat = (typeof FINDING_FORMATS)[number];

/** Prints findings, with files relative to the working directory. */
export function formatFindings(findings: readonly Finding[], format: FindingFormat): string {
  return WRITERS[format](findings);
}

const WRITERS: Record<FindingFormat, (findings: readonly Finding[]) => string> = {
  text: (findings) =>
    findings
      .map(
        ({ place, severity, rule, message }) => `${formatPlace(place)}  ${severity}  ${rule}  ${message}\n`,
      )
      .join(""),
  json: (findings) =>
    print(
      findings.map(({ rule, severity, message, place: { file, line, column } }) => ({
        rule,
        severity,
        message,
        file: shorten(file),
        line: line ?? null,
        column: column ?? null,
      })),
    ),
  sarif: (findings) => print(sarif(findings)),
  github: (findings) =>
    findings
      .map(({ rule, severity, message, place }) =>
        annotation({ severity: ANNOTATED[severity], title: rule, message, place }),
      )
      .join(""),
};

const ANNOTATED = { error: "error", warning: "warning", info: "notice", hint: "notice" } as const;
const LEVELS = { error: "error", warning: "warning", info: "note", hint: "note" } as const;

/**
 * A log that code scanning reads.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
function sarif(findings: readonly Finding[]): object {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Routescope lint", rules: rules.map((id) => ({ id })) } },
        columnKind: "utf16CodeUnits",
        results: findings.map(({ rule, severity, message, place: { file, line, column } }) => ({
          ruleId: rule,
          ruleIndex: rules.indexOf(rule),
          level: LEVELS[severity],
          message: { text: message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(shorten(file).replaceAll("\\", "/")) },
                ...(line !== undefined && {
                  region: { startLine: line, ...(column !== undefined && { startColumn: column }) },
                }),
              },
            },
          ],
        })),
      },
    ],
  };
}

function print(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
