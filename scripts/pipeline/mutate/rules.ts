/** The house rules as checks, without Spectral: a thousand mutants would wait for it for minutes. */
import rulesetModule from "../../../openapi/rules/index.mjs";
import type { Document } from "../../document/model.ts";
import type { CheckGroup } from "./mutate.ts";

interface Rule {
  given: string;
  then: { function: (document: Document) => { message: string }[] | undefined };
}

/** These compile the schemas, which takes most of the time: they are asked last. */
const SLOW = [
  "example-is-reachable",
  "examples-validate",
  "schema-compiles",
  "defaults-validate",
  "sse-frames-match-schema",
];

/** The rules over the whole document, the quick ones and the slow ones. */
export function ruleGroups(): { quick: CheckGroup; slow: CheckGroup } {
  const rules = Object.entries(rulesetModule.rules as Record<string, string | Rule>).flatMap(
    ([name, rule]) => (typeof rule === "object" && rule.given === "$" ? [[name, rule] as const] : []),
  );
  const group = (name: string, slow: boolean): CheckGroup => ({
    name,
    checks: Object.fromEntries(
      rules
        .filter(([rule]) => SLOW.includes(rule) === slow)
        .map(([rule, { then }]) => [rule, asCheck(then.function)]),
    ),
  });
  return { quick: group("rules", false), slow: group("rules that compile", true) };
}

function asCheck(run: Rule["then"]["function"]) {
  return (document: Document) => {
    const [finding] = run(document) ?? [];
    if (finding) throw new Error(finding.message);
  };
}
