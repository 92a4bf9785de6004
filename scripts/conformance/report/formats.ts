/** The forms of a report: text, JSON, JUnit XML and a page of HTML. */
import { escapeHtml } from "../../shared/html.ts";
import { counted } from "../../shared/text.ts";
import type { Finding } from "../findings.ts";
import type { Report } from "../run.ts";

export const FORMATS = ["text", "json", "junit", "html"] as const;
export type Format = (typeof FORMATS)[number];

/** Writes a report in a form, with a line break at the end. */
export function formatReport(report: Report, format: Format): string {
  return { text: asText, json: asJson, junit: asJunit, html: asHtml }[format](report);
}

const TITLES: Record<Finding["kind"], string> = {
  break: "Contradicts the contract",
  undocumented: "Unknown to the contract",
  note: "Cannot be decided",
};

/** `240 requests, 231 cases passed, 2 breaks, …`. */
export function summaryLine({ summary }: Report): string {
  const { requests, passed, breaks, undocumented, notes, skipped } = summary;
  return [
    counted(requests, "request"),
    `${counted(passed, "case")} passed`,
    counted(breaks, "break"),
    `${undocumented} undocumented`,
    counted(notes, "note"),
    ...(skipped > 0 ? [`${counted(skipped, "case")} skipped`] : []),
  ].join(", ");
}

function asText(report: Report): string {
  const sections = groups(report).map(
    ([title, findings]) => `${title}\n\n${findings.map(textOf).join("\n\n")}\n\n`,
  );
  return `${sections.join("")}${summaryLine(report)}\n`;
}

function textOf(finding: Finding): string {
  const { operation, case: name, message, pointer, expected, actual, curl } = finding;
  return [
    `  ${operation}, ${name}`,
    `    ${message}${pointer ? ` (${pointer})` : ""}`,
    ...(expected ? [`    expected  ${expected}`] : []),
    ...(actual ? [`    actual    ${actual}`] : []),
    ...(curl ? [`    ${curl}`] : []),
  ].join("\n");
}

function groups({ findings }: Report): [title: string, findings: Finding[]][] {
  return (Object.keys(TITLES) as Finding["kind"][])
    .map((kind): [string, Finding[]] => [TITLES[kind], findings.filter((finding) => finding.kind === kind)])
    .filter(([, list]) => list.length > 0);
}

function asJson({ summary, findings }: Report): string {
  return `${JSON.stringify({ summary, findings }, null, 2)}\n`;
}

/** One test case for each case of the run; a break is a failure, all else is output. */
function asJunit({ cases, summary }: Report): string {
  const tests = cases.map(({ operation, name, ms, skipped, findings }) => {
    const failures = findings
      .filter(({ kind }) => kind === "break")
      .map((finding) => `<failure message="${xml(finding.message)}">${xml(textOf(finding))}</failure>`);
    const others = findings.filter(({ kind }) => kind !== "break").map(textOf);
    const output = others.length > 0 ? [`<system-out>${xml(others.join("\n\n"))}</system-out>`] : [];
    const inner = [...(skipped ? ["<skipped/>"] : []), ...failures, ...output].join("");
    return `  <testcase classname="${xml(operation)}" name="${xml(name)}" time="${(ms / 1000).toFixed(3)}">${inner}</testcase>`;
  });
  const failed = cases.filter(({ findings }) => findings.some(({ kind }) => kind === "break")).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="conformance" tests="${cases.length}" failures="${failed}" skipped="${summary.skipped}">`,
    ...tests,
    "</testsuite>",
    "",
  ].join("\n");
}

/** XML 1.0 has no control characters, escaped or not. */
function xml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
  return escapeHtml(text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "?")).replaceAll(
    ">",
    "&gt;",
  );
}

function asHtml(report: Report): string {
  const sections = groups(report).map(
    ([title, findings]) => `<h2>${title} (${findings.length})</h2>\n${findings.map(htmlOf).join("\n")}`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Conformance</title>
<style>
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
article { border-left: 4px solid; margin: 1rem 0; padding: 0 1rem }
pre { overflow-x: auto; white-space: pre-wrap; word-break: break-word }
dt { font-weight: 600 }
</style>
<h1>Conformance</h1>
<p>${escapeHtml(summaryLine(report))}</p>
${sections.join("\n")}
</html>
`;
}

function htmlOf({ operation, case: name, message, pointer, expected, actual, curl }: Finding): string {
  const rows = Object.entries({ Where: pointer, Expected: expected, Actual: actual }).filter(
    ([, value]) => value,
  );
  const list = rows
    .map(([term, value]) => `<dt>${term}</dt><dd><code>${escapeHtml(value)}</code></dd>`)
    .join("");
  return `<article>
<h3>${escapeHtml(`${operation}, ${name}`)}</h3>
<p>${escapeHtml(message)}</p>
<dl>${list}</dl>
<details><summary>Send it again</summary><pre>${escapeHtml(curl)}</pre></details>
</article>`;
}
