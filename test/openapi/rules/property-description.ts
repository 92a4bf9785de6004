import type { Cases } from "../../pipeline/fixture.ts";

export const cases: Cases = {
  passes: [
    {
      components: {
        schemas: {
          Name: { type: "string", description: "What it is called." },
          Pet: {
            properties: {
              name: { $ref: "#/components/schemas/Name" },
              age: { description: "In years." },
              any: true,
              // A property may be called like a keyword.
              properties: { description: "What it has.", type: "object" },
            },
            default: { properties: { name: {} } },
            examples: [{ properties: { name: {} } }],
          },
        },
      },
    },
  ],
  fails: [
    {
      document: {
        paths: {
          "/pets": {
            post: {
              requestBody: { content: { "application/json": { schema: { properties: { name: {} } } } } },
            },
          },
        },
        components: {
          schemas: {
            Name: { type: "string" },
            Pet: {
              properties: {
                name: { $ref: "#/components/schemas/Name" },
                owner: { description: "Whose.", properties: { name: { type: "string" } } },
              },
            },
          },
        },
      },
      findings: [
        "paths//pets/post/requestBody/content/application/json/schema/properties/name",
        "components/schemas/Pet/properties/name",
        "components/schemas/Pet/properties/owner/properties/name",
      ].map((path) => ({ path, message: '"name" has no description. Say what it is.' })),
    },
  ],
  bite: {
    change: [
      "components/schemas/Model.yaml",
      "    description: Who provides the model. OpenAI's protocol.\n",
      "",
    ],
    found: ["components/schemas/Model.yaml", "owned_by:"],
  },
};
