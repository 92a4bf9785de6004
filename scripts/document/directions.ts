/** Schemas by direction: members that only answers have (`readOnly`), or only requests (`writeOnly`). */

import { isObject } from "../shared/json.ts";
import { parsePointer, toPointer } from "../shared/pointer.ts";
import type { Document, Schema, SchemaObject } from "./model.ts";
import { type Part, type Slot, walk } from "./structure.ts";

/**
 * Leaves read-only members out of what requests send, and write-only members out of what answers hold. A component
 * schema that both use, and that differs between them, becomes two: the component itself, as in answers, and
 * `{name}Writable`, as in requests.
 *
 * @returns the same document where no member has a direction; else a copy, in which no reference of a request leads to a
 *   schema with read-only members
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-9.4
 */
export function splitDirections(original: Document): Document {
  if (!hasDirections(original)) return original;
  const document = structuredClone(original);
  const schemas = (document.components?.["schemas"] ?? {}) as Record<string, Schema>;
  const graph = graphOf(schemas);
  const directed = closure(graph.users, [...graph.directed]);

  const parts = [...walk(document)].filter(({ path }) => path[1] !== "schemas");
  const requests = parts.filter(isOutermostSchema).filter(isOfRequest);
  const answers = parts.filter(isOutermostSchema).filter((part) => !isOfRequest(part));
  const inRequests = closure(
    graph.uses,
    requests.flatMap(({ node }) => [...referred(node)]),
  );
  const inAnswers = closure(
    graph.uses,
    answers.flatMap(({ node }) => [...referred(node)]),
  );

  const writable = new Map<string, string>();
  for (const name of directed) {
    if (!inRequests.has(name) || !inAnswers.has(name)) continue;
    let other = `${name}Writable`;
    while (other in schemas) other += "_";
    writable.set(name, other);
    schemas[other] = structuredClone(schemas[name] as Schema);
  }
  for (const [name, other] of writable) {
    strip(schemas[other], "readOnly");
    redirect(schemas[other], writable);
    strip(schemas[name], "writeOnly");
  }
  for (const name of directed)
    if (!writable.has(name)) strip(schemas[name], inRequests.has(name) ? "readOnly" : "writeOnly");
  for (const { node } of requests) {
    strip(node, "readOnly");
    redirect(node, writable);
  }
  for (const { node } of answers) strip(node, "writeOnly");
  return document;
}

/** The component schema that a reference leads to. */
function nameIn(reference: unknown): string | undefined {
  if (typeof reference !== "string") return undefined;
  const [top, section, name, ...rest] = parsePointer(reference);
  return top === "components" && section === "schemas" && rest.length === 0 ? name : undefined;
}

/** The component schemas that a schema refers to, itself or in its parts. */
function* referred(schema: unknown): Generator<string> {
  for (const { node } of walk(schema, "schema")) {
    const name = nameIn(node["$ref"]);
    if (name !== undefined) yield name;
  }
}

function graphOf(schemas: Record<string, Schema>) {
  const uses = new Map<string, Set<string>>();
  const users = new Map<string, Set<string>>();
  for (const [user, schema] of Object.entries(schemas)) {
    uses.set(user, new Set(referred(schema)));
    for (const used of referred(schema)) users.set(used, (users.get(used) ?? new Set()).add(user));
  }
  const directed = Object.keys(schemas).filter((name) => hasDirections(schemas[name], "schema"));
  return { uses, users, directed };
}

/** The names from which or to which these lead, over any number of steps. */
function closure(edges: ReadonlyMap<string, ReadonlySet<string>>, names: string[]): Set<string> {
  const found = new Set(names);
  for (const name of found) for (const next of edges.get(name) ?? []) found.add(next);
  return found;
}

function hasDirections(node: unknown, slot: Slot = "document"): boolean {
  for (const part of walk(node, slot))
    if (part.kind === "schema" && (part.node["readOnly"] === true || part.node["writeOnly"] === true))
      return true;
  return false;
}

/** Whether a part is a schema that is not inside another one. */
function isOutermostSchema({ kind, path }: Part): boolean {
  const holder = path.at(-1);
  return kind === "schema" && (holder === "schema" || holder === "itemSchema") && !isNested(path);
}

const isNested = (path: Part["path"]) =>
  path.slice(0, -1).some((key, index) => key === "schema" && path[index + 1] === "properties");

function isOfRequest({ path }: Part): boolean {
  const request = /^(requestBody|requestBodies|parameters)$/;
  return path.some((key) => typeof key === "string" && request.test(key));
}

function strip(schema: unknown, keyword: "readOnly" | "writeOnly"): void {
  for (const { node } of walk(schema, "schema")) {
    const { properties } = node as SchemaObject;
    if (!isObject(properties)) continue;
    const gone = Object.keys(properties).filter((name) => {
      const property = properties[name] as Schema | undefined;
      return isObject(property) && (property as SchemaObject)[keyword] === true;
    });
    for (const name of gone) delete (properties as Record<string, Schema>)[name];
    const { required } = node as SchemaObject;
    if (gone.length > 0 && required) node["required"] = required.filter((name) => !gone.includes(name));
  }
}

function redirect(schema: unknown, writable: ReadonlyMap<string, string>): void {
  for (const { node } of walk(schema, "schema")) {
    const other = writable.get(nameIn(node["$ref"]) ?? "");
    if (other !== undefined) node["$ref"] = `#${toPointer(["components", "schemas", other])}`;
  }
}
