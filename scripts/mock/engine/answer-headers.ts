/** The headers of an answer that are not plain texts: lists, objects and JSON. Prism has no value for them. */
import type {
  Document,
  Example,
  Header,
  Reference,
  Response,
  Schema,
  SchemaObject,
} from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import { isObject, type Json } from "../../shared/json.ts";

/**
 * Completes the headers that Prism made of a response.
 *
 * @param made by lower-case name
 * @param valueFor makes a value for a schema
 * @see https://spec.openapis.org/oas/v3.1.1.html#header-object
 */
export async function completeHeaders(
  document: Document,
  response: Response | undefined,
  made: Record<string, string>,
  valueFor: (schema: Schema) => Promise<Json>,
): Promise<Record<string, string>> {
  const completed = { ...made };
  for (const [name, reference] of Object.entries(response?.headers ?? {})) {
    const key = name.toLowerCase();
    const header = deref<Header>(document, reference);
    if (made[key] !== undefined && isStructured(document, header))
      completed[key] = await textOf(document, header, valueFor);
  }
  return completed;
}

function isStructured(document: Document, { content, schema = true }: Header): boolean {
  if (content) return true;
  const { type } = typeof schema === "object" ? deref<SchemaObject>(document, schema as Reference) : {};
  return [type].flat().some((one) => one === "array" || one === "object");
}

async function textOf(
  document: Document,
  header: Header,
  valueFor: (schema: Schema) => Promise<Json>,
): Promise<string> {
  const [media] = Object.values(header.content ?? {});
  const { example, examples = {}, schema = true } = media ?? header;
  const [first] = Object.values(examples).map((one) => deref<Example>(document, one).value);
  const value = example ?? first ?? (await valueFor(schema));
  return media ? JSON.stringify(value) : simple(value, header.explode ?? false);
}

/** A value in the style `simple`. */
function simple(value: Json, explode: boolean): string {
  if (Array.isArray(value)) return value.map(String).join(",");
  if (!isObject(value)) return String(value);
  return Object.entries(value)
    .map((pair) => pair.map(String).join(explode ? "=" : ","))
    .join(",");
}
