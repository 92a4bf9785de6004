/** The keywords of a schema whose values can be compared by themselves: bounds, patterns, values, lists of names. */
import { isDeepStrictEqual } from "node:util";
import type { SchemaObject } from "../../document/model.ts";
import { type Difference, type Effect, shown } from "./change.ts";
import { namesIn, typesOf, valuesOf, within } from "./normal.ts";

/** Keywords with a number: whether a larger number accepts more or less, and what their absence means. */
const BOUNDS: Record<string, { larger: Effect; absent: number }> = {
  minLength: { larger: "narrowed", absent: 0 },
  minItems: { larger: "narrowed", absent: 0 },
  minProperties: { larger: "narrowed", absent: 0 },
  maxLength: { larger: "widened", absent: Number.POSITIVE_INFINITY },
  maxItems: { larger: "widened", absent: Number.POSITIVE_INFINITY },
  maxProperties: { larger: "widened", absent: Number.POSITIVE_INFINITY },
};
const CONTAINS_BOUNDS: typeof BOUNDS = {
  minContains: { larger: "narrowed", absent: 1 },
  maxContains: { larger: "widened", absent: Number.POSITIVE_INFINITY },
};

/** Keywords that restrict a value to one of a kind: two different ones have nothing to do with each other. */
const KINDS = ["contentEncoding", "contentMediaType", "xml"];

/** Formats whose values are all values of the second one too. */
const WIDER_FORMATS = [
  ["int32", "int64"],
  ["float", "double"],
  ["email", "idn-email"],
  ["hostname", "idn-hostname"],
  ["uri", "uri-reference"],
  ["uri", "iri"],
  ["ipv4", "hostname"],
];

/** To which types a keyword speaks; to all, where it is not listed. */
const SUBJECTS: Record<string, string[]> = {
  ...Object.fromEntries(
    ["minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType"].map((name) => [
      name,
      ["string"],
    ]),
  ),
  ...Object.fromEntries(
    ["minItems", "maxItems", "uniqueItems", "minContains", "maxContains"].map((name) => [name, ["array"]]),
  ),
  ...Object.fromEntries(
    ["minProperties", "maxProperties", "dependentRequired"].map((name) => [name, ["object"]]),
  ),
  ...Object.fromEntries(
    ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf"].map((name) => [
      name,
      ["number", "integer"],
    ]),
  ),
  format: ["string", "number", "integer"],
};

/**
 * What differs in these keywords.
 *
 * @param types the types that both schemas accept: what is said about others is not a difference
 */
export function compareKeywords(
  old: SchemaObject,
  now: SchemaObject,
  types: ReadonlySet<string>,
): Difference[] {
  const spoken = ([keyword]: [string, unknown]) => SUBJECTS[keyword]?.some((type) => types.has(type)) ?? true;
  const [was, is] = [old, now].map((schema) => Object.fromEntries(Object.entries(schema).filter(spoken))) as [
    SchemaObject,
    SchemaObject,
  ];
  return compareSpoken(was, is);
}

function compareSpoken(old: SchemaObject, now: SchemaObject): Difference[] {
  const bounds = "contains" in old && "contains" in now ? { ...BOUNDS, ...CONTAINS_BOUNDS } : BOUNDS;
  return [
    ...compareValues(old, now),
    ...Object.entries(bounds).flatMap(([keyword, bound]) => compareBound(keyword, bound, old, now)),
    ...compareLimit(["minimum", "exclusiveMinimum"], old, now),
    ...compareLimit(["maximum", "exclusiveMaximum"], old, now),
    ...compareMultiples(old, now),
    ...compareFlag("uniqueItems", old, now),
    ...comparePattern(old, now),
    ...compareKind("format", old, now, formatEffect),
    ...KINDS.flatMap((keyword) => compareKind(keyword, old, now)),
    ...compareDependentRequired(old, now),
  ];
}

function difference(keyword: string, effect: Effect, was: unknown, is: unknown): Difference[] {
  const message =
    was === undefined
      ? `\`${keyword}\` is new: ${shown(is)}.`
      : is === undefined
        ? `\`${keyword}\` is gone; it was ${shown(was)}.`
        : `\`${keyword}\` is ${shown(is)}; it was ${shown(was)}.`;
  return [{ effect, path: [keyword], message, was, is }];
}

/** `const` is an `enum` of one value. */
function compareValues(old: SchemaObject, now: SchemaObject): Difference[] {
  const [was, is] = [valuesOf(old), valuesOf(now)];
  const keyword = (is === undefined ? old : now).const === undefined ? "enum" : "const";
  if (was === undefined || is === undefined)
    return was === is ? [] : difference(keyword, was === undefined ? "narrowed" : "widened", was, is);
  const found = (effect: Effect, values: unknown[], message: (value: string) => string): Difference[] =>
    values.map((value) => ({
      effect,
      path: [keyword],
      message: message(shown(value)),
      was: effect === "narrowed" ? value : undefined,
      is: effect === "narrowed" ? undefined : value,
    }));
  const [known, kept] = [within(was), within(is)];
  return [
    ...found(
      "narrowed",
      was.filter((value) => !kept(value)),
      (value) => `The value ${value} is no longer allowed.`,
    ),
    ...found(
      "widened",
      is.filter((value) => !known(value)),
      (value) => `The value ${value} is new.`,
    ),
  ];
}

