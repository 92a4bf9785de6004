/** `x-fill`: what an answer takes from the request. Its grammar is in `openapi/extensions/x-fill.mjs`. */

import { isEach, itemFor } from "../../document/each.ts";
import { pieces } from "../../openai/tokens.ts";
import { copy, isObject, type Json } from "../../shared/json.ts";
import { at, put } from "../../shared/pointer.ts";
import type { Random } from "../../shared/random.ts";
import { RequestProblem } from "../engine/request-problem.ts";
import { type Context, evaluate, interpolate, locate } from "./expression.ts";
import { sampled } from "./sampler.ts";

type Expressions = Record<string, string>;
type Sources = Record<string, Json>;

/** What sources need that make something up. */
export interface Making {
  /** Decides the sampled values. */
  seed: () => number;
  /** Decides the IDs. */
  random: Random;
  /** Milliseconds since 1970-01-01; undefined keeps the times of the example. */
  now: number | undefined;
  /** How many bytes the items may have that are made for a list of the request. Default: no bound. */
  limit?: number;
}

/**
 * Puts what the sources yield into the value. A source that yields nothing leaves what the example has.
 *
 * @param value the example's value; it is changed
 * @returns the filled value
 * @throws {RequestProblem} 400 for a JSON Schema of the request that cannot be sampled, a `where` without its item, or a
 *   list that would make the answer too large
 */
export async function fill(value: Json, sources: Sources, context: Context, making: Making): Promise<Json> {
  let filled = value;
  const around: Context = { ...context, response: filled };
  const ids = new Map<Json, string>();
  const repeated = new Set<string>();
  for (const [pointer, source] of Object.entries(sources)) {
    if (isEach(source)) continue;
    if (isObject(source) && typeof source["each"] === "string") {
      repeat(filled, pointer, source as { each: string; as?: string }, context, making, repeated);
      continue;
    }
    const known = at(filled, pointer) as Json | undefined;
    const taken =
      known !== undefined && isObject(source) && "fresh" in source
        ? fresh(known, source as { fresh: string }, making, ids)
        : asType(known, await take(source, around, making.seed));
    if (taken === undefined) continue;
    filled = put(filled, pointer, taken);
    around.response = filled;
  }
  return filled;
}

/** A text, as paths, queries and headers have it, as the number or boolean that the example has in its place. */
function asType(known: Json | undefined, taken: Json | undefined): Json | undefined {
  if (typeof taken !== "string") return taken;
  if (typeof known === "number" && taken.trim() !== "" && Number.isFinite(Number(taken)))
    return Number(taken);
  return typeof known === "boolean" && /^(true|false)$/.test(taken) ? taken === "true" : taken;
}

/** Repeats the first item of a list, once for each value of a list of the request. */
function repeat(
  filled: Json,
  pointer: string,
  source: { each: string; as?: string },
  context: Context,
  { limit = Number.POSITIVE_INFINITY }: Making,
  repeated: Set<string>,
): void {
  const [list = "", member = ""] = pointer.split("/*");
  const items = at(filled, list);
  const found = evaluate(source.each, context);
  if (!Array.isArray(items) || items[0] === undefined || found === undefined) return;
  const values = Array.isArray(found) ? found : [found];
  if (!repeated.has(list)) {
    const size = values.length * JSON.stringify(items[0]).length;
    if (size > limit)
      throw new RequestProblem(
        400,
        "answer_too_large",
        `The answer would have ${values.length} items, ${Math.ceil(size / 1024 ** 2)} MiB in all. Ask for less.`,
        { field: fieldOf(source.each) },
      );
    const [first] = items;
    items.length = 0;
    for (const _ of values) items.push(copy(first));
    repeated.add(list);
  }
  for (const [index, item] of values.entries())
    items[index] = itemFor(items[index] as Json, member, source, copy(item), index);
}

/** Another value of the form of the example's. */
function fresh(
  value: Json,
  { fresh: kind }: { fresh: string },
  { random, now }: Making,
  ids: Map<Json, string>,
): Json | undefined {
  if (kind === "id") {
    if (!ids.has(value)) ids.set(value, random.id(String(value)));
    return ids.get(value);
  }
  if (now === undefined) return undefined;
  if (typeof value !== "number") return new Date(now).toISOString();
  // Seconds have less than twelve digits until the year 5138.
  return value > 99_999_999_999 ? now : Math.floor(now / 1000);
}

async function take(source: Json, context: Context, seed: () => number): Promise<Json | undefined> {
  if (Array.isArray(source)) {
    for (const alternative of source) {
      const taken = await take(alternative, context, seed);
      if (taken !== undefined) return taken;
    }
    return undefined;
  }
  if (typeof source === "string") {
    const found = source.startsWith("$") ? evaluate(source, context) : interpolate(source, context);
    return found === undefined ? undefined : copy(found);
  }
  if (isObject(source) && "tokens" in source) {
    const texts = [source["tokens"]].flat().map((one) => evaluate(String(one), context));
    return texts.reduce<number>((sum, text) => sum + (text === undefined ? 0 : tokensIn(text)), 0);
  }
  const { sample: expression, where, as } = source as { sample: string; where?: Expressions; as?: "json" };
  const resolved = where ? pick(expression, where, context) : expression;
  if (resolved === undefined || evaluate(parentOf(resolved), context) === undefined) return undefined;
  // A tool without parameters takes no arguments: where its schema is missing, the value is an empty object.
  const schema = evaluate(resolved, context) ?? { type: "object", properties: {} };
  const value = await sampled(schema, seed(), fieldOf(resolved));
  return as === "json" ? JSON.stringify(value) : value;
}

/** How many tokens the texts in a value have; a number in a list stands for a token itself. */
function tokensIn(value: Json): number {
  if (typeof value === "string") return pieces(value).length;
  if (Array.isArray(value))
    return value.reduce<number>((sum, item) => sum + (typeof item === "number" ? 1 : tokensIn(item)), 0);
  return isObject(value) ? tokensIn(Object.values(value) as Json[]) : 0;
}

/**
 * The expression with the index of the item that `where` means in place of `*`; undefined without a list, or without
 * anything to compare with.
 *
 * @throws {RequestProblem} 400 when the request names an item that its list does not have
 */
function pick(expression: string, where: Expressions, context: Context): string | undefined {
  const [list = "", member = ""] = expression.split("/*");
  const items = evaluate(list, context);
  if (!Array.isArray(items)) return undefined;
  const index = items.findIndex((item) =>
    Object.entries(where).every(([pointer, wanted]) => {
      const found = locate(item, pointer);
      return found !== undefined && found === evaluate(wanted, context);
    }),
  );
  if (index !== -1) return `${list}/${index}${member}`;
  for (const wanted of Object.values(where)) {
    const named = evaluate(wanted, context);
    if (named === undefined) return undefined;
    const field = fieldOf(wanted);
    const detail = `${field}: ${JSON.stringify(named)} names none of ${fieldOf(list)}`;
    throw new RequestProblem(400, "invalid_value", detail, { field });
  }
  return undefined;
}

function parentOf(expression: string): string {
  return expression.slice(0, expression.lastIndexOf("/"));
}

/** `$request.body#/tools/0/function/parameters` as `tools.0.function.parameters`. */
function fieldOf(expression: string): string {
  return (expression.split("#/")[1] ?? expression).replaceAll("/", ".");
}
