/** Prose and schema state the same limits: who reads the one must learn what the other refuses. */
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

/** These have to stand in the prose; the others only have to agree with it. */
const TOLD = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "maxItems", "maxLength"];
const LIMITS = [...TOLD, "minItems", "minLength", "minProperties", "maxProperties", "multipleOf"];

const WORDS = [
  ...["no", "one", "two", "three", "four", "five", "six"],
  ...["seven", "eight", "nine", "ten", "eleven", "twelve"],
];
const NUMBER = `-?\\d+(?:\\.\\d+)?|${WORDS.join("|")}`;
/** A number that the prose gives as a limit: "from 1", "from -1 (never) to 1", "up to four". */
const RANGE = new RegExp(
  `\\b(?:from|between|up to|at least|at most) (${NUMBER})\\b(?!\\.\\d)(?:[^.,;:]{0,20}? (?:to|and) (${NUMBER})\\b)?`,
  "gi",
);

function check(document) {
  const findings = [];
  for (const { node, kind, path } of walk(document)) {
    if (kind !== "schema" || typeof node.description !== "string") continue;
    const text = node.description.replace(/\s+/g, " ").replace(/(\d)[, ](?=\d{3}\b)/g, "$1");
    for (const keyword of TOLD)
      if (typeof node[keyword] === "number" && !isPlain(keyword, node) && !says(text, node[keyword]))
        findings.push({
          message: `The description does not say the limit ${node[keyword]} of ${keyword}. Add it.`,
          path: [...path, keyword],
        });
    const limits = limitsOf(node);
    // A schema without any limit may leave them to others: "from 0" is then a remark.
    for (const [words, ...numbers] of limits.length > 0 ? text.matchAll(RANGE) : [])
      if (numbers.some((number) => number && !limits.includes(numberOf(number))))
        findings.push({
          message: `The description says "${words}", which is not a limit of the schema. Correct the one or the other.`,
          path: [...path, "description"],
        });
  }
  return findings;
}

/** That a count is at least 0 or 1 goes without saying. */
function isPlain(keyword, { minimum, maximum }) {
  return keyword === "minimum" && (minimum === 0 || minimum === 1) && maximum === undefined;
}

/** The limits that a description may be about: those of its schema, and of schemas in it without a description. */
function limitsOf(schema) {
  const lengths = [...String(schema.pattern ?? "").matchAll(/\{(\d+)(?:,(\d+))?\}/g)];
  const { items, additionalProperties, propertyNames, allOf = [], anyOf = [], oneOf = [] } = schema;
  const inner = [items, additionalProperties, propertyNames, ...allOf, ...anyOf, ...oneOf].filter(
    (part) => typeof part === "object" && part !== null && part.description === undefined,
  );
  return [
    ...LIMITS.map((keyword) => schema[keyword]).filter((value) => typeof value === "number"),
    ...lengths.flatMap(([, ...ends]) => ends.filter((end) => end !== undefined).map(Number)),
    ...inner.flatMap(limitsOf),
  ];
}

function says(text, value) {
  const number = new RegExp(`(?<![\\d.])${String(value).replace(".", "\\.")}(?![\\d]|\\.\\d)`);
  return (
    number.test(text) || (WORDS[value] !== undefined && new RegExp(`\\b${WORDS[value]}\\b`, "i").test(text))
  );
}

function numberOf(word) {
  const index = WORDS.indexOf(word.toLowerCase());
  return index === -1 ? Number(word) : index;
}

export default rule("The limits of a schema and those in its description are the same.", check);
