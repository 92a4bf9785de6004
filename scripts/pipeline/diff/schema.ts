/** Two schemas: what the new one accepts less, more, or otherwise than the old one. */
import { isDeepStrictEqual } from "node:util";
import type { Schema, SchemaObject } from "../../document/model.ts";
import { InputError } from "../../shared/input-error.ts";
import { isObject } from "../../shared/json.ts";
import { compareDefaults, compareDiscriminators, compareNotes } from "./annotations.ts";
import { below, type Difference, type Effect, inverted, presence, shown } from "./change.ts";
import type { Comparison, SchemaPair } from "./comparison.ts";
import { compareKeywords } from "./keywords.ts";
import { accepts, membersOf, namesIn, normal, typesOf } from "./normal.ts";
import { compareProperties } from "./properties.ts";
import { compareUnions } from "./unions.ts";

/** More differences than anybody reads: a hostile document would make billions of them. */
const MAX_DIFFERENCES = 500;
/** How many pairs of schemas are compared for one operation; those of the largest public contracts are a tenth. */
const MAX_PAIRS = 100_000;
/** How deep schemas may stand in each other; those of the largest public contracts are a tenth. */
const MAX_DEPTH = 300;

/** Compares schemas of two documents, for one sender. Remembers what it has compared. */
export class SchemaComparison implements Comparison {
  readonly pair: SchemaPair;
  readonly #done = new Map<string, Difference[]>();
  #depth = 0;

  constructor(pair: SchemaPair) {
    this.pair = pair;
  }

  /**
   * @param old the old schema; absent means that any value is accepted
   * @param now the new schema
   */
  compare(old: unknown, now: unknown): Difference[] {
    const key = `${textOf(old)}\n${textOf(now)}`;
    const known = this.#done.get(key);
    if (known) return known;
    if (this.#done.size >= MAX_PAIRS)
      throw new InputError({
        message: `The schemas refer to each other in too many ways to be compared (${MAX_PAIRS} pairs).`,
        advice: "Give the parts that are combined by allOf, anyOf or oneOf schemas of their own.",
      });
    // A schema that contains itself is unchanged where it is met again, unless something else about it changed.
    this.#done.set(key, []);
    if (++this.#depth > MAX_DEPTH)
      throw new InputError({
        message: `Schemas stand in each other more than ${MAX_DEPTH} deep.`,
        advice:
          "Look for a long chain of schemas, each of which is a property, an item or a variant of the other.",
      });
    const found = limited(this.#differences(normal(this.pair.old, old), normal(this.pair.now, now)));
    this.#depth--;
    this.#done.set(key, found);
    return found;
  }

  #differences(old: SchemaObject, now: SchemaObject): Difference[] {
    const [never, stillNever] = [acceptsNothing(old), acceptsNothing(now)];
    if (never || stillNever) {
      if (never && stillNever) return [];
      return [
        never
          ? { effect: "widened", path: [], message: "A value is now allowed here.", was: false, is: now }
          : {
              effect: "narrowed",
              path: [],
              message: "No value is allowed here any more.",
              was: old,
              is: false,
            },
      ];
    }
    const notes = compareNotes(old, now);
    const unions = compareUnions(this, old, now);
    if (unions) return [...unions, ...notes];
    const types = this.#types(old, now);
    if (types.some(({ effect }) => effect === "changed")) return [...types, ...notes];
    const [was, is] = [typesOf(old), typesOf(now)];
    // A keyword says nothing about values of other types.
    const common = new Set([
      ...was.filter((type) => accepts(is, type)),
      ...is.filter((type) => accepts(was, type)),
    ]);
    return [
      ...types,
      ...compareKeywords(old, now, common),
      ...(common.has("object") ? compareProperties(this, old, now) : []),
      ...(common.has("array") ? this.#items(old, now) : []),
      ...this.#subschemas(old, now),
      ...this.#conditions(old, now),
      ...this.#apart(old, now),
      ...compareDiscriminators(this, old, now),
      ...compareDefaults(old, now, this.pair),
      ...notes,
    ];
  }

  #types(old: SchemaObject, now: SchemaObject): Difference[] {
    const [was, is] = [typesOf(old), typesOf(now)];
    const includes = (types: string[], type: string) =>
      accepts(types, type) || (this.pair.text && types.includes("string") && !/array|null|object/.test(type));
    const lost = was.filter((type) => !includes(is, type));
    const won = is.filter((type) => !includes(was, type));
    if (lost.length + won.length === 0) return [];
    // Where one type stands in for the other, as a number for an integer, both keep something in common.
    const apart = lost.length > 0 && won.length > 0;
    const effect: Effect = apart ? "changed" : lost.length > 0 ? "narrowed" : "widened";
    const message = `The type is ${shown(now.type ?? "any")}; it was ${shown(old.type ?? "any")}.`;
    return [{ effect, path: ["type"], message, was: old.type, is: now.type }];
  }

  /** Items by their positions: `prefixItems` first, then `items`. */
  #items(old: SchemaObject, now: SchemaObject): Difference[] {
    const [was, is] = [prefixOf(old), prefixOf(now)];
    const positions = Array.from({ length: Math.max(was.length, is.length) }, (_, index) => index);
    const rest = (schema: SchemaObject) => schema.items ?? true;
    return [
      ...positions.flatMap((index) =>
        below(
          this.compare(was[index] ?? rest(old), is[index] ?? rest(now)),
          ...(index < is.length ? ["prefixItems", String(index)] : ["items"]),
        ),
      ),
      ...below(this.compare(rest(old), rest(now)), "items"),
    ];
  }

  /** Keywords that hold a schema for some part of the value. Where one is absent any part is accepted. */
  #subschemas(old: SchemaObject, now: SchemaObject): Difference[] {
    const single = ["propertyNames", "unevaluatedItems", "unevaluatedProperties", "contentSchema"];
    return [
      ...single.flatMap((keyword) =>
        below(this.compare(old[keyword] ?? true, now[keyword] ?? true), keyword),
      ),
      ...["patternProperties", "dependentSchemas"].flatMap((keyword) => {
        const [was, is] = [membersOf(old, keyword), membersOf(now, keyword)];
        return namesIn(was, is).flatMap((name) =>
          below(this.compare(was[name] ?? true, is[name] ?? true), keyword, name),
        );
      }),
      ...this.#contains(old, now),
    ];
  }

