/** What holds for every answer: its status and media type are declared, its body is valid, and what it has is known. */
import type { Schema } from "../../document/model.ts";
import { isObject, type Json } from "../../shared/json.ts";
import { essence, isJson, STREAM_TYPE } from "../../shared/media-types.ts";
import { at as valueAt } from "../../shared/pointer.ts";
import type { Contract, ContractOperation, DeclaredAnswer } from "../compiled-contract.ts";
import type { Findings } from "../findings.ts";
import { unknownMembers } from "./unknown-members.ts";

/** An answer as the checks need it: of a case, or of traffic that passes. */
export interface Answer {
  status: number;
  /** By lower-case name. */
  headers: Record<string, string>;
  text: string;
  /** False where its bytes are not UTF-8; undefined where nobody looked. */
  utf8?: boolean;
}

/** Headers whose values servers, proxies and content networks add to any answer. */
const COMMON =
  /^x-(accel|amz|amzn|azure|cache|cdn|content-type-options|dns-prefetch|download-options|edge|envoy|forwarded|frame-options|served|powered|permitted|proxy|real-ip|robots|runtime|ua-compatible|xss|vercel|varnish|timer|stainless|middleton|b3|cloud|github|hits|request-start|response-time|process-time|trace)/;

/**
 * Checks an answer in JSON.
 *
 * @returns the body; undefined where it is not JSON
 */
export function checkJsonAnswer(
  contract: Contract,
  operation: ContractOperation,
  answer: Answer,
  found: Findings,
): Json | undefined {
  const declared = contract.answer(operation, answer.status);
  checkHeaders(answer, declared?.headers ?? {}, found);
  if (operation.method === "head" || hasNoBody(declared) || isOfAnotherType(declared, answer))
    return undefined;
  checkMediaType(answer, found);
  checkEncoding(answer, found);
  const body = parse(answer, found);
  if (body === undefined) return undefined;
  if (!declared) {
    found.undocumented(
      "",
      `The contract declares no answer with the status ${answer.status}.`,
      answer.status,
    );
    return body;
  }
  if (declared.declared === "default" && answer.status < 400)
    found.break(
      "",
      `The status ${answer.status} is not declared.`,
      contract.successes(operation).join(" or "),
      answer.status,
    );
  else if (declared.json !== undefined) checkValue(contract, declared.json, body, found);
  if (answer.status >= 400) checkError(body, found);
  return body;
}

function hasNoBody(declared: DeclaredAnswer | undefined): boolean {
  return declared !== undefined && Object.keys(declared.response.content ?? {}).length === 0;
}

/** Whether the answer is of a declared media type that is neither JSON nor a stream. */
function isOfAnotherType(declared: DeclaredAnswer | undefined, { headers }: Answer): boolean {
  const type = essence(headers["content-type"] ?? "");
  const types = Object.keys(declared?.response.content ?? {}).map(essence);
  return types.includes(type) && !isJson(type) && type !== STREAM_TYPE;
}

/** JSON and event streams are UTF-8 (RFC 8259, 8.1; WHATWG HTML, 9.2). */
export function checkEncoding({ utf8 }: Answer, found: Findings): void {
  if (utf8 === false) found.break("", "The body is not UTF-8.", "UTF-8", "other bytes");
}

/** Checks a value against a schema, and reports the members that the schema does not know. */
export function checkValue(contract: Contract, schema: Schema, value: Json, found: Findings, at = ""): void {
  for (const { pointer, message, expected } of contract.check(schema)(value)) {
    found.break(at + pointer, `${nameOf(at + pointer)} ${message}.`, expected, valueAt(value, pointer));
  }
  for (const { pointer, owners, name, value: held } of unknownMembers(contract.document, schema, value)) {
    const owner = owners.map((one) => contract.nameOf(one)).find((one) => one !== undefined);
    found.undocumented(at + pointer, `The contract has no member ${nameOf(at + pointer)}.`, held, {
      schema: owner ?? `the schema at ${at + pointer.slice(0, pointer.lastIndexOf("/"))}`,
      name,
      value: held,
    });
  }
}

/** An error says what went wrong: its schema also allows a null `error`, which means that nothing did. */
function checkError(body: Json, found: Findings): void {
  if (isObject(body) && body["error"] === null)
    found.break("/error", "The status is an error, but error is null.", "an object with a message", null);
}

function checkMediaType({ headers, status }: Answer, found: Findings): void {
  const type = headers["content-type"];
  if (type === undefined) {
    found.break("", "The answer has no Content-Type.", "application/json", "none");
    return;
  }
  // Clients take neither `text/json` nor anything else for JSON.
  if (!isJson(type) || essence(type) === "text/json") {
    const what = essence(type) === STREAM_TYPE ? "a stream that nobody asked for" : `of the type ${type}`;
    found.break("", `The answer with the status ${status} is ${what}.`, "application/json", type);
  }
  const charset = /;\s*charset="?([^";\s]+)/i.exec(type)?.[1];
  if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset))
    found.note("", "JSON is UTF-8, whatever its charset says (RFC 8259, 8.1).", "utf-8", charset);
}

function parse({ text }: Answer, found: Findings): Json | undefined {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) as Json;
  } catch {
    found.break("", text === "" ? "The answer has no body." : "The body is not JSON.", "JSON", text);
    return undefined;
  }
}

/** Checks the values of declared headers, and reports those of the API's own that it does not declare. */
export function checkHeaders(
  { headers }: Pick<Answer, "headers">,
  declared: Record<string, { schema?: Schema }>,
  found: Findings,
): void {
  for (const [name, value] of Object.entries(headers)) {
    const known = declared[name];
    if (known) checkHeader(name, value, known.schema, found);
    else if (name === "retry-after") checkHeader(name, value, { type: "integer" }, found);
    else if (/^x-/.test(name) && !COMMON.test(name) && !/^x-(request-id|should-retry|ratelimit-)/.test(name))
      found.undocumented("", `The contract has no header ${name}.`, value);
  }
}

function checkHeader(name: string, value: string, schema: Schema | undefined, found: Findings): void {
  if (typeof schema !== "object" || schema.type !== "integer") return;
  // Retry-After may also be a date (RFC 9110, 10.2.3).
  if (name === "retry-after") {
    if (!/^\d+$/.test(value) && !(/[a-z]/i.test(value) && !Number.isNaN(Date.parse(value))))
      found.break("", `The header ${name} is not a number of seconds.`, "a whole number", value);
  } else if (!/^-?\d+$/.test(value))
    found.break("", `The header ${name} is not a whole number.`, "a whole number", value);
}

/** A JSON Pointer as people write it: `choices.0.message`; the whole value for the empty one. */
export function nameOf(pointer: string): string {
  return pointer === "" ? "The body" : pointer.slice(1).replaceAll("/", ".");
}
