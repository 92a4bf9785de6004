/** Schemas in the form of which Redoc shows every description. */
import type { Document, Schema, SchemaObject } from "../../../document/model.ts";
import { deref } from "../../../document/operations.ts";
import { walk } from "../../../document/structure.ts";
import { isObject } from "../../../shared/json.ts";

/**
 * Changes every schema of a document so that Redoc loses nothing. Redoc shows one description for each field and
 * drops the others: that of a variant hides the one around it, one beside a reference hides that of its target, and
 * those of a list's items and of a discriminator's variants are shown nowhere. So
 *
 * - a description beside a reference is followed by that of the target, and a list's by that of its items, unless their
 *   variants have it
 * - a schema that may also be null is shown without null, which the introduction explains for all fields; what null means
 *   there, if that is described, goes to the description
 * - an open enumeration, some known strings or any other, is shown as its known strings
 * - each of other variants begins with the description around it
 * - the field that tells variants apart has the description of its variant
 * - variants of one type state that type, which else is shown as "any"
 *
 * @param document changed in place
 */
export function shapeVariants(document: Document): void {
  // The texts as they were written: several schemas may share a target.
  const original = structuredClone(document);
  const schemas = [...walk(document)].filter(({ kind }) => kind === "schema");
  // The inner ones first.
  for (const { node, path } of schemas.toReversed()) {
    const isItems = path.at(-1) === "items" && path.at(-2) !== "properties";
    // A list's items keep their reference: their description goes to the list.
    if (!isItems || !node["$ref"]) shape(document, original, node as SchemaObject);
  }
}

function shape(document: Document, original: Document, schema: SchemaObject): void {
  if (schema.$ref) {
    const target = deref<SchemaObject>(original, { $ref: schema.$ref });
    const combined = variantsOf(target) !== undefined;
    if (schema.description || combined) {
      const description = joinTexts(schema.description, target.description);
      if (description) schema.description = description;
      // Beside a reference to variants, Redoc shows the variants' descriptions, or none if a field tells them apart.
      if (combined) {
        delete schema.$ref;
        const { discriminator: _, ...variants } = structuredClone(target);
        Object.assign(schema, { ...variants, ...(description && { description }) });
      }
    }
  }
  // Redoc folds what is inside of a list or an object that may also be null.
  if (Array.isArray(schema.type) && schema.type.some((type) => type === "array" || type === "object")) {
    const types = schema.type.filter((type) => type !== "null");
    schema.type = types.length === 1 && types[0] ? types[0] : types;
  }
  if (isObject(schema.items)) {
    const items = deref<SchemaObject>(original, schema.items);
    const combination = combinationOf(original, items);
    if (!combination || !isShownByVariant(items, combination)) {
      const description = joinTexts(schema.description, items.description);
      if (description) schema.description = description;
    }
  }
  const combination = combinationOf(original, schema);
  if (!combination) return;
  const { keyword, targets, filled, known, other } = combination;
  for (const { target } of targets)
    if (target.type === "null" && target.description)
      schema.description = joinTexts(schema.description, `\`null\`: ${target.description}`);
  if (known && other) {
    const description = joinTexts(schema.description, known.description, other.description);
    const { title: _, ...values } = structuredClone(known);
    replace(schema, keyword, { ...values, description });
  } else if (filled.length === 1 && filled[0]) {
    const { variant, target } = filled[0];
    const description = joinTexts(schema.description, target.description);
    replace(schema, keyword, { ...structuredClone(variant), ...(description && { description }) });
  } else {
    const types = new Set(filled.map(({ target }) => JSON.stringify(target.type)));
    const [type] = filled.map(({ target }) => target.type);
    if (!schema.type && types.size === 1 && type) schema.type = type;
    if (isObject(schema["discriminator"]))
      describeVariants(document, String(schema["discriminator"]["propertyName"]), targets);
    else if (schema.description)
      schema[keyword] = filled.map(({ variant, target }) => ({
        ...variant,
        description: joinTexts(schema.description, variant.description ?? target.description),
      }));
  }
}

function replace(schema: SchemaObject, keyword: string, members: SchemaObject): void {
  delete schema[keyword];
  Object.assign(schema, members);
}

/** Whether the description of a schema stands in each of its variants: see the last branch of `shape`. */
function isShownByVariant(schema: SchemaObject, { filled, known, other }: Combination): boolean {
  return filled.length > 1 && !(known && other) && !isObject(schema["discriminator"]);
}

interface Combination {
  keyword: "anyOf" | "oneOf";
  targets: Target[];
  /** Those that are not null. */
  filled: Target[];
  /** The two of an open enumeration: its known strings, and any other string. */
  known: SchemaObject | undefined;
  other: SchemaObject | undefined;
}

function combinationOf(original: Document, schema: SchemaObject): Combination | undefined {
  const combination = variantsOf(schema);
  if (!combination) return undefined;
  const targets = combination.variants.map((variant) => ({
    variant,
    target: deref<SchemaObject>(original, variant),
  }));
  const filled = targets.filter(({ target }) => target.type !== "null");
  const strings = filled.length === 2 ? filled.filter(({ target }) => target.type === "string") : [];
  return {
    keyword: combination.keyword,
    targets,
    filled,
    known: strings.find(({ target }) => target.enum)?.target,
    other: strings.find(({ target }) => !target.enum)?.target,
  };
}

interface Target {
  /** The schema as it stands among the variants: a reference, as a rule. */
  variant: SchemaObject;
  /** What it stands for, as it was written. */
  target: SchemaObject;
}

/** Adds the description of each variant to the field that tells the variants apart. */
function describeVariants(document: Document, name: string, targets: Target[]): void {
  for (const { variant, target } of targets) {
    const written = target.properties?.[name];
    const shown = deref<SchemaObject>(document, variant).properties?.[name];
    if (isObject(written) && isObject(shown))
      shown.description = joinTexts(written.description as string | undefined, target.description);
  }
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

/** Paragraphs, without those that a later one repeats and goes on from. */
export function joinTexts(...texts: (string | undefined)[]): string {
  const paragraphs = texts.flatMap((text) => text?.trim() || []);
  return paragraphs
    .filter((text, index) => !paragraphs.some((other, at) => at > index && other.startsWith(text)))
    .join("\n\n");
}