  #contains(old: SchemaObject, now: SchemaObject): Difference[] {
    const [was, is] = [old["contains"], now["contains"]];
    if (was === undefined || is === undefined) return presence("contains", was, is);
    const found = this.compare(was, is);
    const bounded = [old, now].some(({ maxContains }) => maxContains !== undefined);
    // Under an upper bound, items that match more easily are items too many.
    const effects = bounded
      ? found.map((one): Difference => ({ ...one, effect: one.effect === "noted" ? "noted" : "changed" }))
      : found;
    return below(effects, "contains");
  }

  #conditions(old: SchemaObject, now: SchemaObject): Difference[] {
    const found = below(
      old["not"] === undefined && now["not"] === undefined
        ? []
        : inverted(this.compare(old["not"] ?? false, now["not"] ?? false)),
      "not",
    );
    const [was, is] = [old["if"], now["if"]];
    if (was === undefined || is === undefined) {
      const decides = (schema: SchemaObject) => schema["then"] !== undefined || schema["else"] !== undefined;
      return [...found, ...(decides(old) || decides(now) ? presence("if", was, is) : [])];
    }
    const condition = this.compare(was, is).filter(({ effect }) => effect !== "noted");
    return [
      ...found,
      ...(condition.length > 0 ? presence("if", was, is) : []),
      ...["then", "else"].flatMap((keyword) =>
        below(this.compare(old[keyword] ?? true, now[keyword] ?? true), keyword),
      ),
    ];
  }

  /** What `allOf` holds that could not be put together with the rest. */
  #apart(old: SchemaObject, now: SchemaObject): Difference[] {
    const [was, is] = [listOf(old, "allOf"), listOf(now, "allOf")];
    const lost = was.filter((part) => !is.some((other) => isDeepStrictEqual(part, other)));
    const won = is.filter((part) => !was.some((other) => isDeepStrictEqual(part, other)));
    return [
      ...lost.flatMap((part) => presence("allOf", part, undefined)),
      ...won.flatMap((part) => presence("allOf", undefined, part)),
    ];
  }
}

/** Two schemas of one document with the same text are the same, since what they refer to is. */
function textOf(schema: unknown): string {
  return JSON.stringify(schema) ?? "true";
}

function acceptsNothing(schema: SchemaObject): boolean {
  const { not } = schema;
  return not === true || (isObject(not) && Object.keys(not).length === 0);
}

function prefixOf(schema: SchemaObject): Schema[] {
  return listOf(schema, "prefixItems");
}

function listOf(schema: SchemaObject, keyword: string): Schema[] {
  const list = schema[keyword];
  return Array.isArray(list) ? list : [];
}

/** Keeps at most `MAX_DIFFERENCES`, and at least one of each effect. */
function limited(found: Difference[]): Difference[] {
  if (found.length <= MAX_DIFFERENCES) return found;
  const first = [...Map.groupBy(found, ({ effect }) => effect).values()].flatMap((group) =>
    group.slice(0, 1),
  );
  return [...new Set([...first, ...found.slice(0, MAX_DIFFERENCES)])];
}
