/** `x-fill`: what an answer takes from the request. Its grammar is in `openapi/extensions/x-fill.mjs`. */

import { isEach } from "../../document/each.ts";
import { copy, type Json } from "../../shared/json.ts";
import { put } from "../../shared/pointer.ts";
import { RequestProblem } from "../engine/request-problem.ts";
import { type Context, evaluate, interpolate, locate } from "./expression.ts";
import { sampled } from "./sampler.ts";

type Expressions = Record<string, string>;

/**
 * Puts what the sources yield into the value. A source that yields nothing leaves what the example has.
 *
 * @param value the example's value; it is changed
 * @param seed decides the sampled values
 * @returns the filled value
 * @throws {RequestProblem} 400 for a JSON Schema of the request that cannot be sampled, or a `where` without its item
 */
export async function fill(
  value: Json,
  sources: Record<string, Json>,
  context: Context,
  seed: () => number,
): Promise<Json> {
  let filled = value;
  for (const [pointer, source] of Object.entries(sources)) {
    if (isEach(source)) continue;
    const taken = await take(source, context, seed);
    if (taken !== undefined) filled = put(filled, pointer, taken);
  }
  return filled;
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
  const { sample: expression, where, as } = source as { sample: string; where?: Expressions; as?: "json" };
  const resolved = where ? pick(expression, where, context) : expression;
  if (resolved === undefined || evaluate(parentOf(resolved), context) === undefined) return undefined;
  // A tool without parameters takes no arguments: where its schema is missing, the value is an empty object.
  const schema = evaluate(resolved, context) ?? { type: "object", properties: {} };
  const value = await sampled(schema, seed(), fieldOf(resolved));
  return as === "json" ? JSON.stringify(value) : value;
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
