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
