/** The sources of `x-fill` that use the contract alone (`each`). They are applied when the contract is read. */

import type { Json } from "../shared/json.ts";
import { at, put } from "../shared/pointer.ts";
import { namedExamples } from "./examples.ts";
import type { Document } from "./model.ts";

/** A source that repeats an array's first item, once for each value of a list that the contract, not a request, holds. */
type Each = { each: string; as?: string };

export function isEach(source: Json): source is Each {
  return (
    typeof source === "object" &&
    source !== null &&
    !Array.isArray(source) &&
    typeof source["each"] === "string" &&
    source["each"].startsWith("#")
  );
}

/** A repeated item with what it takes from the value that it is repeated for. The item is changed. */
export function itemFor(
  item: Json,
  member: string,
  { as }: Pick<Each, "as">,
  value: Json,
  index: number,
): Json {
  return as === "none" ? item : put(item, member, as === "index" ? index : value);
}

/**
 * Applies every `each` source of the document. In its pointer `*` stands for the items of a list: the list gets a copy
 * of its first item for each value, with the value at the rest of the pointer. A second run changes nothing, since
 * the first item stays the template.
 *
 * @returns the same document, changed; lint reports a source that points at no list
 */
export function expandFills(document: Document): Document {
  for (const example of namedExamples(document)) {
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
        ...values.map((value: Json, index) =>
          itemFor(structuredClone(template), member, source, value, index),
        ),
      );
    }
  }
  return document;
}
