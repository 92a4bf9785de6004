/** Schemas in the form of which Redoc shows every description. */
import type { Document, Schema, SchemaObject } from "../../../document/model.ts";
import { deref } from "../../../document/operations.ts";
import { isObject } from "../../../shared/json.ts";

/**
 * Changes every schema of a document so that Redoc loses nothing. Where a schema is one of several, Redoc shows the
 * description of the chosen variant and drops the one around it, and calls the type "any". So
 *
 * - a schema that may also be null is shown as that schema
 * - an open enumeration, some known strings or any other, is shown as its known strings
 * - of other variants, each begins with the description around it
 * - several variants of one type state that type
 *
 * @param document changed in place
 */
export function shapeVariants(document: Document): void {
  // A variant's own text, before anything was put in front of it: several schemas may share the variant.
  const original = structuredClone(document);
  visit(document, (schema) => shape(original, schema));
}

/** Calls for every object of a document that combines schemas, the inner ones first. */
function visit(node: unknown, change: (schema: SchemaObject) => void): void {
  if (Array.isArray(node)) for (const item of node) visit(item, change);
  if (!isObject(node)) return;
  for (const value of Object.values(node)) visit(value, change);
  if (Array.isArray(node["anyOf"]) || Array.isArray(node["oneOf"]) || typeof node["$ref"] === "string")
    change(node);
}

function shape(original: Document, schema: SchemaObject): void {
  if (schema.$ref) {
    // A description beside a reference to variants would be dropped like one around them.
    if (!schema.description) return;
    const target = deref<SchemaObject>(original, { $ref: schema.$ref });
    if (!variantsOf(target)) return;
    delete schema.$ref;
    const { description } = schema;
    Object.assign(schema, structuredClone(target), {
      description: joinTexts(description, target.description),
    });
  }
  const found = variantsOf(schema);
  if (!found) return;
  const { keyword, variants } = found;
  const resolved = variants.map((variant) => deref<SchemaObject>(original, variant));
  const kinds = resolved.filter(({ type }) => type !== "null");
  const known = kinds.find(({ type, enum: values }) => type === "string" && values);
  const other = kinds.find(({ type, enum: values, $ref }) => type === "string" && !values && !$ref);
  if (known && other && kinds.length === 2) {
    delete schema[keyword];
    const { title: _, description: __, ...values } = structuredClone(known);
    const description = joinTexts(schema.description, known.description, other.description);
    Object.assign(schema, values, { description });
    return;
  }
  const [only] = variants.filter((variant) => deref<SchemaObject>(original, variant).type !== "null");
  if (kinds.length === 1 && only) {
    delete schema[keyword];
    const target = deref<SchemaObject>(original, only);
    const description = joinTexts(schema.description, target.description);
    Object.assign(schema, structuredClone(only), { ...(description && { description }) });
    return;
  }
  const types = new Set(kinds.flatMap(({ type }) => type ?? []));
  if (!schema.type && types.size === 1 && kinds.every(({ type }) => type)) schema.type = [...types][0] ?? [];
  if (!schema.description) return;
  const around = schema.description;
  schema[keyword] = variants.map((variant) => {
    const { description, type } = deref<SchemaObject>(original, variant);
    return type === "null" ? variant : { ...variant, description: joinTexts(around, description) };
  });
}

function variantsOf(
  schema: SchemaObject,
): { keyword: "anyOf" | "oneOf"; variants: SchemaObject[] } | undefined {
  for (const keyword of ["anyOf", "oneOf"] as const) {
    const variants = schema[keyword];
    if (Array.isArray(variants) && variants.every((variant: Schema) => isObject(variant)))
      return { keyword, variants: variants as SchemaObject[] };
  }
  return undefined;
}

/** Paragraphs, each of them once. */
function joinTexts(...texts: (string | undefined)[]): string {
  const paragraphs = texts.map((text) => text?.trim()).filter((text) => text);
  return [...new Set(paragraphs)].join("\n\n");
}