function compareBound(
  keyword: string,
  { larger, absent }: { larger: Effect; absent: number },
  old: SchemaObject,
  now: SchemaObject,
): Difference[] {
  const [was, is] = [old[keyword], now[keyword]];
  const [before, after] = [Number(was ?? absent), Number(is ?? absent)];
  if (before === after) return [];
  const smaller = larger === "narrowed" ? "widened" : "narrowed";
  return difference(keyword, after > before ? larger : smaller, was, is);
}

/** A limit of numbers, inclusive or exclusive: the stricter of the two counts. Above 0 is from 1 on for integers. */
function compareLimit(
  [inclusive, exclusive]: [string, string],
  old: SchemaObject,
  now: SchemaObject,
): Difference[] {
  const sign = inclusive === "maximum" ? -1 : 1;
  const whole = [old, now].every((schema) => !typesOf(schema).includes("number"));
  const limit = (schema: SchemaObject) => {
    const at = (keyword: string) =>
      typeof schema[keyword] === "number" ? sign * schema[keyword] : Number.NEGATIVE_INFINITY;
    const strict = at(exclusive) >= at(inclusive) && at(exclusive) > Number.NEGATIVE_INFINITY;
    const [value, keyword] = strict ? [at(exclusive), exclusive] : [at(inclusive), inclusive];
    if (whole) return { value: strict ? Math.floor(value) + 1 : Math.ceil(value), strict: false, keyword };
    return { value, strict, keyword };
  };
  const [before, after] = [limit(old), limit(now)];
  const order = after.value - before.value || Number(after.strict) - Number(before.strict);
  if (Number.isNaN(order) || order === 0) return [];
  const was = old[before.keyword];
  const is = now[after.keyword];
  const keyword = is === undefined ? before.keyword : after.keyword;
  return difference(keyword, order > 0 ? "narrowed" : "widened", was, is);
}

function compareMultiples(old: SchemaObject, now: SchemaObject): Difference[] {
  const [was, is] = [old["multipleOf"], now["multipleOf"]];
  if (was === is) return [];
  if (was === undefined || is === undefined)
    return difference("multipleOf", was === undefined ? "narrowed" : "widened", was, is);
  const ratio = Number(is) / Number(was);
  const effect = Number.isInteger(ratio) ? "narrowed" : Number.isInteger(1 / ratio) ? "widened" : "changed";
  return difference("multipleOf", effect, was, is);
}

function compareFlag(keyword: string, old: SchemaObject, now: SchemaObject): Difference[] {
  const [was, is] = [old[keyword] === true, now[keyword] === true];
  return was === is ? [] : difference(keyword, is ? "narrowed" : "widened", was, is);
}

/** Whether a pattern matches every text on one line. */
function matchesAll(pattern: unknown): boolean {
  return typeof pattern === "string" && /^\^?(\.\*)?\$?$/.test(pattern);
}

function comparePattern(old: SchemaObject, now: SchemaObject): Difference[] {
  return compareKind("pattern", old, now, (was, is) =>
    matchesAll(is) ? "widened" : matchesAll(was) ? "narrowed" : "changed",
  );
}

function compareKind(
  keyword: string,
  old: SchemaObject,
  now: SchemaObject,
  effect: (was: unknown, is: unknown) => Effect = () => "changed",
): Difference[] {
  const [was, is] = [old[keyword], now[keyword]];
  if (isDeepStrictEqual(was, is)) return [];
  if (was === undefined) return difference(keyword, "narrowed", was, is);
  if (is === undefined) return difference(keyword, "widened", was, is);
  return difference(keyword, effect(was, is), was, is);
}

function formatEffect(was: unknown, is: unknown): Effect {
  const wider = (from: unknown, to: unknown) => WIDER_FORMATS.some(([a, b]) => a === from && b === to);
  return wider(was, is) ? "widened" : wider(is, was) ? "narrowed" : "changed";
}

function compareDependentRequired(old: SchemaObject, now: SchemaObject): Difference[] {
  const [was, is] = [old, now].map(
    (schema) => (schema["dependentRequired"] ?? {}) as Record<string, string[]>,
  ) as [Record<string, string[]>, Record<string, string[]>];
  return namesIn(was, is).flatMap((name) => {
    const [before, after] = [was[name] ?? [], is[name] ?? []];
    const found = (effect: Effect, names: string[], verb: string): Difference[] =>
      names.map((other) => ({
        effect,
        path: ["dependentRequired", name],
        message: `Where \`${name}\` is given, \`${other}\` ${verb}.`,
        was: before,
        is: after,
      }));
    return [
      ...found(
        "narrowed",
        after.filter((other) => !before.includes(other)),
        "is now required",
      ),
      ...found(
        "widened",
        before.filter((other) => !after.includes(other)),
        "is no longer required",
      ),
    ];
  });
}
