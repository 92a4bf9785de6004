/** The headers of an answer that Prism has no value for: all but texts and numbers. */
import type { Document, Header, Response, Schema } from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import { statedExample } from "../../document/parameter-example.ts";
import { lowerCaseNames } from "../../shared/headers.ts";
import { isObject, type Json } from "../../shared/json.ts";
import { isJson } from "../../shared/media-types.ts";
import { unicodeEscape } from "../../shared/text.ts";

/**
 * Completes the headers that Prism made of a response.
 *
 * @param made by name; null for a header that Prism has no value for
 * @param valueFor makes a value for a schema
 * @returns by lower-case name, in ASCII: a text has other characters percent-encoded, JSON has them as escapes
 * @see https://spec.openapis.org/oas/v3.1.1.html#header-object
 */
export async function completeHeaders(
  document: Document,
  response: Response | undefined,
  made: Record<string, unknown>,
  valueFor: (schema: Schema) => Promise<Json>,
): Promise<Record<string, string>> {
  const completed = lowerCaseNames(made);
  for (const [name, reference] of Object.entries(response?.headers ?? {})) {
    const key = name.toLowerCase();
    const value = made[name];
    if (completed[key] === undefined) continue;
    completed[key] =
      typeof value === "string" || typeof value === "number"
        ? ascii(String(value))
        : await textOf(deref<Header>(document, reference), document, valueFor);
  }
  return completed;
}

async function textOf(
  header: Header,
  document: Document,
  valueFor: (schema: Schema) => Promise<Json>,
): Promise<string> {
  const [[type, media] = []] = Object.entries(header.content ?? {});
  const { schema = true } = media ?? header;
  const value = statedExample(document, header) ?? (await valueFor(schema));
  return type !== undefined && isJson(type)
    ? JSON.stringify(value).replace(/[^ -~]/g, unicodeEscape)
    : ascii(simple(value, header.explode ?? false));
}

/** A value in the style `simple`, which has no form for what is deeper than one list or object: that is JSON. */
function simple(value: Json, explode: boolean): string {
  const item = (one: Json) => (typeof one === "object" ? JSON.stringify(one) : String(one));
  if (Array.isArray(value)) return value.map(item).join(",");
  if (!isObject(value)) return String(value);
  return Object.entries(value)
    .map(([name, member]) => name + (explode ? "=" : ",") + item(member))
    .join(",");
}

/** Node refuses to write control characters into a header, and those beyond Latin-1. */
function ascii(text: string): string {
  return text.toWellFormed().replace(/[^ -~]/gu, encodeURIComponent);
}
