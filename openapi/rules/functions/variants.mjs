/** Values near a given one that a schema accepts, or refuses, as far as its keywords tell one by one. */
import { at } from "../../extensions/problems.mjs";
import { textsOf } from "./patterns.mjs";

/** How many values are followed at each keyword, and how many schemas deep. */
const MOST = 8;
const DEPTH = 16;
/** No text and no list is made longer: a schema may ask for millions. */
const LONGEST = 1000;

const SAMPLES = { string: "text", integer: 1, number: 0.5, boolean: true, null: null, array: [], object: {} };

/**
 * Guesses: a validator tells which of them the schema accepts. A member may be undefined, where any value will do.
 *
 * @param document what references lead into
 * @param value undefined where there is none yet
 * @param wanted whether the schema is to accept them, or to refuse them
 */
export function variants(document, schema, value, wanted, depth = DEPTH) {
  if (typeof schema === "boolean") return schema === wanted ? [value] : [];
  if (depth === 0 || typeof schema !== "object" || schema === null) return [];
  const context = {
    accepted: (inner, one) => variants(document, inner, one, true, depth - 1),
    refused: (inner, one) => variants(document, inner, one, false, depth - 1),
    schema,
    document,
  };
  const parts = Object.keys(wanted ? ACCEPTED : REFUSED).filter((keyword) => Object.hasOwn(schema, keyword));
  if (!wanted) return distinct(parts.flatMap((keyword) => REFUSED[keyword](value, schema[keyword], context)));
  return parts.reduce(
    (values, keyword) =>
      distinct(values.flatMap((one) => ACCEPTED[keyword](one, schema[keyword], context))).slice(0, MOST),
    [value],
  );
}

const isList = Array.isArray;
const isObject = (value) => typeof value === "object" && value !== null && !isList(value);
const textOf = (value) => JSON.stringify(value, (_, one) => (one === undefined ? "undefined" : one));
const distinct = (values) =>
  values.length < 2 ? values : [...new Map(values.map((value) => [textOf(value), value])).values()];
const isOneOf = (list, value) =>
  list.includes(value) || (typeof value === "object" && list.some((one) => textOf(one) === textOf(value)));
/** A list with another item, or with one item more. */
const put = (list, index, item) => Object.assign([...list], { [index]: item });
const filled = (list, length) =>
  Array.from({ length: Math.min(length, Math.max(LONGEST, list.length)) }, (_, index) =>
    index < list.length ? list[index] : list.at(-1),
  );
const padded = (value, length) => value.padEnd(Math.min(length, LONGEST), "a");
const inTurn = (schemas, value, follow) =>
  schemas.reduce((values, schema) => values.flatMap((one) => follow(schema, one)).slice(0, MOST), [value]);
const isOfType = (type, value) =>
  type === "number" || type === "integer"
    ? typeof value === "number" && (type === "number" || Number.isInteger(value))
    : typeof value === "object"
      ? type === (value === null ? "null" : isList(value) ? "array" : "object")
      : type === typeof value;

/** A keyword that holds of all values but some; `change` makes one of those acceptable, or unacceptable. */
const only = (applies, change) => (value, argument, context) =>
  applies(value) ? change(value, argument, context) : [value];
const number = (change) =>
  only(
    (value) => typeof value === "number",
    (...given) => [change(...given)],
  );
const text = (change) =>
  only(
    (value) => typeof value === "string",
    (...given) => [change(...given)],
  );
const list = (change) => only(isList, change);

