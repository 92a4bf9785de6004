/** Cookie parameters, which Prism does not check (RFC 6265, 4.2). */
import type { Document, OperationEntry, Schema } from "../../document/model.ts";
import { formReader } from "../http/read-form.ts";
import { RequestProblem } from "./request-problem.ts";
import type { Check } from "./schemas.ts";

/**
 * What checks the cookies of a request to an operation.
 *
 * @param checkOf compiles a schema
 * @returns undefined where the operation declares none; the function throws a `RequestProblem`, 400, naming the first cookie
 *   that is missing or wrong
 */
export function cookieCheck(
  document: Document,
  { parameters }: OperationEntry,
  checkOf: (schema: Schema) => Check,
): ((cookie: string | undefined) => void) | undefined {
  const declared = parameters.filter(({ in: place }) => place === "cookie");
  if (declared.length === 0) return undefined;
  const properties = Object.fromEntries(declared.map(({ name, schema = true }) => [name, schema]));
  const read = formReader(document, { schema: { type: "object", properties } });
  return (cookie = "") => {
    const pairs = cookie.split(";").flatMap((pair): [string, string][] => {
      const equals = pair.indexOf("=");
      const name = pair.slice(0, Math.max(0, equals)).trim();
      const value = pair.slice(equals + 1).trim();
      return name === "" ? [] : [[name, decoded(value.replace(/^"|"$/g, ""))]];
    });
    const cookies = new Map(Object.entries(read(pairs) as object));
    for (const { name, required, schema } of declared) {
      const value: unknown = cookies.get(name);
      if (value === undefined && required) throw refusal(name, "missing_required_parameter", "is required");
      const violation = value !== undefined && schema !== undefined && checkOf(schema)(value);
      if (violation) throw refusal(name, "invalid_value", violation.message);
    }
  };
}

function refusal(name: string, code: string, message: string): RequestProblem {
  return new RequestProblem(400, code, `The cookie ${name} ${message}`, { field: name });
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
