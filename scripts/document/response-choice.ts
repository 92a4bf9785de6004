/** Which media type of a response answers a request: `x-when` of the media type. */
import { isObject, type Json } from "../shared/json.ts";
import { valid } from "./extensions.ts";
import type { MediaType, Response, Schema, SchemaObject } from "./model.ts";

/** A member of the request, and the values of it that select a media type. */
interface Condition {
  in: "path" | "query" | "headers" | "body";
  name: string;
  values: readonly Json[];
}

/** A media type of a response, with what selects it. */
export interface ResponseChoice {
  mediaType: string;
  media: MediaType;
  /** A JSON Schema over `{path, query, headers, body}`. Absent: the header `Accept` decides. */
  when?: Schema;
  /**
   * The same as one member and its values, such as `stream: true`, from which overloads of a method can be made; absent
   * for a schema that says more than that.
   */
  condition?: Condition;
}

/** The media types of a response in the order in which they are tried: those that a request selects first. */
export function choicesOf(response: Response): ResponseChoice[] {
  const choices = Object.entries(response.content ?? {}).map(([mediaType, media]): ResponseChoice => {
    const when = valid<Schema>("x-when", media["x-when"]);
    const condition = when && conditionOf(when);
    return { mediaType, media, ...(when !== undefined && { when }), ...(condition && { condition }) };
  });
  return [
    ...choices.filter(({ when }) => when !== undefined),
    ...choices.filter(({ when }) => when === undefined),
  ];
}

/** The condition that a schema says, if it demands one member of one part of the request and nothing else. */
function conditionOf(when: Schema): Condition | undefined {
  // Every request has a path, a query and headers, so that few authors list them under `required`.
  const part = onlyMember(when, false);
  const member = part && onlyMember(part.schema, true);
  if (!part || !member || typeof member.schema !== "object") return undefined;
  const { const: value, enum: values, ...rest } = member.schema;
  const found = values ?? (value === undefined ? undefined : [value]);
  if (!found || Object.keys(rest).some((keyword) => keyword !== "type")) return undefined;
  return { in: part.name as Condition["in"], name: member.name, values: found };
}

/** The only member that an object schema describes, and requires if it is to. */
function onlyMember(
  schema: Schema | undefined,
  toRequire: boolean,
): { name: string; schema: Schema } | undefined {
  if (!isObject(schema)) return undefined;
  const { properties = {}, required = [], type = "object", ...rest } = schema as SchemaObject;
  const [[name, inner] = [], ...others] = Object.entries(properties);
  if (name === undefined || inner === undefined || others.length > 0 || type !== "object") return undefined;
  return (required.includes(name) || !toRequire) && Object.keys(rest).length === 0
    ? { name, schema: inner }
    : undefined;
}
