/** Unions that name their members by a discriminator: their members are made to differ by it, as OpenAPI means. */
import type { Document, Schema, SchemaObject } from "../../document/model.ts";
import { walk } from "../../document/structure.ts";
import { isObject } from "../../shared/json.ts";
import { parsePointer, toPointer } from "../../shared/pointer.ts";
import { mappingOf } from "./load.ts";

type Schemas = Record<string, SchemaObject>;

/**
 * Rewrites two forms that JSON Schema takes otherwise than their authors mean.
 *
 * A parent that lists its children in `oneOf`, while each child lists the parent in `allOf` (springdoc writes these), would
 * contain itself: the parent's members move to a component `{Parent}Base`, which the children then extend.
 *
 * Members of a union with a `discriminator` that declare its property as any string would all match at once: the
 * property gets the member's value as `const`.
 *
 * @param document is changed
 * @see https://spec.openapis.org/oas/v3.1.1.html#discriminator-object
 */
export function disjoin(document: Document): void {
  const schemas = (document.components?.["schemas"] ?? {}) as Schemas;
  for (const [name, schema] of Object.entries(schemas))
    if (isObject(schema)) separateBase(schemas, name, schema);
  nameMembers(document, schemas);
}

const reference = (name: string) => `#${toPointer(["components", "schemas", name])}`;

/** The component schema that a schema refers to. */
function componentOf(schema: unknown): string | undefined {
  const $ref = isObject(schema) ? schema["$ref"] : undefined;
  const [top, section, name, ...rest] = typeof $ref === "string" ? parsePointer($ref) : [];
  return top === "components" && section === "schemas" && rest.length === 0 ? name : undefined;
}

const list = (schema: SchemaObject | undefined, keyword: string): Schema[] =>
  Array.isArray(schema?.[keyword]) ? (schema[keyword] as Schema[]) : [];

const members = (schema: SchemaObject) => [...list(schema, "oneOf"), ...list(schema, "anyOf")];

function separateBase(schemas: Schemas, name: string, parent: SchemaObject): void {
  const extending = new Set<SchemaObject>();
  const seen = new Set<string>();
  const search = (child: string) => {
    const schema = schemas[child];
    if (seen.has(child) || !isObject(schema)) return;
    seen.add(child);
    for (const part of list(schema as SchemaObject, "allOf")) {
      const base = componentOf(part);
      if (base === name) extending.add(part as SchemaObject);
      else if (base !== undefined) search(base);
    }
  };
  for (const member of members(parent)) {
    const child = componentOf(member);
    if (child !== undefined && child !== name) search(child);
  }
  if (extending.size === 0) return;
  let base = `${name}Base`;
  while (base in schemas) base += "_";
  const { oneOf, anyOf, discriminator, ...own } = parent;
  schemas[base] = own;
  for (const key of Object.keys(own))
    if (!/^(title|description|deprecated|x-.*)$/.test(key)) delete parent[key];
  for (const part of extending) part.$ref = reference(base);
}

/** Gives each member of a union that has a discriminator the value that names it. */
function nameMembers(document: Document, schemas: Schemas): void {
  const bases = new Set<string>();
  /** By component and property, the values. */
  const values = new Map<string, Map<string, Set<string>>>();
  for (const { node, kind } of walk(document)) {
    if (kind !== "schema") continue;
    for (const part of list(node as SchemaObject, "allOf")) bases.add(componentOf(part) ?? "");
    const discriminator = node["discriminator"];
    const property = isObject(discriminator) ? discriminator["propertyName"] : undefined;
    if (typeof property !== "string") continue;
    const mapped = Map.groupBy(mappingOf(node), ([, target]) => componentOf({ $ref: target }) ?? target);
    for (const member of members(node as SchemaObject)) {
      const name = componentOf(member);
      if (name === undefined) continue;
      const of = values.get(name) ?? new Map<string, Set<string>>();
      const known = of.get(property) ?? new Set();
      for (const value of mapped.get(name)?.map(([value]) => value) ?? [name]) known.add(value);
      values.set(name, of.set(property, known));
    }
  }
  for (const [name, properties] of values)
    for (const [property, known] of properties) {
      const schema = schemas[name];
      // What extends a member has another value than the member.
      if (isObject(schema) && !bases.has(name)) setValues(schema as SchemaObject, property, [...known]);
    }
}

function setValues(schema: SchemaObject, property: string, values: string[]): void {
  const own = schema.properties?.[property];
  const inherited = own === undefined && Array.isArray(schema["allOf"]);
  if (own === undefined && !inherited) return;
  const found: SchemaObject = isObject(own) ? (own as SchemaObject) : {};
  const anyString = found.type === undefined || found.type === "string";
  const narrower =
    found.enum === undefined ||
    (found.enum.length > values.length && values.every((value) => found.enum?.includes(value)));
  if (found.const !== undefined || found.$ref !== undefined || !anyString || !narrower) return;
  const { enum: _, ...rest } = found;
  const [value, ...others] = values;
  const narrowed = others.length === 0 && value !== undefined ? { const: value } : { enum: values };
  schema.properties = { ...schema.properties, [property]: { ...rest, type: "string", ...narrowed } };
}
