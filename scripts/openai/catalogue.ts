/** `--models`: the contract as a token sees it that may use these alone. */

import { expandFills, isEach } from "../document/each.ts";
import { namedExamples } from "../document/examples.ts";
import type { Document } from "../document/model.ts";
import type { Json } from "../shared/json.ts";
import { at } from "../shared/pointer.ts";

/**
 * Puts the values in place of the contract's catalogue: of each list that an example repeats by `each`. What is made
 * from the catalogue follows.
 *
 * @returns a changed copy of the document; undefined where the contract has no catalogue
 */
export function withCatalogue(values: readonly string[], document: Document): Document | undefined {
  const copy = structuredClone(document);
  const pointers = catalogues(copy);
  if (pointers.length === 0) return undefined;
  for (const pointer of pointers) {
    const list = at(copy, pointer);
    if (Array.isArray(list)) list.splice(0, list.length, ...(values as Json[]));
  }
  return expandFills(copy);
}

/**
 * Closes each union of which a catalogue is one branch, the known values of an open one: nothing else fits then. A
 * request for something else is still well formed; but conditions that ask for what fits tell that it is not there.
 *
 * @returns a changed copy of the document
 */
export function withClosedCatalogue(document: Document): Document {
  const copy = structuredClone(document);
  for (const pointer of catalogues(copy)) {
    const [, union, branch] = /^(.*)\/(\d+)\/[^/]+$/.exec(pointer) ?? [];
    const branches = union === undefined ? undefined : at(copy, union);
    if (!Array.isArray(branches)) continue;
    // The other branches stay where they are, so that pointers hold, but fit nothing.
    for (const index of branches.keys()) if (index !== Number(branch)) branches[index] = false;
  }
  return copy;
}

/** Where the lists are that examples repeat. */
function catalogues(document: Document): string[] {
  const sources = [...namedExamples(document)].flatMap((example) => Object.values(example["x-fill"] ?? {}));
  return [...new Set(sources.filter(isEach).map(({ each }) => each))];
}
