/** The document in the form in which openapi-typescript makes the right types of it. */
import { splitDirections } from "../../../document/directions.ts";
import type { Document, Schema, SchemaObject } from "../../../document/model.ts";
import { schemasAt } from "../../../document/schemas.ts";
import { walk } from "../../../document/structure.ts";
import { isObject } from "../../../shared/json.ts";
import { essence, isBinaryType } from "../../../shared/media-types.ts";
import { at } from "../../../shared/pointer.ts";

/**
 * Prepares a document for openapi-typescript, which looks for references in the data of examples, makes members of
 * `$defs`, lets a union of conditions swallow the properties beside it, does not know that a discriminator may name a
 * schema as well as refer to it, and makes nothing of names that a part of `allOf` requires of the others.
 *
 * @returns a copy
 */
export function prepare(original: Document): Document {
  const document = structuredClone(splitDirections(original));
  delete document.components?.["examples"];
  const schemas = document.components?.["schemas"] ?? {};
  for (const { node, kind, path } of walk(document)) {
    if (kind === "mediaType") node["schema"] ??= bytesOf(String(path.at(-1)));
    // An extension may have any form, null included.
    for (const name of Object.keys(node)) if (name.startsWith("x-")) delete node[name];
    if (kind !== "schema") {
      if (typeof node["example"] === "object") delete node["example"];
      delete node["examples"];
      continue;
    }
    delete node["$defs"];
    delete node["definitions"];
    for (const keyword of ["oneOf", "anyOf"]) if (onlyConditions(node[keyword])) delete node[keyword];
    gatherRequired(node);
    const { discriminator } = node;
    if (isObject(discriminator) && differByThemselves(document, node, String(discriminator["propertyName"])))
      delete node["discriminator"];
    if (!isObject(discriminator) || !isObject(discriminator["mapping"])) continue;
    const mapping = Object.entries(discriminator["mapping"])
      .map(([kind, name]) => [
        kind,
        Object.hasOwn(schemas, String(name)) ? `#/components/schemas/${name}` : name,
      ])
      .filter(([, target]) => String(target).startsWith("#/") && at(document, String(target)) !== undefined);
    discriminator["mapping"] = Object.fromEntries(mapping);
  }
  return document;
}

/** Puts the names that parts of `allOf` require, and do nothing else, beside it, where they count for all parts. */
function gatherRequired(node: SchemaObject): void {
  const parts = node["allOf"];
  if (!Array.isArray(parts)) return;
  const isRequired = (part: unknown): part is { required: string[] } => {
    if (!isObject(part) || !Array.isArray(part["required"])) return false;
    const { type = "object", ...rest } = part;
    return type === "object" && onlyConditions([rest]);
  };
  const required = parts.filter(isRequired).flatMap((part) => part.required);
  if (required.length === 0) return;
  node.required = [...new Set([...(node.required ?? []), ...required])];
  node["allOf"] = parts.filter((part) => !isRequired(part));
}

/**
 * Whether the members of a union have constants at the property that tells them apart. Its discriminator then adds
 * nothing, and openapi-typescript would take the property away where the union is part of `allOf`.
 */
function differByThemselves(document: Document, node: SchemaObject, name: string): boolean {
  const members = ["oneOf", "anyOf"].flatMap((keyword) => (node[keyword] ?? []) as Schema[]);
  const isConstant = (schema: Schema) =>
    typeof schema === "object" && (schema.const !== undefined || schema.enum !== undefined);
  return members.length > 0 && members.every((one) => schemasAt(document, one, [name]).some(isConstant));
}

/** The schema of a body that is described by its media type alone. */
function bytesOf(mediaType: string): SchemaObject | undefined {
  return isBinaryType(essence(mediaType)) ? { type: "string", format: "binary" } : undefined;
}

/** The keywords that limit a value and say nothing about its type. */
const CONDITIONS = /^(required|not|if|then|else|(min|max).*|dependent.*|title|description|x-.*)$/;

/** Whether the branches of a union have no types, as in `anyOf: [{required: [name]}, {required: [code]}]`. */
function onlyConditions(branches: unknown): boolean {
  return (
    Array.isArray(branches) &&
    branches.every((branch) => isObject(branch) && Object.keys(branch).every((name) => CONDITIONS.test(name)))
  );
}
