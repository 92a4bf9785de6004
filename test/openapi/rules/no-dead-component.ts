import type { Cases } from "../../pipeline/fixture.ts";

const unused = (kind: string, name: string) => ({
  path: `components/${kind}/${name}`,
  message: `Nothing leads to the component "${name}". Remove it, or refer to it.`,
});

export const cases: Cases = {
  passes: [
    {
      security: [{ Key: [] }],
      paths: { "/pets": { get: { responses: { 200: { $ref: "#/components/responses/Pets" } } } } },
      components: {
        responses: {
          Pets: { content: { "application/json": { schema: { $ref: "#/components/schemas/Pets" } } } },
        },
        schemas: { Pets: { discriminator: { mapping: { cat: "#/components/schemas/Cat" } } }, Cat: {} },
        securitySchemes: { Key: {} },
      },
    },
  ],
  fails: [
    {
      document: {
        paths: { "/pets": { get: { responses: {} } } },
        components: {
          schemas: {
            Tree: { items: { $ref: "#/components/schemas/Leaf" } },
            Leaf: { items: { $ref: "#/components/schemas/Tree" } },
          },
          securitySchemes: { toString: {} },
        },
      },
      findings: [unused("schemas", "Tree"), unused("schemas", "Leaf"), unused("securitySchemes", "toString")],
    },
  ],
  bite: {
    change: [
      "openapi.yaml",
      "components:\n",
      "components:\n  schemas:\n    Unused:\n      description: Nothing.\n",
    ],
    found: ["openapi.yaml", "Unused:"],
  },
};
