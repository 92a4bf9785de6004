/**
 * Which object of an OpenAPI document is of which kind, as one table, and a walk over a document by that table. What the
 * table does not name is data: examples, defaults, extensions. A `$ref` in data is not a reference.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html for the kinds ("objects") and their members
 */
import { isObject } from "../shared/json.ts";
import { METHODS } from "./model.ts";

export type Kind =
  | "document"
  | "info"
  | "paths"
  | "components"
  | "pathItem"
  | "operation"
  | "codeSample"
  | "text"
  | "callback"
  | "responses"
  | "response"
  | "parameter"
  | "header"
  | "requestBody"
  | "mediaType"
  | "encoding"
  | "example"
  | "link"
  | "securityScheme"
  | "schema";

/** A member holds an object of a kind (`schema`), a list of them (`schema[]`) or a map by name (`schema{}`). */
export type Slot = Kind | `${Kind}[]` | `${Kind}{}`;

const all = (keys: readonly string[], slot: Slot) => Object.fromEntries(keys.map((key) => [key, slot]));

const CONTENT: Record<string, Slot> = { content: "mediaType{}" };
const PARAMETER: Record<string, Slot> = { schema: "schema", ...CONTENT, examples: "example{}" };

const MEMBERS: Record<Kind, Record<string, Slot>> = {
  document: { info: "info", paths: "paths", webhooks: "pathItem{}", components: "components" },
  info: {},
  paths: {},
  components: {
    schemas: "schema{}",
    responses: "response{}",
    parameters: "parameter{}",
    examples: "example{}",
    requestBodies: "requestBody{}",
    headers: "header{}",
    securitySchemes: "securityScheme{}",
    links: "link{}",
    callbacks: "callback{}",
    pathItems: "pathItem{}",
    mediaTypes: "mediaType{}",
  },
  pathItem: {
    parameters: "parameter[]",
    ...all([...METHODS, "query"], "operation"),
    additionalOperations: "operation{}",
  },
  operation: {
    parameters: "parameter[]",
    requestBody: "requestBody",
    responses: "responses",
    callbacks: "callback{}",
    "x-codeSamples": "codeSample[]",
  },
  codeSample: { source: "text" },
  text: {},
  callback: {},
  responses: {},
  response: { headers: "header{}", ...CONTENT, links: "link{}" },
  parameter: PARAMETER,
  header: PARAMETER,
  requestBody: CONTENT,
  mediaType: {
    schema: "schema",
    itemSchema: "schema",
    examples: "example{}",
    encoding: "encoding{}",
    prefixEncoding: "encoding[]",
    itemEncoding: "encoding",
  },
  encoding: { headers: "header{}" },
  example: {},
  link: {},
  securityScheme: {},
  schema: {
    ...all(["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"], "schema{}"),
    ...all(["allOf", "anyOf", "oneOf", "prefixItems"], "schema[]"),
    ...all(["items", "contains", "unevaluatedItems", "additionalProperties"], "schema"),
    ...all(["unevaluatedProperties", "propertyNames", "not", "if", "then", "else"], "schema"),
    contentSchema: "schema",
  },
};

/** The kinds whose members are named freely: by path, status or expression. An `x-` member is an extension. */
const ENTRIES: Partial<Record<Kind, Kind>> = {
  paths: "pathItem",
  callback: "pathItem",
  responses: "response",
};

/** The member of `components` that holds each kind in OpenAPI 3.1. A kind without one is never a component there. */
export const SECTIONS = new Map<Kind, string>(
  Object.entries(MEMBERS.components)
    .map(([section, slot]): [Kind, string] => [kindIn(slot), section])
    .filter(([kind]) => kind !== "mediaType"),
);

/** What a member of an object of this kind holds; undefined for data. */
export function slotOf(kind: Kind, name: string): Slot | undefined {
  if (Object.hasOwn(MEMBERS[kind], name)) return MEMBERS[kind][name];
  if (name.startsWith("x-")) return undefined;
  // Texts are often kept in Markdown files.
  return ENTRIES[kind] ?? (name === "description" ? "text" : undefined);
}

/** The kind of the objects in a slot. */
export function kindIn(slot: Slot): Kind {
  return slot.replace(/\W+$/, "") as Kind;
}

export type Path = readonly (string | number)[];

/** An object of a document: what it is, where it stands, and how to put something else there. */
export interface Part {
  node: Record<string, unknown>;
  kind: Kind;
  /** What stands there as a whole: the object, or a reference to a list or map of such objects. */
  slot: Slot;
  path: Path;
  replace(value: unknown): void;
}

/**
 * Yields each object of a document, outer before inner. References are yielded, not followed. The document may be
 * changed during the walk: the members of what replaces an object are walked next.
 *
 * @param node the document, or a part of one that `slot` describes
 */
export function* walk(node: unknown, slot: Slot = "document", path: Path = []): Generator<Part> {
  yield* walkSlot({ node }, "node", slot, path);
}

function* walkSlot(
  holder: Record<string, unknown> | unknown[],
  name: string | number,
  slot: Slot,
  path: Path,
): Generator<Part> {
  const members = holder as Record<string | number, unknown>;
  const value = members[name];
  const kind = kindIn(slot);
  if (isObject(value) && (kind === slot || typeof value["$ref"] === "string")) {
    const replace = (other: unknown) => {
      members[name] = other;
    };
    yield { node: value, kind, slot, path, replace };
    const now = members[name];
    if (kind !== slot || !isObject(now)) return;
    for (const key of Object.keys(now)) {
      const inner = slotOf(kind, key);
      if (inner !== undefined) yield* walkSlot(now, key, inner, [...path, key]);
    }
  } else if (slot.endsWith("]") && Array.isArray(value)) {
    for (const index of value.keys()) yield* walkSlot(value, index, kind, [...path, index]);
  } else if (slot.endsWith("}") && isObject(value)) {
    for (const key of Object.keys(value)) yield* walkSlot(value, key, kind, [...path, key]);
  }
}
