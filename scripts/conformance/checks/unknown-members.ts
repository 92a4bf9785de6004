/** Members of a value that its schema does not name. */
import type { Document, Schema, SchemaObject } from "../../document/model.ts";
import { members, parts } from "../../document/schemas.ts";
import { isObject, type Json } from "../../shared/json.ts";

export interface Unknown {
  /** A JSON Pointer into the value. */
  pointer: string;
  /** The schemas that the object with the member is made of, the outermost first. */
  owners: SchemaObject[];
  name: string;
  value: Json;
}

/** The most that one value yields: a list of a thousand items tells the same a thousand times. */
const MOST = 50;

/**
 * Every member that no schema of the value names. An object whose schema names no members at all, or says which
 * others may come (`additionalProperties`), is free in its members.
 */
export function unknownMembers(document: Document, schema: Schema, value: Json): Unknown[] {
  const found: Unknown[] = [];
  const walk = (node: Json, of: Schema[], pointer: string) => {
    if (found.length >= MOST) return;
    const made = of.flatMap((one) => [...parts(document, one)]);
    if (Array.isArray(node)) {
      const items = made.flatMap((part) => (part.items === undefined ? [] : [part.items]));
      if (items.length > 0)
        for (const [index, item] of node.entries()) walk(item, items, `${pointer}/${index}`);
      return;
    }
    if (!isObject(node)) return;
    const known = new Map<string, Schema[]>();
    for (const part of made)
      for (const [name, inner] of members(document, part))
        known.set(name, [...(known.get(name) ?? []), inner]);
    if (known.size === 0 || made.some((part) => typeof part["additionalProperties"] === "object")) return;
    for (const [name, inner] of Object.entries(node)) {
      const at = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      const schemas = known.get(name);
      if (schemas) walk(inner, schemas, at);
      else
        found.push({ pointer: at, owners: made.filter(({ properties }) => properties), name, value: inner });
    }
  };
  walk(value, [schema], "");
  return found;
}
