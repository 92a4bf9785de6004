/** `--models`: the contract as a token sees it that may use these alone. */
import { at, type Document, type Json } from "../pipeline/document.ts";
import { namedExamples } from "../pipeline/examples.ts";
import { expandFills, isEach } from "../pipeline/fill.ts";
import { InputError } from "../pipeline/problem.ts";

/**
 * Puts the values in place of the contract's catalogue: of each list that an example repeats by `each`. Where that
 * list is one branch of a union (the known values of an open one), the union is closed: nothing else is left. What
 * depends on the catalogue follows, answers and conditions alike.
 *
 * @returns a changed copy of the document
 * @throws {InputError} when the contract has no catalogue
 */
export function restrictedTo(values: readonly string[], document: Document): Document {
  const copy = structuredClone(document);
  const sources = [...namedExamples(copy)].flatMap((example) => Object.values(example["x-fill"] ?? {}));
  const catalogues = new Set(sources.filter(isEach).map(({ each }) => each));
  if (catalogues.size === 0)
    throw new InputError({
      message: "The contract has no list of models that --models could replace.",
      advice: "An example repeats such a list by an x-fill with `each`.",
    });
  for (const pointer of catalogues) {
    const list = at(copy, pointer);
    if (Array.isArray(list)) list.splice(0, list.length, ...(values as Json[]));
    const [, union, branch] = /^(.*)\/(\d+)\/[^/]+$/.exec(pointer) ?? [];
    const branches = union === undefined ? undefined : at(copy, union);
    // The other branches stay where they are, so that pointers hold, but fit nothing.
    if (Array.isArray(branches))
      for (const index of branches.keys()) if (index !== Number(branch)) branches[index] = { not: {} };
  }
  return expandFills(copy);
}
