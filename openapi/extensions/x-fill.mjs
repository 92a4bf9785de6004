/** The JSON Schema of `x-fill`: its form in a response example, which lint and mock check. */
export default {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "x-fill",
  description:
    "What an answer takes from the request: a map from a JSON Pointer (RFC 6901) into the example's `value` to a source. A source that yields nothing leaves the example's own value.",
  type: "object",
  propertyNames: { pattern: "^(/([^~/]|~[01])*)+$" },
  additionalProperties: { $ref: "#/$defs/source" },
  $defs: {
    source: {
      anyOf: [
        { $ref: "#/$defs/expression" },
        { $ref: "#/$defs/template" },
        { $ref: "#/$defs/sample" },
        { $ref: "#/$defs/each" },
        { $ref: "#/$defs/alternatives" },
      ],
    },
    alternatives: {
      description: "Several sources: the first that yields something is taken.",
      type: "array",
      minItems: 1,
      items: {
        anyOf: [{ $ref: "#/$defs/expression" }, { $ref: "#/$defs/template" }, { $ref: "#/$defs/sample" }],
      },
    },
    expression: {
      description:
        "An OpenAPI runtime expression over the request: `$request.body#/model`, `$request.path.model`, `$request.query.page`, `$request.header.x-tenant`, `$method`, `$url`; in an error, `$problem#/detail`, with the members `status`, `type`, `code`, `detail` and `field` of what went wrong. In its pointer, the index -1 means the last item of a list.",
      type: "string",
      pattern: "^\\$(method|url|request\\.(body(#(/.*)?)?|path\\..+|query\\..+|header\\..+)|problem#/.+)$",
    },
    template: {
      description:
        "Text with runtime expressions in braces: `You said: {$request.body#/messages/-1/content}`. If one of them yields nothing that reads as text, the whole template yields nothing.",
      type: "string",
      pattern: "\\{\\$[^{}]+\\}",
    },
    sample: {
      description: "A value made to be valid against a JSON Schema that the request carries.",
      type: "object",
      required: ["sample"],
      properties: {
        sample: {
          description:
            "The expression that gives the schema. With `where`, its pointer may hold one `*`, which stands for any item of a list.",
          $ref: "#/$defs/expression",
        },
        where: {
          description:
            "Picks the item that `*` stands for: the first one that holds, at each of these pointers, what the expression gives. A request that names an item which its list does not have is answered with 400.",
          type: "object",
          minProperties: 1,
          propertyNames: { pattern: "^(/([^~/]|~[01])*)+$" },
          additionalProperties: { $ref: "#/$defs/expression" },
        },
        as: { description: "`json` gives the value as JSON text.", const: "json" },
      },
      additionalProperties: false,
    },
    each: {
      description:
        "Repeats a list's first item, once for each value of a list in the contract: under `/data/*/id`, the value is at `/id` of each item. This is done when the contract is read.",
      type: "object",
      required: ["each"],
      properties: {
        each: { description: "Where the list is in the contract.", type: "string", pattern: "^#/.+" },
      },
      additionalProperties: false,
    },
  },
};
