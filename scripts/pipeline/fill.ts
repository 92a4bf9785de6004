/** The part of `x-fill` that takes nothing from a request: it is applied when the contract is read. */
import { at, type Document, type Json, parsePointer } from "./document.ts";
import { responseExamples } from "./examples.ts";

/** A source that repeats an array's first item, once for each value of a list that the contract holds. */
export interface Each {
  each: string;
}

export function isEach(source: Json): source is { each: string } {
  return (
    typeof source === "object" &&
    source !== null &&
    !Array.isArray(source) &&
    typeof source["each"] === "string"
  );
}

// Applies every `each` source of the document: under `/data/*/id`, the array at `/data` gets one copy of its first
// item per value, with the value at `/id`. Doing it again changes nothing, since the first item stays the template.
// Returns the document, changed; a source that points at no array is left to lint. (No doc comment: the pointer
// would end it.)
export function expandFills(document: Document): Document {
  for (const { example } of responseExamples(document)) {
    for (const [target, source] of Object.entries(example["x-fill"] ?? {})) {
      if (!isEach(source)) continue;
      const values = at(document, source.each);
      const [list = "", member = ""] = target.split("/*");
      const items = at(example.value, list);
      if (!Array.isArray(values) || !Array.isArray(items) || items[0] === undefined) continue;
      const template = items[0] as Json;
      items.splice(
        0,
        items.length,
        ...values.map((value: Json) => put(structuredClone(template), member, value)),
      );
    }
  }
  return document;
}

/** The value with another in place of what is at the pointer; the value itself for the empty pointer. */
export function put(root: Json, pointer: string, value: Json): Json {
  const tokens = parsePointer(pointer);
  const last = tokens.pop();
  if (last === undefined) return value;
  const parent = at(root, tokens.map((token) => `/${token}`).join(""));
  if (typeof parent === "object" && parent !== null) (parent as Record<string, Json>)[last] = value;
  return root;
}
