/**
 * OpenAPI 3.2's `itemSchema`, said in 3.1: the media type is text, whose content has a schema (`contentSchema`). Many
 * documents describe the data of a stream's events by the `schema` itself.
 */
import type { Document, Schema, SchemaObject } from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import { parts } from "../../document/schemas.ts";
import { isObject } from "../../shared/json.ts";
import { JSON_TYPE, STREAM_TYPE } from "../../shared/media-types.ts";
import { mayBeText } from "./json-examples.ts";

/**
 * Replaces a media type's `itemSchema`, or the `schema` of a stream that describes objects.
 *
 * @param media the Media Type Object, which is changed
 * @param type its media type, without parameters
 * @see https://spec.openapis.org/oas/v3.2.0.html#server-sent-event-streams
 */
export function itemsAsText(document: Document, media: Record<string, unknown>, type: string): void {
  const { itemSchema, schema } = media;
  delete media["itemSchema"];
  delete media["itemEncoding"];
  delete media["prefixEncoding"];
  const given =
    schema === undefined
      ? (itemSchema as Schema | undefined)
      : type === STREAM_TYPE && describesObjects(document, schema as Schema)
        ? (schema as Schema)
        : undefined;
  if (given === undefined) return;
  const item = type === STREAM_TYPE ? dataOf(document, given) : given;
  media["schema"] = { type: "string", contentMediaType: JSON_TYPE, contentSchema: item };
}

function describesObjects(document: Document, schema: Schema): boolean {
  return (
    !mayBeText(document, schema) &&
    [...parts(document, schema)].some(({ type, properties }) => type === "object" || properties !== undefined)
  );
}

/** The schema of an event's data: in 3.2 an item is the event itself, with its fields `data`, `event` and `id`. */
function dataOf(document: Document, item: Schema): Schema {
  if (typeof item !== "object") return item;
  const event = deref(document, item as SchemaObject);
  for (const keyword of ["oneOf", "anyOf"]) {
    const branches = event[keyword];
    if (!Array.isArray(branches)) continue;
    const data = branches.map((branch: Schema) => dataOf(document, branch));
    if (data.every((schema, index) => schema === branches[index])) return item;
    return { [keyword]: data };
  }
  const data = event.properties?.["data"];
  if (!isObject(data)) return item;
  const { contentSchema, type } = data as SchemaObject;
  // An event's data is text. A member `data` of another type is one of the JSON in it.
  return (contentSchema as Schema | undefined) ?? (type === "string" ? (data as Schema) : item);
}
