/** The request log: one line for each request. */
import type { JournalEntry } from "../../mock/http/journal.ts";

/**
 * Logs requests to stdout. The lines of one turn of the event loop are written together: under load, a call of the
 * system for each line would cost a tenth of what its answer costs.
 *
 * @param lineOf the line of a request, without a line break
 */
export function requestLog(lineOf: (entry: JournalEntry) => string): (entry: JournalEntry) => void {
  let lines = "";
  return (entry) => {
    if (lines === "")
      setImmediate(() => {
        process.stdout.write(lines);
        lines = "";
      });
    lines += `${lineOf(entry)}\n`;
  };
}

/** `POST /v1/chat/completions plain 200 12 ms`; what went wrong follows the scenario, `+cut:3`. */
export function logLine({ method, url, scenario, faults, status, ms, aborted }: JournalEntry): string {
  const answer = [scenario ?? "-", ...faults].join("+");
  const end = aborted ? " (broken off)" : "";
  return `${method} ${withoutQuery(url)} ${answer} ${status} ${Math.round(ms ?? 0)} ms${end}`;
}

/** The same as one line of JSON, for programs. */
export function logJson({
  id,
  time,
  method,
  url,
  operation,
  scenario,
  faults,
  status,
  ms,
  aborted,
}: JournalEntry): string {
  const path = withoutQuery(url);
  return JSON.stringify({ id, time, method, path, operation, scenario, faults, status, ms, aborted });
}

/** Queries carry what nobody wants in a log. Control characters could forge lines. */
function withoutQuery(url: string): string {
  const path = url.split("?")[0] ?? "";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return path.replaceAll(/[\u0000-\u001f\u007f]/g, "?");
}
