import type { Cases } from "../../pipeline/fixture.ts";

export const cases: Cases = {
  passes: [
    {
      paths: {
        "/pets": { parameters: [{ name: "n", in: "query", example: 1, schema: { exclusiveMinimum: 0 } }] },
      },
      components: {
        schemas: { Pet: { properties: { nullable: {}, example: {} }, type: ["object", "null"] } },
      },
    },
  ],
  fails: [
    {
      document: {
        components: {
          schemas: {
            Pet: { nullable: true, example: 1, items: { exclusiveMinimum: true, exclusiveMaximum: false } },
          },
        },
      },
      findings: [
        {
          path: "components/schemas/Pet/nullable",
          message: 'nullable is written as in OpenAPI 3.0. Write the type as a list with "null".',
        },
        {
          path: "components/schemas/Pet/example",
          message: "example is written as in OpenAPI 3.0. Write examples, a list.",
        },
        {
          path: "components/schemas/Pet/items/exclusiveMinimum",
          message:
            "exclusiveMinimum is written as in OpenAPI 3.0. Write the bound itself as exclusiveMinimum.",
        },
        {
          path: "components/schemas/Pet/items/exclusiveMaximum",
          message:
            "exclusiveMaximum is written as in OpenAPI 3.0. Write the bound itself as exclusiveMaximum.",
        },
      ],
    },
  ],
  bite: {
    change: [
      "components/schemas/RefusalPart.yaml",
      '    examples: ["I can',
      '    nullable: true\n    examples: ["I can',
    ],
    found: ["components/schemas/RefusalPart.yaml", "    nullable: true\n"],
  },
};
