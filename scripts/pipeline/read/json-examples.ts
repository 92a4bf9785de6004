/** Examples of JSON that were written as text: many tools export them so. */
import type { Document, Example, Reference, Schema } from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import { parts } from "../../document/schemas.ts";
import { isObject, parseJSON } from "../../shared/json.ts";
import { isJson } from "../../shared/media-types.ts";

/**
 * Reads the examples of a media type that are the text of an object or a list, where its schema describes no text. What
 * cannot be read is left out. A component stays as it is, for it may be an example of text elsewhere.
 *
 * @param media the Media Type Object, which is changed
 * @param type its media type
 * @returns the paths of what is left out, from the media type on
 */
export function readJsonExamples(
  document: Document,
  media: Record<string, unknown>,
  type: string,
): string[][] {
  if (!isJson(type) || mayBeText(document, media["schema"] as Schema | undefined)) return [];
  const { example: alone, examples } = media;
  const unread: string[][] = [];
  if (isText(alone)) {
    media["example"] = parseJSON(alone);
    if (media["example"] === undefined) {
      delete media["example"];
      unread.push(["example"]);
    }
  }
  if (!isObject(examples)) return unread;
  for (const [name, written] of Object.entries(examples)) {
    const example = deref(document, written as Example | Reference);
    if (!isObject(example) || !isText(example["value"])) continue;
    const value = parseJSON(example["value"]);
    if (value !== undefined) examples[name] = { ...example, value };
    else {
      delete examples[name];
      unread.push(["examples", name]);
    }
  }
  return unread;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && /^\s*[{[]/.test(value);
}

/** Whether a schema, or a part of it, describes text. */
export function mayBeText(document: Document, schema: Schema | undefined): boolean {
  return [...parts(document, schema)].some(
    ({ type, const: value, enum: values = [] }) =>
      [type].flat().includes("string") || [value, ...values].some((one) => typeof one === "string"),
  );
}
