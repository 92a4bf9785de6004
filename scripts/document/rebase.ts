/** References within schemas, for compilers that know a document by another name. */
import { isObject, type Json, type Members, setMember } from "../shared/json.ts";
import { slotOf } from "./structure.ts";

/** Keywords that hold data, in which a `$ref` is a member like any other. */
const DATA = new Set(["const", "enum", "default", "example", "examples"]);

/**
 * A copy of a schema with other references, and without `$id`: two schemas of one name do not compile.
 *
 * @param change gives the new reference
 */
export function withReferences(schema: unknown, change: (reference: string) => string): Json {
  if (Array.isArray(schema)) return schema.map((item) => withReferences(item, change));
  if (!isObject(schema)) return schema as Json;
  const made: Members = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === "$id" && typeof value === "string") continue;
    setMember(made, keyword, changed(keyword, value, change));
  }
  return made;
}

function changed(keyword: string, value: unknown, change: (reference: string) => string): Json {
  if (keyword === "$ref" && typeof value === "string") return change(value);
  if (DATA.has(keyword) || keyword.startsWith("x-")) return value as Json;
  if (slotOf("schema", keyword) !== "schema{}" || !isObject(value)) return withReferences(value, change);
  const schemas: Members = {};
  for (const [name, schema] of Object.entries(value))
    setMember(schemas, name, withReferences(schema, change));
  return schemas;
}

/**
 * A copy of a schema in which references into the document are references into the named resource.
 *
 * @param resource the name under which the compiler has the document
 * @param prefix how the references begin that mean the document, such as `#/components/`: any other one means the schema
 */
export function rebase(schema: unknown, resource: string, prefix: string): Json {
  return withReferences(schema, (reference) =>
    reference.startsWith(prefix) ? `${resource}${reference}` : reference,
  );
}
