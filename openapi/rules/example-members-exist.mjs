/**
 * A member that the schema does not list is allowed almost everywhere, so that a misspelled one is valid. In an example
 * it is a mistake: readers copy it.
 */
import { schemaExamples } from "./functions/examples.mjs";
import { parts } from "./functions/members.mjs";
import { rule } from "./functions/rule.mjs";

function check(document) {
  return [...schemaExamples(document)].flatMap(({ value, path, schema }) =>
    unlisted(document, [schema.reduce((node, key) => node?.[key], document)], value).map((inner) => ({
      message: `The schema has no member "${inner.at(-1)}". Correct the name, or add it to the schema.`,
      path: [...path, ...inner],
    })),
  );
}

/** The paths of members in a value that none of its schemas lists, where they list any. */
function unlisted(document, schemas, value) {
  if (typeof value !== "object" || value === null) return [];
  const all = schemas.flatMap((schema) => parts(document, schema)).filter((part) => mayBe(part, value));
  if (Array.isArray(value))
    return value.flatMap((item, index) =>
      unlisted(
        document,
        all.flatMap(({ items }) => (items === undefined ? [] : [items])),
        item,
      ).map((inner) => [index, ...inner]),
    );
  const listing = all.filter(({ properties }) => properties !== undefined);
  const isOpen = listing.length === 0 || all.some(hasMembersElsewhere);
  return Object.entries(value).flatMap(([name, member]) => {
    const found = listing.flatMap(({ properties }) =>
      Object.hasOwn(properties, name) ? [properties[name]] : [],
    );
    if (found.length === 0) return isOpen ? [] : [[name]];
    return unlisted(document, found, member).map((inner) => [name, ...inner]);
  });
}

/** What else than `properties` says which members a value may have. */
const ELSEWHERE = [
  ...["additionalProperties", "patternProperties", "unevaluatedProperties"],
  ...["then", "else", "dependentSchemas"],
];

function hasMembersElsewhere(schema) {
  const { discriminator, oneOf, anyOf } = schema;
  // The schemas that such a base stands for name it, and not the other way round.
  const isBase = discriminator !== undefined && oneOf === undefined && anyOf === undefined;
  return isBase || ELSEWHERE.some((keyword) => schema[keyword]);
}

/** Whether a schema may be the one of its union that a value is for: the fields that tell variants apart fit. */
function mayBe({ properties = {} }, value) {
  return Object.entries(properties).every(
    ([name, schema]) =>
      schema?.const === undefined || !Object.hasOwn(value, name) || schema.const === value[name],
  );
}

export default rule("The members of examples are listed in their schemas.", check);
