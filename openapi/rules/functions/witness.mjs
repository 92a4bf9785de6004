/** A value that meets several conditions at once, searched for. */
import { matcher } from "./compile.mjs";
import { variants } from "./variants.mjs";

/** How many values are tried. */
const MOST = 400;

/**
 * Searches from given values on: one that breaks a condition is changed so that it may meet it, the nearest first.
 *
 * @param conditions `{ schema, wanted }`: the schema accepts the value, or refuses it; one that does not compile counts
 *   for nothing
 * @param start the values to begin with
 * @returns `met`: whether one meets them all; `broken`: else the condition that the one that came furthest breaks
 */
export function search(document, conditions, start) {
  const tests = conditions.flatMap((condition) => {
    const matches = matcher(document, condition.schema);
    return matches ? [{ condition, holds: (value) => matches(value) === condition.wanted }] : [];
  });
  const seen = new Set();
  const open = [];
  const add = (value) => {
    const whole = filled(value);
    const text = JSON.stringify(whole);
    if (seen.has(text) || seen.size > MOST) return;
    seen.add(text);
    const broken = tests.filter(({ holds }) => !holds(whole)).map(({ condition }) => condition);
    open.push({ value, broken });
  };
  for (const value of start) add(value);
  let furthest;
  while (open.length > 0) {
    open.sort((a, b) => a.broken.length - b.broken.length);
    const { value, broken } = open.shift();
    const [first] = broken;
    if (first === undefined) return { met: true };
    if (furthest === undefined || conditions.indexOf(first) > conditions.indexOf(furthest)) furthest = first;
    for (const one of variants(document, first.schema, value, first.wanted)) add(one);
  }
  return { met: false, broken: furthest };
}

/** A value whose undefined members, where any value will do, have one. */
function filled(value) {
  return JSON.parse(JSON.stringify(value, (_, member) => (member === undefined ? "any" : member)));
}
