/** Requests on both sides of each limit of the contract, made from its schemas. */
import type { Schema, SchemaObject } from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import { members, parts } from "../../document/schemas.ts";
import { copy, isObject, type Json, type Members } from "../../shared/json.ts";
import { put } from "../../shared/pointer.ts";
import { type Contract, type ContractOperation, isPassedThrough } from "../compiled-contract.ts";

/** A request body that differs from a valid one in a single place. */
export interface Mutation {
  /** What is different: `temperature is 2.1`. */
  name: string;
  /** A JSON Pointer to the place; empty for the whole body. */
  pointer: string;
  body: Json;
  valid: boolean;
  passedThrough: boolean;
}

/** How deep bodies are walked. */
const DEPTH = 6;
/** Longer texts and lists than that are not made. */
const LONGEST = 2000;
/** No enumeration has this value, and no pattern for names matches it. */
const STRANGE = "not one of these!";
const OTHER_TYPES: Json[] = ["text", 5, true, [], {}];

const KNOWN = new WeakMap<ContractOperation, { key: string; found: Mutation[] }>();

/**
 * Mutations of the given bodies: members on both edges of their ranges, of a wrong type, unknown values, missing
 * members. Each place of the schema is changed once in each way, whatever the number of bodies that have it. Runs over the same contract and the same bodies share them.
 *
 * @param bodies valid bodies; members that none of them has are added to the first
 */
export function mutations(
  contract: Contract,
  operation: ContractOperation,
  bodies: Json[],
): readonly Mutation[] {
  const key = JSON.stringify(bodies);
  const known = KNOWN.get(operation);
  if (known?.key === key) return known.found;
  const found = makeMutations(contract, operation, bodies);
  KNOWN.set(operation, { key, found });
  return found;
}

function makeMutations(contract: Contract, { body: schema }: ContractOperation, bodies: Json[]): Mutation[] {
  const [base] = bodies;
  if (schema === undefined || base === undefined) return [];
  const valid = contract.check(schema);
  const seen = new Set<string>();
  const found: Mutation[] = [];
  const offer = (body: Json, pointer: string, name: string, wanted: boolean, passedThrough: boolean) => {
    const key = `${pointer.replaceAll(/\/\d+/g, "/*")} ${name.replace(/^\S+ /, "")}`;
    if (seen.has(key) || (valid(body).length === 0) !== wanted) return false;
    seen.add(key);
    found.push({ name, pointer, body, valid: wanted, passedThrough });
    return true;
  };

  const change = (whole: Json, pointer: string, of: SchemaObject, passed: boolean) => {
    const label = pointer.slice(1).replaceAll("/", ".");
    const set = (value: Json) => put(copy(whole), pointer, value);
    for (const { value, inside } of edges(contract, of))
      offer(set(value), pointer, `${label} is ${shown(value)}`, inside, passed);
    for (const value of OTHER_TYPES)
      if (offer(set(value), pointer, `${label} is of another type`, false, passed)) break;
  };

  const walk = (whole: Json, node: Json, of: Schema, pointer: string, passed: boolean, depth: number) => {
    if (depth > DEPTH) return;
    const { document } = contract;
    if (Array.isArray(node)) {
      const items = [...parts(document, of)].map((part) => part.items).find((one) => one !== undefined);
      if (items === undefined) return;
      for (const [index, item] of node.entries()) {
        const at = `${pointer}/${index}`;
        change(whole, at, resolved(contract, items), passed);
        walk(whole, item, items, at, passed, depth + 1);
      }
    }
    if (!isObject(node)) return;
    for (const [name, inner] of members(document, of)) {
      const at = `${pointer}/${name}`;
      const through = passed || isPassedThrough(inner);
      const holder = name in node ? whole : put(copy(whole), pointer, { ...node, [name]: null });
      // Members that the body lacks are tried at the top alone: below, they depend on the variant of their object.
      if (!(name in node) && depth > 0) continue;
      change(holder, at, inner, through);
      if (!(name in node)) continue;
      // Without a member that may be left out, the object as a whole is wrong, such as an empty one.
      const isRequired = [...parts(document, of)].some(({ required }) => required?.includes(name));
      offer(
        without(whole, node, pointer, name),
        isRequired ? at : pointer,
        `${at.slice(1).replaceAll("/", ".")} is missing`,
        false,
        through,
      );
      walk(whole, node[name] ?? null, inner, at, through, depth + 1);
    }
  };
  for (const body of bodies) walk(body, body, schema, "", false, 0);
  return found;
}

