/** What is what in an OpenAPI document: a walk over its objects that knows the kind of each. References are not followed. */
const map = (kind) => ({ map: kind });
const list = (kind) => ({ list: kind });
/** A map by name may hold any name; one by path or status may be extended beside them. */
const extensible = (kind) => ({ map: kind, extensible: true });

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** The members of each kind that are objects of a kind of their own. All others are plain objects, or data. */
const MEMBERS = {
  document: {
    paths: extensible("path item"),
    webhooks: map("path item"),
    components: "components",
    servers: list("object"),
    tags: list("object"),
  },
  components: {
    schemas: map("schema"),
    responses: map("response"),
    parameters: map("parameter"),
    examples: map("example"),
    requestBodies: map("request body"),
    headers: map("parameter"),
    securitySchemes: map("object"),
    links: map("object"),
    callbacks: map(extensible("path item")),
    pathItems: map("path item"),
  },
  "path item": {
    parameters: list("parameter"),
    servers: list("object"),
    ...Object.fromEntries(METHODS.map((method) => [method, "operation"])),
  },
  operation: {
    parameters: list("parameter"),
    requestBody: "request body",
    responses: extensible("response"),
    callbacks: map(extensible("path item")),
    servers: list("object"),
    security: list("names"),
  },
  parameter: { schema: "schema", content: map("media type"), examples: map("example") },
  "request body": { content: map("media type") },
  "media type": {
    schema: "schema",
    itemSchema: "schema",
    examples: map("example"),
    encoding: map("encoding"),
  },
  encoding: { headers: map("parameter") },
  response: { headers: map("parameter"), content: map("response media type"), links: map("object") },
  "response media type": { schema: "schema", itemSchema: "schema", examples: map("response example") },
  example: { value: "data" },
  "response example": { value: "data" },
  schema: {
    ...Object.fromEntries(
      ["properties", "patternProperties", "dependentSchemas", "$defs"].map((key) => [key, map("schema")]),
    ),
    ...Object.fromEntries(["allOf", "anyOf", "oneOf", "prefixItems"].map((key) => [key, list("schema")])),
    ...Object.fromEntries(
      [
        ...["items", "contains", "unevaluatedItems", "additionalProperties", "unevaluatedProperties"],
        ...["propertyNames", "not", "if", "then", "else", "contentSchema"],
      ].map((key) => [key, "schema"]),
    ),
    ...Object.fromEntries(["enum", "const", "default", "examples"].map((key) => [key, "data"])),
    discriminator: "discriminator",
    externalDocs: "external docs",
  },
  discriminator: { mapping: "data" },
  object: { security: list("data"), scopes: "data", variables: map("object"), enum: "data", mapping: "data" },
};

/** The parts of the documents that were walked: many rules look at the same one. */
const walked = new WeakMap();

/** The parts of a document, as `parts` yields them. Each document is walked once: it may not change in between. */
export function walk(document) {
  if (!walked.has(document)) walked.set(document, [...parts(document)]);
  return walked.get(document);
}

/**
 * Yields `{ node, kind, path, parent }` for each object of the document, outer before inner; `parent` is the kind of
 * the object that it is in. Data (examples, defaults, extensions) is left out.
 */
function* parts(node, kind = "document", path = [], parent = undefined) {
  if (typeof node !== "object" || node === null || kind === "data") return;
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries()) yield* parts(item, kind, [...path, index], parent);
    return;
  }
  yield { node, kind, path, parent };
  for (const [key, value] of Object.entries(node)) {
    if (!key.startsWith("x-") && key !== "example")
      yield* walkMember(value, memberKind(kind, key), [...path, key], kind);
  }
}

function* walkMember(value, kind, path, parent) {
  if (typeof kind === "string") yield* parts(value, kind, path, parent);
  else if (kind.list) yield* parts(value, kind.list, path, parent);
  else if (typeof value === "object" && value !== null) {
    if (kind.extensible)
      yield { node: pick(value, (name) => name.startsWith("x-")), kind: "object", path, parent };
    for (const [name, item] of Object.entries(value)) {
      if (!kind.extensible || !name.startsWith("x-"))
        yield* walkMember(item, kind.map, [...path, name], parent);
    }
  }
}

function memberKind(kind, key) {
  // A name such as `toString` is a member of every object, and of none of these.
  const members = Object.hasOwn(MEMBERS, kind) ? MEMBERS[kind] : {};
  return Object.hasOwn(members, key) ? members[key] : kind === "schema" ? "data" : "object";
}

function pick(object, test) {
  return Object.fromEntries(Object.entries(object).filter(([key]) => test(key)));
}
