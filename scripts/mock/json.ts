import type { Json } from "../pipeline/document.ts";

/** A JSON object. */
export type Members = { [name: string]: Json };

export function isObject(node: Json | undefined): node is Members {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}

/** A member's value; undefined where there is none, or nothing that has members. */
export function member(node: Json | undefined, name: string): Json | undefined {
  return isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined;
}

/** A copy that shares nothing with the value: `structuredClone` for JSON alone, at a fraction of its cost. */
export function copy<T extends Json>(value: T): T;
export function copy(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copy);
  const members: Members = {};
  for (const name in value) members[name] = copy(value[name] as Json);
  return members;
}
