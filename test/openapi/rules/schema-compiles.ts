import type { Cases } from "../../pipeline/fixture.ts";

export const cases: Cases = {
  passes: [
    {
      paths: {
        "/pets/{name}": { parameters: [{ schema: { $ref: "#/components/schemas/Name%20tag" } }] },
      },
      components: {
        schemas: {
          "Name tag": { type: "string", pattern: "^\\p{L}+$", format: "hostname" },
          Tree: { properties: { children: { items: { $ref: "#/components/schemas/Tree" } } } },
          // An unknown keyword, and an unknown format, are OpenAPI's right.
          Loose: { discriminator: { propertyName: "kind" }, type: "string", format: "petname" },
        },
      },
    },
  ],
  fails: [
    {
      document: {
        paths: { "/pets/{name}": { parameters: [{ schema: { type: "string", pattern: "[" } }] } },
        components: { schemas: { Pet: { properties: { age: { type: "integer", minimum: "0" } } } } },
      },
      findings: [
        {
          path: "paths//pets/{name}/parameters/0/schema",
          message:
            "The schema does not compile: Invalid regular expression: /[/u: Unterminated character class. Correct it.",
        },
        {
          path: "components/schemas/Pet",
          message: 'The schema does not compile: minimum value must be ["number"]. Correct it.',
        },
      ],
    },
  ],
  bite: {
    change: [
      "components/schemas/JsonSchemaFormat.yaml",
      "pattern: ^[a-zA-Z0-9_-]{1,64}$",
      "pattern: ^\\-?[a-z_]{1,64}$",
    ],
    found: ["components/schemas/JsonSchemaFormat.yaml", ""],
  },
};
