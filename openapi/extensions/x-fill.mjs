/** The JSON Schema of `x-fill`: its form in a response example, which lint and mock check. */
export default {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "x-fill",
  description:
    "What an answer takes from the request: a map from a JSON Pointer (RFC 6901) into the example's `value` to a source. A source that yields nothing leaves the example's own value; text takes the place of a number or boolean as the one that it spells.",
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
        { $ref: "#/$defs/fresh" },
        { $ref: "#/$defs/tokens" },
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
        "An OpenAPI runtime expression over the request: `$request.body#/model`, `$request.path.model`, `$request.query.page`, `$request.header.x-tenant`, `$method`, `$url`; `$response.body#/…` over the answer as it is filled so far; in an error, `$problem#/detail`, with the members `status`, `type`, `code`, `detail` and `field` of what went wrong. In its pointer, the index -1 means the last item of a list.",
      type: "string",
      pattern:
        "^\\$(method|url|request\\.(body(#(/.*)?)?|path\\..+|query\\..+|header\\..+)|response\\.body#/.+|problem#/.+)$",
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
        "Repeats a list's first item, once for each value of a list in the contract or in the request: under `/data/*/id`, the value is at `/id` of each item. For a list in the contract, this is done when the contract is read.",
      type: "object",
      required: ["each"],
      properties: {
        each: {
          description:
            "Where the list is: a JSON Pointer into the contract, or an expression over the request. What is not a list counts as a list of one.",
          type: "string",
          pattern: "^(#/.+|\\$request\\..+)$",
        },
        as: {
          description:
            "What each item gets in place of the value: `index` gives the position in the list, from 0, and `none` nothing.",
          enum: ["index", "none"],
        },
      },
      additionalProperties: false,
    },
    fresh: {
      description: "Another value for each answer, in the form of the example's.",
      type: "object",
      required: ["fresh"],
      properties: {
        fresh: {
          description:
            "`id`: the example's prefix, then other letters and digits; what has the same ID in the example has the same one in the answer. `time`: now, as seconds, milliseconds or RFC 3339 text.",
          enum: ["id", "time"],
        },
      },
      additionalProperties: false,
    },
    tokens: {
      description: "A number: how many tokens the texts have that these expressions give, in all.",
      type: "object",
      required: ["tokens"],
      properties: {
        tokens: {
          anyOf: [
            { $ref: "#/$defs/expression" },
            { type: "array", minItems: 1, items: { $ref: "#/$defs/expression" } },
          ],
        },
      },
      additionalProperties: false,
    },
  },
};
