/** Structured answers: the text is the JSON that `response_format` asks for. */
import { standalone } from "../../document/validation.ts";
import { isObject, type Json, type Members, member } from "../../shared/json.ts";
import type { Findings } from "../findings.ts";
import { parsed } from "./tools.ts";

/** Checks the text of an answer against the request's `response_format`; without one, nothing is checked. */
export function checkStructure(
  message: Members,
  reason: Json | undefined,
  at: string,
  { response_format: format }: Members,
  found: Findings,
): void {
  const type = member(format, "type");
  const { content } = message;
  // A refusal, a call of tools or an answer that was cut is not JSON.
  if ((type !== "json_schema" && type !== "json_object") || reason !== "stop" || typeof content !== "string")
    return;
  if (message["refusal"] || content === "") return;
  const value = parsed(content);
  if (value === undefined) {
    found.whim(at, `The text is not JSON, although ${type} was asked for.`, "JSON", content);
    return;
  }
  if (type === "json_object") {
    if (!isObject(value)) found.whim(at, "The text is not a JSON object.", "an object", content);
    return;
  }
  const [violation] = standalone(member(member(format, "json_schema"), "schema"))?.(value) ?? [];
  if (violation)
    found.whim(
      at,
      `The JSON does not match the schema: ${violation.pointer} ${violation.message}.`,
      violation.expected,
      content,
    );
}
