/** A description and its schema state the same limits: readers of the text must learn what the schema refuses. */
import { resolve } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

/** The description must state these limits; it need not state the others, but may not contradict them. */
const STATED = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "maxItems", "maxLength"];
const LIMITS = [...STATED, "minItems", "minLength", "minProperties", "maxProperties", "multipleOf"];

const WORDS = [
  ...["no", "one", "two", "three", "four", "five", "six"],
  ...["seven", "eight", "nine", "ten", "eleven", "twelve"],
];
const NUMBER = `-?\\d+(?:\\.\\d+)?|${WORDS.join("|")}`;
/** A number that a text gives as a limit: "from 1", "from -1 (never) to 1", "up to four". */
const RANGE = new RegExp(
  `\\b(?:from|between|up to|at least|at most) (${NUMBER})\\b(?!\\.\\d)(?:[^.,;:]{0,20}? (?:to|and) (${NUMBER})\\b)?`,
  "gi",
);
/** What no keyword counts: "each of at most 20 MB", "kept for up to 30 days", "at least one of them". */
const UNIT =
  /^ ?(?:[%^]|(?:[kKMGT]i?B|bytes?|tokens?|pixels?|px|percent|ms|s|(?:second|minute|hour|day)s?|million|of)\b)/;

function check(document) {
  const findings = [];
  for (const { node, kind, path } of walk(document)) {
    if (kind !== "schema" || typeof node.description !== "string") continue;
    const text = node.description.replace(/\s+/g, " ").replace(/(\d)[, ](?=\d{3}\b)/g, "$1");
    for (const keyword of STATED)
      if (typeof node[keyword] === "number" && !isPlain(keyword, node) && !says(text, node[keyword]))
        findings.push({
          message: `The description does not say the limit ${node[keyword]} of ${keyword}. Add it.`,
          path: [...path, keyword],
        });
    // A schema without any limit may leave them to others: "from 0" is then a remark.
    if (limitsOf(document, node, isUndescribed).length === 0) continue;
    const limits = limitsOf(document, node);
    for (const match of text.matchAll(RANGE)) {
      const [words, ...numbers] = match;
      if (UNIT.test(text.slice(match.index + words.length))) continue;
      if (numbers.some((number) => number && !limits.includes(numberOf(number))))
        findings.push({
          message: `The description says "${words}", which is not a limit of the schema. Correct the one or the other.`,
          path: [...path, "description"],
        });
    }
  }
  return findings;
}

/** That a count is at least 0 or 1 goes without saying. */
function isPlain(keyword, { minimum, maximum }) {
  return keyword === "minimum" && (minimum === 0 || minimum === 1) && maximum === undefined;
}

function isUndescribed(part) {
  return part?.description === undefined && part?.$ref === undefined;
}

/** The limits that a description may be about: those of its schema, and of the values in it that have no names. */
function limitsOf(document, schema, isMeant = () => true, around = []) {
  const node = resolve(document, schema, [])?.node;
  if (node === undefined || around.includes(node)) return [];
  const lengths = [...String(node.pattern ?? "").matchAll(/\{(\d+)(?:,(\d+))?\}/g)];
  const { items, additionalProperties, propertyNames, allOf = [], anyOf = [], oneOf = [] } = node;
  const inner = [items, additionalProperties, propertyNames, ...allOf, ...anyOf, ...oneOf];
  return [
    ...LIMITS.map((keyword) => node[keyword]).filter((value) => typeof value === "number"),
    ...lengths.flatMap(([, ...ends]) => ends.filter((end) => end !== undefined).map(Number)),
    ...inner.filter(isMeant).flatMap((part) => limitsOf(document, part, isMeant, [...around, node])),
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
