/** What a request asks of the mock by the header `Prefer` (RFC 7240). */
import { type Fault, parseFault } from "../faults/faults.ts";
import { RequestProblem } from "./request-problem.ts";

export interface Preferences {
  /** `code=429`: the status. */
  status?: number;
  /** `example=tool_call`: the scenario's name. */
  example?: string;
  /** `fault=cut:3`: what goes wrong; may be repeated. */
  faults: Fault[];
}

/**
 * Reads `code=429, example="tool_call", fault=cut:3`. Preferences by other names are not for this server.
 *
 * @throws {RequestProblem} 400 for a status or a fault that there is not
 */
export function preferences(header: string | string[] | undefined): Preferences {
  const wanted: Preferences = { faults: [] };
  if (header === undefined) return wanted;
  const text = Array.isArray(header) ? header.join(",") : header;
  for (const [, name = "", quoted, plain] of text.matchAll(
    /(?<![\w-])([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s,;]+))/g,
  )) {
    const value = quoted ?? plain ?? "";
    if (/^code$/i.test(name)) wanted.status = statusCode(value);
    if (/^example$/i.test(name)) wanted.example = value;
    if (/^fault$/i.test(name)) wanted.faults.push(faultFrom(value));
  }
  return wanted;
}

function statusCode(text: string): number {
  const status = Number(text);
  if (Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw invalid(`Prefer: code=${text} is not an HTTP status.`);
}

function faultFrom(text: string): Fault {
  const fault = parseFault(text);
  if (typeof fault !== "string") return fault;
  throw invalid(`Prefer: fault=${text}: ${fault}`);
}

function invalid(message: string): RequestProblem {
  return new RequestProblem(400, "invalid_preference", message, { field: "Prefer" });
}
