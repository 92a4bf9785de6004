import { _ } from "ajv/dist/2020.js";

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

/** Adds the two keywords to an Ajv. They are generated code, as its own keywords are, so that it can be kept as a file. */
export function addListKeywords(ajv) {
  ajv.addKeyword({
    keyword: "last",
    type: "array",
    schemaType: ["object", "boolean"],
    trackErrors: true,
    code(cxt) {
      const { gen, data } = cxt;
      const [valid, fits] = [gen.let("valid", true), gen.name("fits")];
      gen.if(_`${data}.length > 0`, () => {
        cxt.subschema(ofItem("last", gen.const("last", _`${data}.length - 1`)), fits);
        gen.assign(valid, fits);
      });
      cxt.reset();
      cxt.pass(valid);
    },
  });
  ajv.addKeyword({
    keyword: "lastOf",
    type: "array",
    schemaType: "object",
    trackErrors: true,
    code(cxt) {
      const { gen, data } = cxt;
      const [valid, counts, fits] = [gen.let("valid", true), gen.name("counts"), gen.name("fits")];
      const index = gen.let("index", _`${data}.length - 1`);
      gen.for(_`; ${index} >= 0; ${index}--`, () => {
        cxt.subschema({ ...ofItem("lastOf", index), schemaProp: "items" }, counts);
        gen.if(counts, () => {
          cxt.subschema({ ...ofItem("lastOf", index), schemaProp: "is" }, fits);
          gen.assign(valid, fits).break();
        });
      });
      cxt.reset();
      cxt.pass(valid);
    },
  });
}

/** The schema of a keyword for one item of the list. What is wrong with an item is not an error by itself. */
function ofItem(keyword, index) {
  return { keyword, dataProp: index, compositeRule: true, createErrors: false, allErrors: false };
}
