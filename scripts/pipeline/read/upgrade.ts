/** Brings OpenAPI 3.0 and 3.2 to 3.1, so that every stage sees one dialect. */
import type { Document, Schema, SchemaObject } from "../../document/model.ts";
import { type Part, type Path, walk } from "../../document/structure.ts";
import type { Place, Problem } from "../../shared/input-error.ts";
import { isObject, type Json } from "../../shared/json.ts";
import { essence } from "../../shared/media-types.ts";
import { itemsAsText } from "./item-schema.ts";
import { readJsonExamples } from "./json-examples.ts";

const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/**
 * Rewrites what OpenAPI 3.1 says otherwise. Keywords of 3.0 in a later document are read as 3.0 means them.
 *
 * @param document is changed
 * @returns what 3.1 cannot say and is left out, each with its place
 * @see https://learn.openapis.org/upgrading/v3.0-to-v3.1.html
 */
export function upgrade(document: Document, locate: (path: Path) => Place): Problem[] {
  const warnings: Problem[] = [];
  for (const part of walk(document)) {
    const { node, kind, path } = part;
    const leaveOut = (holder: Record<string, unknown>, name: string, at: Path, what: string) => {
      warnings.push({ place: locate(at), message: `${what} is left out.`, advice: ADVICE });
      delete holder[name];
    };
    if (kind === "schema") warnings.push(...upgradeSchema(part, locate));
    if (kind === "mediaType") {
      const type = essence(String(path.at(-1)));
      itemsAsText(document, node, type);
      for (const names of readJsonExamples(document, node, type))
        warnings.push({
          place: locate([...path, ...names]),
          message: "The example is text that is not JSON, though its media type is. It is left out.",
          advice: "Write the example as YAML or JSON, without quotes around it.",
        });
    }
    if (kind === "example") upgradeExample(node);
    if (kind !== "pathItem") continue;
    if (isObject(node["query"])) leaveOut(node, "query", [...path, "query"], `QUERY ${path.at(-1)}`);
    const additional = node["additionalOperations"];
    for (const method of Object.keys(isObject(additional) ? additional : {}))
      leaveOut(
        additional as Record<string, unknown>,
        method,
        [...path, "additionalOperations", method],
        `${method} ${path.at(-1)}, of additionalOperations,`,
      );
    delete node["additionalOperations"];
  }
  delete document.components?.["mediaTypes"];
  delete (document as { $self?: unknown }).$self;
  if (!document.openapi.startsWith("3.1.")) document.openapi = "3.1.1";
  // The default dialect of OpenAPI is this one with annotations, and Prism validates nothing by that.
  if (
    /^https:\/\/spec\.openapis\.org\/oas\//.test(
      document.jsonSchemaDialect ?? "https://spec.openapis.org/oas/",
    )
  )
    document.jsonSchemaDialect = DIALECT;
  document.info.version ??= "0.0.0";
  return warnings;
}

const ADVICE = "No tool that reads OpenAPI 3.1 has this method. Use another one, such as POST.";

function upgradeExample(example: Record<string, unknown>): void {
  for (const name of ["dataValue", "serializedValue"]) {
    if (example[name] === undefined) continue;
    example["value"] ??= example[name];
    delete example[name];
  }
}

function upgradeSchema({ node, path, replace }: Part, locate: (path: Path) => Place): Problem[] {
  const schema = node as SchemaObject;
  limits(schema, "minimum", "exclusiveMinimum");
  limits(schema, "maximum", "exclusiveMaximum");
  if ("example" in schema) {
    schema["examples"] ??= [schema["example"]];
    delete schema["example"];
  }
  // Some documents have the named examples of a media type here.
  if (isObject(schema["examples"]))
    schema["examples"] = Object.values(schema["examples"]).map((example) =>
      isObject(example) && "value" in example ? example["value"] : example,
    );
  for (const keyword of ["required", "type"])
    if (Array.isArray(schema[keyword])) schema[keyword] = [...new Set(schema[keyword])];
  if (schema.type?.length === 0) delete schema.type;
  const warnings: Problem[] = [];
  if (schema.enum?.length === 0) {
    delete schema.enum;
    warnings.push({
      place: locate([...path, "enum"]),
      message: '"enum" has no values, so that nothing would be valid. It is left out.',
      advice: "List the values, or remove the keyword.",
    });
  }
  if (typeof schema["nullable"] === "boolean") {
    const { nullable, ...rest } = schema;
    delete schema["nullable"];
    if (nullable) admitNull(schema, rest, replace);
  }
  return warnings;
}

/** `minimum: 0, exclusiveMinimum: true` of 3.0 is `exclusiveMinimum: 0`. */
function limits(schema: SchemaObject, limit: string, exclusive: string): void {
  if (typeof schema[exclusive] !== "boolean") return;
  if (schema[exclusive] && typeof schema[limit] === "number") {
    schema[exclusive] = schema[limit];
    delete schema[limit];
  } else delete schema[exclusive];
}

const NULL = { type: "null" };

/** What 3.0 calls `nullable`: `null` is one more type, one more value of an enum, or one more branch of a union. */
function admitNull(schema: SchemaObject, { $ref, ...rest }: SchemaObject, replace: Part["replace"]): void {
  if ($ref !== undefined || Array.isArray(schema["allOf"])) {
    const annotations = [
      "title",
      "description",
      "default",
      "examples",
      "deprecated",
      "readOnly",
      "writeOnly",
    ];
    const outer: SchemaObject = {};
    for (const name of annotations) {
      if (!(name in schema)) continue;
      outer[name] = schema[name];
      delete schema[name];
    }
    const [only, ...others] = Array.isArray(schema["allOf"]) ? (schema["allOf"] as Schema[]) : [];
    const alone = Object.keys(schema).length === 1 && only !== undefined && others.length === 0;
    replace({ anyOf: [alone ? only : schema, NULL], ...outer });
    return;
  }
  const union = ["anyOf", "oneOf"]
    .map((keyword) => schema[keyword])
    .find((branches) => Array.isArray(branches));
  // Null would fit two branches of oneOf.
  if (union && !union.some(admitsNull)) union.push({ ...NULL });
  const types = [schema.type ?? impliedType(rest)].flat().filter((type) => type !== undefined);
  if (types.length > 0) schema.type = [...new Set([...types, "null"])];
  if (schema.enum && !schema.enum.includes(null)) schema.enum = [...schema.enum, null];
}

function admitsNull(branch: unknown): boolean {
  return isObject(branch) && (branch["nullable"] === true || [branch["type"]].flat().includes("null"));
}

/** The type that a schema without `type` describes; undefined if it could be any, and so is `null` already. */
function impliedType(schema: Record<string, unknown>): string | undefined {
  if ("properties" in schema || "additionalProperties" in schema) return "object";
  if ("items" in schema) return "array";
  const values = schema["enum"] as Json[] | undefined;
  return values?.every((value) => typeof value === "string" || value === null) ? "string" : undefined;
}
