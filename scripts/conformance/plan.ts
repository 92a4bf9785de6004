/** The cases of a run, in the order in which they run. */
import type { Case, Setting } from "./cases/case.ts";
import { chatCases } from "./cases/chat.ts";
import { collectionCases, collections } from "./cases/collections.ts";
import { documentedCases } from "./cases/documented.ts";
import { limitCases } from "./cases/limits.ts";
import { protocolCases, routeCases } from "./cases/protocol.ts";

/**
 * Derives the cases from the contract.
 *
 * @param only a pattern with `*` over `operation/case`; a case that it does not match is left out
 */
export function plan(setting: Setting, only?: string): Case[] {
  const { contract } = setting;
  const cases = [
    ...contract.operations.flatMap((operation) => [
      ...documentedCases(operation, setting),
      ...(operation.chat ? chatCases(operation, setting) : []),
      ...protocolCases(operation, setting),
      ...limitCases(operation, setting),
    ]),
    ...collections(contract).flatMap((collection) => collectionCases(collection, setting)),
    ...routeCases(setting),
  ];
  const wanted = only === undefined ? cases : cases.filter(globOf(only));
  // What measures time runs last, when nothing else does.
  return [...wanted.filter(({ alone }) => !alone), ...wanted.filter(({ alone }) => alone)];
}

/** `*` stands for any text. A pattern without a slash may match anywhere in the name. */
function globOf(pattern: string): (one: Case) => boolean {
  const source = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  const expression = new RegExp(pattern.includes("/") ? `^${source}$` : source, "i");
  return ({ operation, name }) => expression.test(`${operation}/${name}`);
}
