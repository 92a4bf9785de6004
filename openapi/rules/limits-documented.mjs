/** A reader of the prose must learn the limits that a request is held to. */
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

const LIMITS = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "maxItems", "maxLength"];
const WORDS = [
  "no",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];

function check(document) {
  const findings = [];
  for (const { node, kind, path } of walk(document)) {
    if (kind !== "schema" || typeof node.description !== "string") continue;
    for (const limit of LIMITS) {
      const value = node[limit];
      // That a count is at least 0 or 1 goes without saying.
      const plain = limit === "minimum" && (value === 0 || value === 1) && node.maximum === undefined;
      if (typeof value === "number" && !plain && !says(node.description, value))
        findings.push({
          message: `The description does not say the limit ${value} of ${limit}. Add it.`,
          path: [...path, limit],
        });
    }
  }
  return findings;
}

function says(text, value) {
  const plain = text.replace(/(\d)[,\s](?=\d{3}\b)/g, "$1");
  const number = new RegExp(`(?<![\\d.])${String(value).replace(".", "\\.")}(?![\\d]|\\.\\d)`);
  return (
    number.test(plain) || (WORDS[value] !== undefined && new RegExp(`\\b${WORDS[value]}\\b`, "i").test(plain))
  );
}

export default rule("Limits stand in the description as well.", check);
