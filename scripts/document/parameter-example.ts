/** A value for a parameter, for requests that are made from the contract. */
import type { Json } from "../shared/json.ts";
import type { Document, Example, Header, MediaType, Parameter, Schema, SchemaObject } from "./model.ts";
import { deref } from "./operations.ts";
import { parts } from "./schemas.ts";

const FORMATS: Record<string, string> = {
  "date-time": "2026-01-01T00:00:00Z",
  date: "2026-01-01",
  time: "00:00:00Z",
  uuid: "00000000-0000-4000-8000-000000000000",
  email: "ada@example.com",
  uri: "https://example.com/",
};

/**
 * The value that a parameter is documented with: its example, else one of its schema; else the least that its schema
 * allows, by type and format.
 *
 * @returns undefined for a text of which nothing more is known
 */
export function parameterExample(document: Document, parameter: Parameter): Json | undefined {
  return statedExample(document, parameter) ?? schemaExample(document, described(parameter).schema ?? {});
}

/** The example that stands beside the schema of a parameter or a header. */
export function statedExample(document: Document, header: Header): Json | undefined {
  const { example, examples = {} } = described(header);
  const [named] = Object.values(examples).map((one) => deref<Example>(document, one).value);
  return example ?? named;
}

/** What holds the schema and the examples: the media type, where there is one. */
function described(header: Header): Pick<MediaType, "example" | "examples" | "schema"> {
  const [media] = Object.values(header.content ?? {});
  return media ?? header;
}

/** A schema with `$ref`s in a circle of lists has no such value. */
function schemaExample(document: Document, given: Schema, depth = 0): Json | undefined {
  const all = [...parts(document, given)];
  const stated = all.flatMap(({ examples, example, default: usual, const: constant, enum: values }) => [
    Array.isArray(examples) ? examples[0] : undefined,
    example,
    usual,
    constant,
    values?.[0],
  ]);
  const found = stated.find((value) => value !== undefined && value !== null) as Json | undefined;
  if (found !== undefined) return found;
  const typeOf = (schema: SchemaObject) => [schema.type ?? []].flat().find((one) => one !== "null");
  const schema = all.find(typeOf) ?? {};
  const type = typeOf(schema);
  if (type === "integer" || type === "number") {
    const above = schema["exclusiveMinimum"] as number | undefined;
    return (schema["minimum"] as number | undefined) ?? (above === undefined ? 1 : Math.floor(above) + 1);
  }
  if (type === "boolean") return true;
  if (type === "array" && typeof schema.items === "object" && depth < 4) {
    const item = schemaExample(document, schema.items, depth + 1);
    return item === undefined ? undefined : [item];
  }
  const format = String(schema["format"]);
  return Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
}
