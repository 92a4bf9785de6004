/** Completes what a user wrote of an answer from the contract's examples, and checks it against the contract. */

import type { Document, Schema, SchemaObject } from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import { members, parts } from "../../document/schemas.ts";
import { isObject, type Json } from "../../shared/json.ts";
import { nearest } from "../../shared/nearest.ts";
import type { Scenario } from "./scenario.ts";

/**
 * The value with what it lacks from another: objects by member, lists by item (the last one of the other stands for
 * all further items), anything else as it is.
 */
export function merge(base: Json | undefined, value: Json | undefined): Json | undefined {
  if (value === undefined) return base;
  if (Array.isArray(value) && Array.isArray(base))
    return value.map((item, index) => merge(base[index] ?? base.at(-1), item) ?? null);
  if (isObject(value) && isObject(base)) {
    const merged: Record<string, Json> = { ...base };
    for (const [name, member] of Object.entries(value)) merged[name] = merge(base[name], member) ?? null;
    return merged;
  }
  return value;
}

/** The example that has the most members of a value, the first of these; and which of them it does not have. */
export function bestBase(
  examples: readonly Scenario[],
  value: Json | undefined,
): { base: Scenario | undefined; missing: string[] } {
  const rated = examples.map((base) => ({ base, ...coverage(base.example.value, value, "") }));
  const best = rated.reduce<(typeof rated)[number] | undefined>(
    (best, one) => (best && best.covered >= one.covered ? best : one),
    undefined,
  );
  return { base: best?.base, missing: best?.missing ?? [] };
}

/**
 * How many members of a value another has, and the names of those that it does not have. Numbers do not count: they say
 * how much there is of something, not what kind of answer it is.
 */
function coverage(
  base: Json | undefined,
  value: Json | undefined,
  name: string,
): { covered: number; missing: string[] } {
  if (value === undefined || typeof value === "number") return { covered: 0, missing: [] };
  if (base === undefined) return { covered: 0, missing: [name] };
  const children = childrenOf(base, value, name);
  if (children.length === 0) return { covered: 1, missing: [] };
  const rated = children.map(([child, part, key]) => coverage(child, part, key));
  return {
    covered: rated.reduce((sum, child) => sum + child.covered, 0),
    missing: rated.flatMap((child) => child.missing),
  };
}

function childrenOf(base: Json, value: Json, name: string): [Json | undefined, Json, string][] {
  if (Array.isArray(value) && Array.isArray(base))
    return value.map((item, index) => [base[index] ?? base.at(-1), item, name]);
  if (isObject(value) && isObject(base))
    return Object.entries(value).map(([key, part]) => [
      Object.hasOwn(base, key) ? base[key] : undefined,
      part,
      key,
    ]);
  return [];
}

/** A member of a value that the contract does not know, and the one that was meant. */
export interface Misspelling {
  path: (string | number)[];
  name: string;
  suggestion: string;
}

/**
 * Finds members that are not extensions but mistakes: spelt almost like a known one, or at the wrong place.
 *
 * @param schema what the contract says of the value
 */
export function misspellings(document: Document, schema: Schema, value: Json): Misspelling[] {
  const places = placesOf(document, schema);
  const found: Misspelling[] = [];
  const visit = (schema: Schema | undefined, value: Json, path: (string | number)[]) => {
    if (Array.isArray(value)) {
      const items = [...parts(document, schema)].map((part) => part.items).find((one) => one !== undefined);
      for (const [index, item] of value.entries()) visit(items, item, [...path, index]);
    } else if (isObject(value)) {
      const known = new Map(members(document, schema));
      if (known.size === 0) return;
      for (const [name, member] of Object.entries(value)) {
        const child = known.get(name);
        if (child) visit(child, member, [...path, name]);
        // An extension by its name.
        else if (!/^x[_-]/.test(name)) {
          const place = places.get(name);
          const suggestion =
            nearest(name, known.keys()) ??
            (place !== path.join(".") ? place && `${place}.${name}` : undefined);
          if (suggestion !== undefined) found.push({ path: [...path, name], name, suggestion });
        }
      }
    }
  };
  visit(schema, value, []);
  return found;
}

/** Where in a value the members are that a schema knows: the first place of each name, outermost first. */
function placesOf(document: Document, schema: Schema): Map<string, string> {
  const places = new Map<string, string>();
  const seen = new Set<SchemaObject>();
  const queue: [schema: Schema, path: string][] = [[schema, ""]];
  for (const [node, path] of queue) {
    if (typeof node !== "object") continue;
    const resolved = deref(document, node as SchemaObject);
    if (seen.has(resolved)) continue;
    seen.add(resolved);
    for (const [name, child] of members(document, resolved)) {
      if (!places.has(name)) places.set(name, path);
      queue.push([child, path === "" ? name : `${path}.${name}`]);
    }
    for (const part of parts(document, resolved))
      if (part.items !== undefined) queue.push([part.items, `${path}.0`]);
  }
  return places;
}
