/** The cases of a run, in the order in which they run. */
import { escapeRegExp } from "../shared/text.ts";
import type { Case, Setting } from "./cases/case.ts";
import { chatCases } from "./cases/chat.ts";
import { collectionCases, collections } from "./cases/collections.ts";
import { documentedCases } from "./cases/documented.ts";
import { limitCases } from "./cases/limits.ts";
import { protocolCases, routeCases } from "./cases/protocol.ts";

/**
 * Derives the cases from the contract.
 *
 * @param only patterns with `*` over `operation/case`, parted by commas; a case that none matches is left out
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

/** `*` stands for any text, and a comma parts patterns. One without a slash may match anywhere in the name. */
function globOf(patterns: string): (one: Case) => boolean {
  const expressions = patterns.split(",").map((pattern) => {
    const source = pattern.trim().split("*").map(escapeRegExp).join(".*");
    return new RegExp(pattern.includes("/") ? `^${source}$` : source, "i");
  });
  return ({ operation, name }) => expressions.some((expression) => expression.test(`${operation}/${name}`));
}
