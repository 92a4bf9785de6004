/** Validators ignore a keyword that they do not know: a misspelled limit limits nothing. */
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

/** JSON Schema 2020-12, and what OpenAPI 3.1 adds. Those of 3.0 are for `no-openapi-3-0-keywords`. */
const KEYWORDS = [
  ...[
    "$id",
    "$schema",
    "$ref",
    "$anchor",
    "$dynamicRef",
    "$dynamicAnchor",
    "$vocabulary",
    "$comment",
    "$defs",
  ],
  ...["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "dependentRequired"],
  ...["properties", "patternProperties", "additionalProperties", "propertyNames", "unevaluatedProperties"],
  ...["prefixItems", "items", "contains", "minContains", "maxContains", "unevaluatedItems"],
  ...["type", "enum", "const", "format", "pattern", "minLength", "maxLength", "required"],
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"],
  ...["title", "description", "default", "deprecated", "readOnly", "writeOnly", "examples"],
  ...["contentEncoding", "contentMediaType", "contentSchema"],
  ...["discriminator", "xml", "externalDocs", "example", "nullable"],
];

function check(document) {
  return walk(document)
    .filter(({ kind }) => kind === "schema")
    .flatMap(({ node, path }) =>
      Object.keys(node)
        .filter((key) => !KEYWORDS.includes(key) && !key.startsWith("x-"))
        .map((key) => ({
          message: `JSON Schema has no keyword "${key}". Correct the name, or put it where it belongs.`,
          path: [...path, key],
        })),
    );
}

export default rule("The keywords of schemas are those of JSON Schema and OpenAPI.", check);
