/** Keeps data away from what resolves references: a member `$ref` in an example is data, and may name any host. */
import type { Document } from "../../document/model.ts";
import { slotOf, walk } from "../../document/structure.ts";
import { isObject, type Json } from "../../shared/json.ts";

/** Stands for `$ref` in data. No document has it, since it is not a character. */
const MASKED = "$ref\uFFFF";

interface Masked {
  /** A copy without such members, and with what a `data:` URL holds as a text. */
  document: Document;
  /** Gives a value of the copy its members back. */
  unmask(value: Json): Json;
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#reference-object for where a `$ref` is one */
export function withoutDataReferences(original: Document): Masked {
  const document = structuredClone(original);
  let isMasked = false;
  const mask = (value: unknown): unknown => {
    const masked = renamed(value, "$ref", MASKED);
    isMasked ||= masked !== value;
    return masked;
  };
  for (const { node, kind } of walk(document)) {
    if (kind === "example" && typeof node["externalValue"] === "string") {
      node["value"] = node["externalValue"];
      delete node["externalValue"];
    }
    for (const key of Object.keys(node)) {
      const value = node[key];
      if (typeof value === "object" && slotOf(kind, key) === undefined) node[key] = mask(value);
    }
  }
  return { document, unmask: (value) => (isMasked ? (renamed(value, MASKED, "$ref") as Json) : value) };
}

/** The value with one name of a member in place of another, the same value where none has it. */
function renamed(value: unknown, from: string, to: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => renamed(item, from, to));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(
    ([name, member]) => [name === from ? to : name, renamed(member, from, to)] as const,
  );
  const isSame = members.every(([name, member]) => name !== to && value[name] === member);
  return isSame ? value : Object.fromEntries(members);
}
