import type { Cases } from "../../pipeline/fixture.ts";

const message = (name: string) => `"${name}" puts a credential into the URL. Take it from a header.`;

export const cases: Cases = {
  passes: [
    {
      paths: {
        "/pets": {
          parameters: [
            { name: "token", in: "header" },
            { name: "key_word", in: "query" },
          ],
        },
      },
      components: { securitySchemes: { Key: { type: "apiKey", in: "header", name: "api-key" } } },
    },
  ],
  fails: [
    {
      document: {
        paths: { "/pets": { parameters: [{ name: "api_key", in: "query" }] } },
        components: { securitySchemes: { Key: { type: "apiKey", in: "query", name: "k" } } },
      },
      findings: [
        { path: "paths//pets/parameters/0/name", message: message("api_key") },
        { path: "components/securitySchemes/Key/in", message: message("k") },
      ],
    },
  ],
  bite: {
    change: [
      "paths/models.yaml",
      "  operationId: listModels\n",
      "  operationId: listModels\n  parameters:\n    - name: api_key\n      in: query\n      description: A key.\n      schema:\n        type: string\n",
    ],
    found: ["paths/models.yaml", "name: api_key"],
  },
};
