/**
 * A pattern that repeats a repetition, such as `(a+)+$`, takes exponential time on some texts: who sends such a text
 * stops every validator. That patterns compile is checked by `schema-compiles`.
 *
 * @see https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS
 */
import { tokensOfPattern } from "./functions/patterns.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  const message = (pattern) =>
    `The pattern ${pattern} can take exponential time, because it repeats what already repeats or may match in two ways. Write it without a repetition inside a repetition.`;
  return walk(document)
    .filter(({ kind }) => kind === "schema")
    .flatMap(({ node, path }) => [
      ...(typeof node.pattern === "string" && backtracks(node.pattern)
        ? [{ message: message(node.pattern), path: [...path, "pattern"] }]
        : []),
      ...Object.keys(node.patternProperties ?? {})
        .filter(backtracks)
        .map((pattern) => ({ message: message(pattern), path: [...path, "patternProperties", pattern] })),
    ]);
}

/** Whether a group that is repeated without a bound holds a repetition without a bound, or alternatives with the same beginning. */
function backtracks(pattern) {
  const groups = [{ repeats: false, starts: [], fresh: true }];
  let last;
  for (const token of tokensOfPattern(pattern)) {
    const group = groups.at(-1);
    if (token.startsWith("(")) groups.push({ repeats: false, starts: [], fresh: true });
    else if (token === ")" && groups.length > 1) {
      last = groups.pop();
      const outer = groups.at(-1);
      outer.repeats ||= last.repeats;
      outer.fresh = false;
    } else if (token === "|") {
      group.fresh = true;
      last = undefined;
    } else if (isUnbounded(token)) {
      if (last?.repeats || last?.starts.some((start, index) => last.starts.indexOf(start) !== index))
        return true;
      group.repeats = true;
      last = undefined;
    } else if (!/^[*+?{]/.test(token)) {
      if (group.fresh) group.starts.push(token);
      group.fresh = false;
      last = undefined;
    }
  }
  return false;
}

/** `*`, `+`, `{2,}`. A short repetition with an end, such as `?` or `{1,64}`, takes polynomial time. */
function isUnbounded(token) {
  return /^([*+]|\{\d+,\})\??$/.test(token);
}

export default rule("No pattern can take exponential time.", check);