/** The values that each keyword accepts, near a given one; in the order in which they are made so. */
const ACCEPTED = {
  $ref: (value, reference, { document, accepted }) => accepted(target(document, reference), value),
  const: (_, constant) => [constant],
  enum: (value, constants) => (isOneOf(constants, value) ? [value] : constants.slice(0, MOST)),
  type: (value, type) => {
    const types = [type].flat();
    if (types.some((one) => isOfType(one, value))) return [value];
    return types.map((one) => SAMPLES[one]);
  },
  pattern: (value, pattern) =>
    value === undefined || typeof value === "string" ? [...textsOf(pattern), value] : [value],
  required: (value, names) =>
    value === undefined || isObject(value)
      ? [{ ...Object.fromEntries(names.map((name) => [name, undefined])), ...value }]
      : [value],
  properties: (value, properties, { accepted }) =>
    isObject(value)
      ? inTurn(
          Object.entries(properties).filter(([name]) => Object.hasOwn(value, name)),
          value,
          ([name, schema], one) => accepted(schema, one[name]).map((member) => ({ ...one, [name]: member })),
        )
      : [value],
  minItems: list((value, least) => [filled(value, Math.max(least, value.length))]),
  maxItems: list((value, most) => [value.slice(0, most)]),
  prefixItems: list((value, schemas, { accepted }) =>
    inTurn([...schemas.slice(0, value.length).entries()], value, ([index, schema], one) =>
      accepted(schema, one[index]).map((item) => put(one, index, item)),
    ),
  ),
  items: list((value, schema, { accepted, schema: { prefixItems = [] } }) =>
    inTurn([...value.keys()].slice(prefixItems.length), value, (index, one) =>
      accepted(schema, one[index]).map((item) => put(one, index, item)),
    ),
  ),
  contains: list((value, schema, { accepted }) =>
    [...value.keys(), value.length].flatMap((index) =>
      accepted(schema, value[index]).map((item) => put(value, index, item)),
    ),
  ),
  last: list((value, schema, { accepted }) =>
    value.length === 0
      ? [value]
      : accepted(schema, value.at(-1)).map((item) => put(value, value.length - 1, item)),
  ),
  lastOf: list((value, { items, is }, { accepted }) => [
    value,
    ...[undefined, ...value].flatMap((item) =>
      accepted(items, item)
        .flatMap((one) => accepted(is, one))
        .map((one) => [...value, one]),
    ),
  ]),
  minimum: number((value, least) => Math.max(value, least)),
  maximum: number((value, most) => Math.min(value, most)),
  exclusiveMinimum: number((value, least) => (value > least ? value : least + 1)),
  exclusiveMaximum: number((value, most) => (value < most ? value : most - 1)),
  minLength: text((value, least) => padded(value, least)),
  maxLength: text((value, most) => value.slice(0, most)),
  not: (value, schema, { refused }) => refused(schema, value),
  allOf: (value, schemas, { accepted }) => inTurn(schemas, value, accepted),
  anyOf: (value, schemas, { accepted }) => schemas.flatMap((schema) => accepted(schema, value)),
  oneOf: (value, schemas, { accepted }) => schemas.flatMap((schema) => accepted(schema, value)),
  if: (value, condition, { accepted, refused, schema }) => [
    ...accepted(condition, value).flatMap((one) => accepted(schema.then ?? true, one)),
    ...refused(condition, value).flatMap((one) => accepted(schema.else ?? true, one)),
  ],
};

/** The values that each keyword refuses, near a given one. */
const REFUSED = {
  $ref: (value, reference, { document, refused }) => refused(target(document, reference), value),
  const: (value, constant) => others([constant], value),
  enum: (value, constants) => others(constants, value),
  type: (_, type) =>
    Object.values(SAMPLES).filter((value) => ![type].flat().some((one) => isOfType(one, value))),
  pattern: () => ["", "~", SAMPLES.string],
  required: (value, names) =>
    names.map((name) => {
      const { [name]: _, ...rest } = isObject(value) ? value : {};
      return rest;
    }),
  properties: (value, properties, { refused }) =>
    Object.entries(properties).flatMap(([name, schema]) =>
      refused(schema, value?.[name]).map((member) => ({ ...(isObject(value) && value), [name]: member })),
    ),
  minItems: (value, least) => [filled(isList(value) ? value : [], least - 1)],
  maxItems: (value, most) => [filled(isList(value) ? value : [], most + 1)],
  prefixItems: (value, schemas, { refused }) =>
    schemas.flatMap((schema, index) =>
      refused(schema, value?.[index]).map((item) => put(isList(value) ? value : [], index, item)),
    ),
  items: (value, schema, { refused }) => refused(schema, value?.[0]).map((item) => [item]),
  contains: list((value, schema, { refused }) =>
    inTurn([...value.keys()], value, (index, one) =>
      refused(schema, one[index]).map((item) => put(one, index, item)),
    ),
  ),
  last: (value, schema, { refused }) => {
    const items = isList(value) ? value : [];
    return refused(schema, items.at(-1)).map((item) => put(items, Math.max(0, items.length - 1), item));
  },
  lastOf: (value, { items, is }, { accepted, refused }) => {
    const before = isList(value) ? value : [];
    return [undefined, ...before].flatMap((item) =>
      accepted(items, item)
        .flatMap((one) => refused(is, one))
        .map((one) => [...before, one]),
    );
  },
  minimum: (_, least) => [least - 1],
  maximum: (_, most) => [most + 1],
  exclusiveMinimum: (_, least) => [least],
  exclusiveMaximum: (_, most) => [most],
  minLength: (value, least) => [String(value ?? "").slice(0, least - 1)],
  maxLength: (value, most) => [padded(String(value ?? ""), most + 1)],
  not: (value, schema, { accepted }) => accepted(schema, value),
  allOf: (value, schemas, { refused }) => schemas.flatMap((schema) => refused(schema, value)),
  anyOf: (value, schemas, { refused }) => inTurn(schemas, value, refused),
  oneOf: (value, schemas, { refused }) => inTurn(schemas, value, refused),
  if: (value, condition, { accepted, refused, schema }) => [
    ...accepted(condition, value).flatMap((one) => refused(schema.then ?? true, one)),
    ...refused(condition, value).flatMap((one) => refused(schema.else ?? true, one)),
  ],
};

function target(document, reference) {
  return reference.startsWith("#") ? at(document, decodeURIComponent(reference)) : undefined;
}

/** Values that are none of these: near the given one, and of other types. */
function others(constants, value) {
  const near = [value, ...constants].flatMap((one) =>
    typeof one === "string" ? [`${one}-other`] : typeof one === "number" ? [one + 1] : [],
  );
  return [value, ...near, true, false, ...Object.values(SAMPLES)].filter(
    (one) => one !== undefined && !isOneOf(constants, one),
  );
}
