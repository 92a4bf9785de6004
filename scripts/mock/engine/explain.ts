/**
 * Says in one sentence what is wrong with a value. A validator reports every branch of a union that does not fit;
 * a person wants the one that was meant.
 */
import type { ValidateFunction } from "ajv/dist/2020.js";
import type { Document, Schema, SchemaObject } from "../../document/model.ts";
import { at } from "../../shared/pointer.ts";
import { counted, withArticle } from "../../shared/text.ts";

export interface Violation {
  /** The field at fault, such as `messages.0.role`; null for the whole value. */
  field: string | null;
  message: string;
}

type Compile = (schema: Schema) => ValidateFunction;
type Followed = { node: SchemaObject; target?: Schema };
type Members = Record<string, unknown>;

/**
 * Makes a function that names the first thing wrong with a value that a schema rejects, in the value's own order.
 *
 * @param compile has to remember what it compiled: the same parts of the same schemas come again and again
 */
export function explainer(
  document: Document,
  compile: Compile,
): (schema: Schema, value: unknown) => Violation {
  const fits = (candidate: Schema, part: unknown) => compile(candidate)(part) === true;
  // The compiler keeps every schema object for good, so each of these is made once.
  const followed = new WeakMap<SchemaObject, Followed>();

  /** A schema's own keywords, and what it refers to beside them. */
  function follow(schema: Schema): Followed {
    if (typeof schema === "boolean") return { node: {} };
    const known = followed.get(schema);
    if (known) return known;
    const target = schema.$ref === undefined ? undefined : (at(document, schema.$ref) as Schema);
    const { $ref: _, ...beside } = schema;
    const made: Followed =
      target === undefined ? { node: schema } : { node: { ...follow(target).node, ...beside }, target };
    followed.set(schema, made);
    return made;
  }

  function visit(schema: Schema, value: unknown, field: string): Violation {
    const { node, target } = follow(schema);
    if (target !== undefined && !fits(target, value)) return visit(target, value, field);
    const branches = (node["oneOf"] ?? node["anyOf"]) as Schema[] | undefined;
    if (branches && !branches.some((branch) => fits(branch, value)))
      return union(node, branches, value, field);
    const part = ((node["allOf"] ?? []) as Schema[]).find((candidate) => !fits(candidate, value));
    if (part !== undefined) return visit(part, value, field);
    for (const [key, child, held] of children(node, value)) {
      if (!fits(child, held)) return visit(child, held, join(field, key));
    }
    return own(node, value, field);
  }

  function union(node: SchemaObject, branches: Schema[], value: unknown, field: string): Violation {
    const meant = branches.filter((branch) => kinds(follow(branch).node).some((kind) => is(value, kind)));
    const [only] = meant;
    if (only === undefined) {
      const all = new Set(branches.flatMap((branch) => kinds(follow(branch).node)));
      return violation(field, `must be ${[...all].map(withArticle).join(" or ")}`);
    }
    const name = (node["discriminator"] as { propertyName: string } | undefined)?.propertyName;
    if (name !== undefined && meant.length > 1) {
      const tag = (value as Members)[name];
      if (tag === undefined) return violation(join(field, name), "is required");
      const tagOf = (branch: Schema) => (follow(branch).node.properties?.[name] as SchemaObject)?.const;
      const chosen = meant.find((branch) => tagOf(branch) === tag);
      return chosen === undefined
        ? violation(join(field, name), `must be ${listed(meant.map(tagOf))}`)
        : visit(chosen, value, field);
    }
    // Known values of an open string are not all that it may be: its other branch says what is.
    const open = meant.find((branch) => !follow(branch).node.enum);
    return visit(open ?? only, value, field);
  }

  function own(node: SchemaObject, value: unknown, field: string): Violation {
    const validate = compile(node);
    validate(value);
    const [error] = validate.errors ?? [];
    const params = error?.params ?? {};
    switch (error?.keyword) {
      case "required":
        return violation(join(field, String(params["missingProperty"])), "is required");
      case "additionalProperties":
        return violation(join(field, String(params["additionalProperty"])), "is not allowed");
      case "type":
        return violation(field, `must be ${kinds(node).map(withArticle).join(" or ")}`);
      case "enum":
        return violation(field, `must be ${listed(node.enum ?? [])}`);
      case "const":
        return violation(field, `must be ${listed([node.const])}`);
      case "minItems":
        return violation(field, `must have at least ${counted(params["limit"], "item")}`);
      case "maxItems":
        return violation(field, `must have at most ${counted(params["limit"], "item")}`);
      default:
        return violation(field, error?.message ?? "is not valid");
    }
  }

  return (schema, value) => visit(schema, value, "");
}

/** The parts of a value that have a schema of their own: key, schema, part. */
function* children(node: SchemaObject, value: unknown): Generator<[string, Schema, unknown]> {
  if (Array.isArray(value)) {
    const { prefixItems = [], items = true } = node as { prefixItems?: Schema[]; items?: Schema };
    for (const [i, item] of value.entries()) yield [String(i), prefixItems[i] ?? items, item];
  } else if (typeof value === "object" && value !== null) {
    const { properties = {}, additionalProperties = true } = node as {
      properties?: Record<string, Schema>;
      additionalProperties?: Schema;
    };
    for (const [key, part] of Object.entries(value)) {
      // What must not be there at all is the object's own fault, not its member's.
      const child = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
      if (child !== undefined && child !== false) yield [key, child, part];
    }
  }
}

const KINDS = ["string", "number", "integer", "boolean", "array", "object", "null"];

/** The types that a schema takes, from `type`, else from its values; all where it says nothing. */
function kinds({ type, enum: values, const: value, properties, ...rest }: SchemaObject): string[] {
  if (type !== undefined) return [type].flat();
  if (value !== undefined) return [kindOf(value)];
  if (values) return [...new Set(values.map(kindOf))];
  return rest["oneOf"] || properties ? ["object"] : KINDS;
}

function kindOf(value: unknown): string {
  return KINDS.find((kind) => is(value, kind)) ?? "object";
}

function is(value: unknown, kind: string): boolean {
  if (kind === "null") return value === null;
  if (kind === "array") return Array.isArray(value);
  if (kind === "integer") return Number.isInteger(value);
  if (kind === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === kind;
}

function violation(field: string, message: string): Violation {
  return { field: field === "" ? null : field, message };
}

function join(field: string, name: string): string {
  return field === "" ? name : `${field}.${name}`;
}

function listed(values: readonly unknown[]): string {
  const texts = values.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  return texts.length > 1 ? `one of ${texts.join(", ")}` : (texts[0] ?? "something else");
}
