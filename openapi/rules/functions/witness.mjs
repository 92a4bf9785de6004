/** A value that meets several conditions at once, searched for. */
import { matcher } from "./compile.mjs";
import { variants } from "./variants.mjs";

/** How many values are tried. */
const MOST = 400;

/**
 * Begins with given values, and changes those that break a condition so that they may meet it. The value that breaks the
 * fewest conditions comes first.
 *
 * @param conditions `{ schema, wanted }`: the schema has to accept the value, or to refuse it; a schema that does not
 *   compile is left out
 * @param start the values to begin with
 * @returns `met`: whether some value meets all conditions; else `broken`: the last condition, in their order, that could
 *   not be met
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
