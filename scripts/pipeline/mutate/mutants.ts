/** Small changes of a contract, each of which some check must notice. The list follows from the document. */
import type { Document } from "../../document/model.ts";
import { isObject, type Json, type Members } from "../../shared/json.ts";

/** One change. */
export interface Mutant {
  /** What is done: `maximum dropped`. */
  operator: string;
  /** Where, from the document's root. */
  path: (string | number)[];
  /** The changed document; the original is left as it is. */
  document: Document;
}

/** What is done to a member: the values that take its place, by what is done; undefined removes it. */
type Operator = (value: Json) => [operator: string, value: Json | undefined][];

const dropped: Operator = () => [["dropped", undefined]];
/** A bound is dropped, and moved by one to either side. */
const moved: Operator = (value) =>
  typeof value === "number"
    ? [
        ["dropped", undefined],
        ["raised by one", value + 1],
        ["lowered by one", value - 1],
      ]
    : [];
/** Each item of a list, or each member of a map, is left out in turn. */
const thinned: Operator = (value) => {
  if (Array.isArray(value))
    return value.map((item, index) => [
      `without ${typeof item === "string" ? item : index}`,
      value.filter((_, other) => other !== index),
    ]);
  if (!isObject(value)) return [];
  return Object.keys(value).map((name) => [`without ${name}`, without(value, name)]);
};
const emptied: Operator = (value) => (typeof value === "string" && value !== "" ? [["emptied", ""]] : []);

/** The operators by the keyword that they change, wherever it stands. */
const OPERATORS: Record<string, Operator> = {
  ...Object.fromEntries(
    [
      ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength"],
      ...["minItems", "maxItems", "minProperties", "maxProperties"],
    ].map((keyword) => [keyword, moved]),
  ),
  ...Object.fromEntries(
    ["pattern", "format", "uniqueItems", "contentMediaType", "contentSchema", "default", "deprecated"].map(
      (keyword) => [keyword, dropped],
    ),
  ),
  ...Object.fromEntries(
    [
      ...["properties", "responses", "headers", "content", "examples", "parameters", "security", "servers"],
      ...["oneOf", "anyOf", "allOf", "mapping", "x-fill", "x-codeSamples", "x-enumDescriptions", "tags"],
    ].map((keyword) => [keyword, thinned]),
  ),
  description: emptied,
  summary: emptied,
  const: (value) => [["altered", `${String(value)}-mutant`], ...dropped(value)],
  additionalProperties: (value) => [value === false ? ["allowed", true] : ["forbidden", false]],
  required: (value) =>
    typeof value === "boolean" ? [["reversed", !value]] : Array.isArray(value) ? thinned(value) : [],
  enum: (value) => (Array.isArray(value) ? [...thinned(value), ["with one more", [...value, "mutant"]]] : []),
  type: (value) => {
    const types = [value].flat();
    if (!types.every((type) => TYPES.includes(String(type)))) return [];
    const nullable = types.includes("null");
    return [
      nullable
        ? ["no longer null", types.filter((type) => type !== "null")]
        : ["also null", [...types, "null"]],
    ];
  },
  "x-when": () => [["open", {}], ...dropped(null)],
  "x-sdk-method": () => [["renamed", "mutant"]],
};
const TYPES = ["array", "boolean", "integer", "null", "number", "object", "string"];

/** Data, in which keywords are not keywords. */
const DATA = ["example", "value", "x-when", "x-fill", "x-enumDescriptions", "default", "const", "enum"];

/** Every mutant of a document, in document order. */
export function* mutantsOf(document: Document): Generator<Mutant> {
  yield* mutantsBelow(document, document as unknown as Json, []);
}

function* mutantsBelow(
  document: Document,
  node: Json,
  path: (string | number)[],
  named = false,
): Generator<Mutant> {
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries()) yield* mutantsBelow(document, item, [...path, index]);
    return;
  }
  if (!isObject(node)) return;
  for (const [key, value] of Object.entries(node)) {
    const here = [...path, key];
    // The members of a map of names are not keywords, whatever they are called. A component that is left out would
    // leave references to nothing, which the reader of contracts reports.
    const isKeyword = !named && path.join() !== "components" && Object.hasOwn(OPERATORS, key);
    const operator = isKeyword ? OPERATORS[key] : undefined;
    for (const [what, replacement] of operator?.(value) ?? [])
      yield { operator: `${key} ${what}`, path: here, document: changed(document, here, replacement) };
    if (named || !DATA.includes(key)) yield* mutantsBelow(document, value, here, !named && isMap(key, value));
  }
}

/** Whether a member holds a map by names, rather than an object of the specification. */
function isMap(key: string, value: Json): boolean {
  const maps = ["properties", "patternProperties", "$defs", "responses", "headers", "content", "examples"];
  const components = ["schemas", "parameters", "requestBodies", "securitySchemes", "paths", "webhooks"];
  return !Array.isArray(value) && [...maps, ...components].includes(key);
}

/** A copy of the document along the path; the rest is shared. */
function changed(document: Document, path: (string | number)[], value: Json | undefined): Document {
  const change = (node: Json, [key, ...rest]: (string | number)[]): Json => {
    if (key === undefined) return node;
    if (Array.isArray(node)) return node.map((item, index) => (index === key ? change(item, rest) : item));
    const members = node as Members;
    if (rest.length > 0) return { ...members, [key]: change(members[key] as Json, rest) };
    return value === undefined ? without(members, String(key)) : { ...members, [key]: value };
  };
  return change(document as unknown as Json, path) as unknown as Document;
}

function without(members: Members, name: string): Members {
  const { [name]: _, ...rest } = members;
  return rest;
}
