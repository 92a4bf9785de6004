/** `anyOf` and `oneOf`: every branch of the one is looked for in the other. */
import { isDeepStrictEqual } from "node:util";
import type { Schema, SchemaObject } from "../../document/model.ts";
import { isObject } from "../../shared/json.ts";
import { compareDiscriminators } from "./annotations.ts";
import { below, type Difference, shown } from "./change.ts";
import { type Comparison, isSame } from "./comparison.ts";
import { ANNOTATIONS, accepts, branch, ofType, typesOf, valuesOf } from "./normal.ts";

interface Branch {
  /** The name of the schema that the branch refers to, else its title or type. */
  name: string;
  schema: SchemaObject;
  path: string[];
}

const UNIONS = ["oneOf", "anyOf"] as const;

/** How many pairs of branches are compared with each other to find which belong together: a pair takes about 0.1 ms. */
const MOST_PAIRS = 10_000;

/**
 * What differs between two schemas of which at least one is a union; undefined where none is. A schema that is no
 * union is one with a single branch. `[string, "null"]` is a union as well, once it is compared with one.
 */
export function compareUnions(
  comparison: Comparison,
  old: SchemaObject,
  now: SchemaObject,
): Difference[] | undefined {
  const { pair } = comparison;
  const keyword = UNIONS.find((name) => name in now) ?? UNIONS.find((name) => name in old);
  if (keyword === undefined) return undefined;
  const was = branches(old, (beside, part) => branch(pair.old, beside, part));
  const is = branches(now, (beside, part) => branch(pair.now, beside, part));
  // Constants as variants, each with a description, are an enum: compared with one, they are written as one.
  const values = keyword in old && keyword in now ? [] : [enumOf(was), enumOf(is)];
  if (values.length > 0 && values.every((one) => one !== undefined))
    return comparison.compare({ enum: values[0] }, { enum: values[1] });
  const partners = new Map<Branch, Branch>();
  const free = new Set(is);
  const pairUp = (one: Branch, other: Branch | undefined) => {
    if (!other) return;
    partners.set(one, other);
    free.delete(other);
  };
  /** Couples those of which a text is the same. */
  const coupleBy = (textOf: (one: Branch) => string | undefined) => {
    const known = Map.groupBy(free, textOf);
    for (const one of was) {
      const text = partners.has(one) ? undefined : textOf(one);
      if (text !== undefined) pairUp(one, known.get(text)?.shift());
    }
  };
  coupleBy(({ schema }) => canonical(schema));
  coupleBy(tagOf);
  const many = (was.length - partners.size) * free.size > MOST_PAIRS;
  if (!many)
    for (const one of was)
      if (!partners.has(one))
        pairUp(
          one,
          [...free].find((other) => comparison.compare(one.schema, other.schema).length === 0),
        );
  coupleBy(({ name }) => name);

  const paired = [...partners].flatMap(([one, other]) =>
    below(comparison.compare(one.schema, other.schema), ...other.path),
  );
  // Of very many, none is looked for within the others: each counts as gone, or as new.
  const isCovered = (left: number, others: readonly Branch[], covers: (other: Branch) => boolean) =>
    left * others.length <= MOST_PAIRS && others.some(covers);
  const left = was.filter((one) => !partners.has(one));
  // Objects with few demands accept those of any kind: one that stood beside another does not take its place.
  const stayed = new Set(
    [...partners].filter(([one, other]) => isSame(comparison, one.schema, other.schema)).flat(),
  );
  const changed = (list: readonly Branch[]) => list.filter((one) => !stayed.has(one));
  const [formerly, lately] = [changed(was), changed(is)];
  const lost = left.filter(
    (one) =>
      !isCovered(left.length, isObjectVariant(one) ? lately : is, (other) =>
        contains(comparison, one.schema, other.schema),
      ),
  );
  const won = [...free].filter(
    (other) =>
      !isCovered(free.size, isObjectVariant(other) ? formerly : was, (one) =>
        isWithin(comparison, other.schema, one.schema),
      ),
  );
  return [
    ...paired,
    ...lost.map(
      ({ name, schema, path }): Difference => ({
        effect: "narrowed",
        path: path.length > 0 ? path : [keyword],
        message: `The variant ${name} is gone.`,
        was: schema,
      }),
    ),
    ...won.map(
      ({ name, schema, path }): Difference => ({
        effect: "widened",
        path: path.length > 0 ? path : [keyword],
        message: `The variant ${name} is new.`,
        is: schema,
      }),
    ),
    ...[...left.filter((one) => !lost.includes(one)), ...[...free].filter((one) => !won.includes(one))].map(
      ({ name, path }): Difference => ({
        effect: "noted",
        path: path.length > 0 ? path : [keyword],
        message: `The variant ${name} comes or goes, and another one covers its values.`,
      }),
    ),
    ...overlap(old, now, was, is),
    ...compareDiscriminators(comparison, old, now),
  ];
}

