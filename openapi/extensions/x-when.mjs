/** The JSON Schema of `x-when`: its form in a response example or a media type, which lint and mock check. */
export default {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "x-when",
  title: "x-when",
  description:
    "Which requests a response example, or a media type of a response, answers: a JSON Schema (2020-12) over `{path, query, headers, body}`. `path` and `query` hold decoded parameters by name (a repeated query parameter as a list), `headers` are by lower-case name, `body` is the parsed JSON and absent where there is none. A `$ref` to `#/components/...` means the contract's. Two keywords more than JSON Schema has: `last`, a schema for the last item of a list; and `lastOf`, for the last of those items that match `items`: it has to match `is`. The examples of errors are tried before those of successes, and within them in the order in which they are listed; the first that matches answers. `{}` matches every request. Of several media types, the first whose `x-when` matches answers, else the one that `Accept` prefers among those without `x-when`.",
  type: "object",
  $ref: "#/$defs/dialect",
  properties: {
    properties: {
      propertyNames: { enum: ["path", "query", "headers", "body"] },
    },
    required: {
      items: { enum: ["path", "query", "headers", "body"] },
    },
  },
  $defs: {
    dialect: {
      description: "JSON Schema 2020-12, with `last` and `lastOf`, at any depth.",
      $id: "x-when/dialect",
      $dynamicAnchor: "meta",
      $ref: "https://json-schema.org/draft/2020-12/schema",
      properties: {
        last: { $dynamicRef: "#meta" },
        lastOf: {
          type: "object",
          required: ["items", "is"],
          properties: { items: { $dynamicRef: "#meta" }, is: { $dynamicRef: "#meta" } },
          additionalProperties: false,
        },
      },
    },
  },
};

/**
 * Adds the two keywords to an Ajv.
 *
 * @param compile a schema inside them to its validating function
 */
export function addListKeywords(ajv, compile) {
  ajv.addKeyword({
    keyword: "last",
    type: "array",
    schemaType: ["object", "boolean"],
    compile: (schema) => {
      const fits = compile(schema);
      return (list) => list.length === 0 || fits(list.at(-1)) === true;
    },
  });
  ajv.addKeyword({
    keyword: "lastOf",
    type: "array",
    schemaType: "object",
    compile: ({ items, is }) => {
      const [counts, fits] = [compile(items), compile(is)];
      return (list) => {
        const last = list.findLast((item) => counts(item) === true);
        return last === undefined || fits(last) === true;
      };
    },
  });
}