function without(whole: Json, node: Members, pointer: string, name: string): Json {
  const { [name]: _, ...rest } = node;
  return put(copy(whole), pointer, rest);
}

function resolved({ document }: Contract, schema: Schema): SchemaObject {
  return typeof schema === "object" ? deref(document, schema as SchemaObject) : {};
}

interface Edge {
  value: Json;
  /** Whether the schema's own limit allows it. */
  inside: boolean;
}

/** The values next to each limit of a schema, and one that none of its enumerations has. */
function edges(contract: Contract, schema: SchemaObject): Edge[] {
  return [...parts(contract.document, schema)].flatMap((part) => {
    const number = (name: string) => (typeof part[name] === "number" ? part[name] : undefined);
    const step = [part.type].flat().includes("integer") ? 1 : 0.1;
    const [min, max] = [number("minimum"), number("maximum")];
    const [least, most] = [number("minLength"), number("maxLength")];
    const [fewest, many] = [number("minItems"), number("maxItems")];
    const text = (length: number) => "x".repeat(length);
    const items = (length: number) => Array.from({ length }, () => sampleOf(contract, part.items ?? true));
    const outside = (value: Json): Edge => ({ value, inside: false });
    const inside = (value: Json): Edge => ({ value, inside: true });
    const around = (value: number | undefined, next: number, make: (value: number) => Json): Edge[] =>
      value === undefined || value > LONGEST || next < 0 ? [] : [inside(make(value)), outside(make(next))];
    return [
      ...(min === undefined ? [] : [inside(min), outside(round(min - step))]),
      ...(max === undefined ? [] : [inside(max), outside(round(max + step))]),
      // A text of the right length may still mean nothing: a model "x", a URL "x". Only the wrong side is sure.
      ...around(least, (least ?? 0) - 1, text).filter(({ inside: allowed }) => !allowed),
      ...around(most, (most ?? 0) + 1, text).filter(({ inside: allowed }) => !allowed),
      ...([part.type].flat().includes("integer") ? [outside((min ?? 0) + 0.5)] : []),
      ...around(fewest, (fewest ?? 0) - 1, items),
      ...around(many, (many ?? 0) + 1, items),
      ...(part.enum || part.const !== undefined || part["pattern"] ? [outside(STRANGE)] : []),
    ];
  });
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** A value that fits a schema in most cases: a documented one, else the smallest of its type. */
function sampleOf(contract: Contract, schema: Schema): Json {
  const part = [...parts(contract.document, schema)][0] ?? {};
  const examples = Array.isArray(part["examples"]) ? (part["examples"] as Json[]) : [];
  const given = [...examples, part.const, part.default, ...(part.enum ?? [])].find(
    (value) => value !== undefined,
  );
  if (given !== undefined) return given;
  if (Array.isArray(part["oneOf"] ?? part["anyOf"]))
    return sampleOf(contract, ((part["oneOf"] ?? part["anyOf"]) as Schema[])[0] ?? true);
  switch ([part.type].flat()[0]) {
    case "object":
      return Object.fromEntries(
        members(contract.document, part)
          .filter(([name]) => part.required?.includes(name))
          .map(([name, inner]) => [name, sampleOf(contract, inner)]),
      );
    case "array":
      return [];
    case "integer":
    case "number":
      return Number(part["minimum"] ?? 1);
    case "boolean":
      return true;
    default:
      return "text";
  }
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  if (text.length <= 40) return text;
  return Array.isArray(value) ? `a list of ${value.length}` : `a text of ${String(value).length} characters`;
}