function isObjectVariant({ schema }: Branch): boolean {
  return typesOf(schema).join() === "object";
}

/** Whether every value that a schema of the old document accepts is accepted by one of the new. */
function contains(comparison: Comparison, old: SchemaObject, now: SchemaObject): boolean {
  return comparison.compare(old, now).every(({ effect }) => effect !== "narrowed" && effect !== "changed");
}

/** Whether every value that a schema of the new document accepts was accepted by one of the old. */
function isWithin(comparison: Comparison, now: SchemaObject, old: SchemaObject): boolean {
  return comparison.compare(old, now).every(({ effect }) => effect !== "widened" && effect !== "changed");
}

/** A schema that became one of several in `oneOf` is refused where another one of them accepts the value, too. */
function overlap(old: SchemaObject, now: SchemaObject, was: Branch[], is: Branch[]): Difference[] {
  if (!("oneOf" in now) || UNIONS.some((keyword) => keyword in old)) return [];
  const types = new Set(was.flatMap(({ schema }) => typesOf(schema)));
  const shared = is.filter(({ schema }) => typesOf(schema).some((type) => accepts([...types], type)));
  const clear = shared.every((one, index) =>
    shared.slice(index + 1).every((other) => areDisjoint(one.schema, other.schema)),
  );
  if (clear) return [];
  return [
    {
      effect: "changed",
      path: ["oneOf"],
      message: "This became one of several variants, and a value that fits two of them is refused.",
      was: old,
      is: now["oneOf"],
    },
  ];
}

/** Whether no value fits both, as far as types and required constants tell. */
function areDisjoint(one: SchemaObject, other: SchemaObject): boolean {
  const types = typesOf(other);
  if (!typesOf(one).some((type) => accepts(types, type) || (type === "number" && types.includes("integer"))))
    return true;
  const [values, others] = [valuesOf(one), valuesOf(other)];
  if (values && others) return !values.some((value) => others.some((item) => isDeepStrictEqual(item, value)));
  return (one.required ?? []).some((name) => {
    const [a, b] = [one.properties?.[name], other.properties?.[name]];
    if (!other.required?.includes(name) || typeof a !== "object" || typeof b !== "object") return false;
    return areDisjoint(a, b);
  });
}

function branches(
  schema: SchemaObject,
  join: (beside: SchemaObject, part: Schema) => SchemaObject,
): Branch[] {
  const keyword = UNIONS.find((name) => name in schema);
  if (keyword === undefined) return split({ name: nameOf(schema), schema, path: [] });
  const { [keyword]: parts, discriminator: _, ...beside } = schema;
  for (const note of ["title", "description", "examples", "example", "default", "deprecated"])
    delete beside[note];
  return (parts as Schema[]).flatMap((part, index) =>
    split({
      name: nameOf(part, join(beside, part)),
      schema: join(beside, part),
      path: [keyword, String(index)],
    }),
  );
}

/** The values of branches that consist of nothing but values. */
function enumOf(list: readonly Branch[]): unknown[] | undefined {
  const isPlain = ({ schema }: Branch) =>
    valuesOf(schema) !== undefined &&
    Object.keys(schema).every((keyword) => ["const", "enum", "type", ...ANNOTATIONS].includes(keyword));
  return list.every(isPlain) ? list.flatMap(({ schema }) => valuesOf(schema) ?? []) : undefined;
}

/** A branch for each of its types. */
function split(whole: Branch): Branch[] {
  const types = typesOf(whole.schema);
  if (whole.schema.type === undefined || types.length < 2) return [whole];
  return types.map((type) => ({ ...whole, name: shown(type), schema: ofType(whole.schema, type) }));
}

function nameOf(part: Schema, schema: SchemaObject = part as SchemaObject): string {
  const reference = typeof part === "object" ? part.$ref : undefined;
  const name =
    reference?.split("/").at(-1) ?? schema.title ?? (typeof schema.type === "string" ? schema.type : "any");
  return shown(name).replaceAll('"', "");
}

/** The JSON of a schema, the same whatever the order of its members. */
function canonical(schema: SchemaObject): string {
  return JSON.stringify(schema, (_, value: unknown) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** The constants by which a branch is told from the others, such as `type: text`. */
function tagOf({ schema }: Branch): string | undefined {
  const tags = (schema.required ?? []).flatMap((name) => {
    const property = schema.properties?.[name];
    const values = typeof property === "object" ? valuesOf(property) : undefined;
    return values?.length === 1 ? [`${name}=${JSON.stringify(values[0])}`] : [];
  });
  return tags.length > 0 ? tags.join() : undefined;
}
