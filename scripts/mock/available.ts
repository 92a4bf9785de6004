/** `--models`: the contract as a token sees it that may use these alone. */
import { at, type Document, type Json } from "../pipeline/document.ts";
import { namedExamples } from "../pipeline/examples.ts";
import { expandFills, isEach } from "../pipeline/fill.ts";
import { InputError } from "../pipeline/problem.ts";

/**
 * Puts the values in place of the contract's catalogue: of each list that an example repeats by `each`. What is made
 * from the catalogue follows.
 *
 * @returns a changed copy of the document
 * @throws {InputError} when the contract has no catalogue
 */
export function withCatalogue(values: readonly string[], document: Document): Document {
  const copy = structuredClone(document);
  const pointers = catalogues(copy);
  if (pointers.length === 0)
    throw new InputError({
      message: "The contract has no list of models that --models could replace.",
      advice: "An example repeats such a list by an x-fill with `each`.",
    });
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
