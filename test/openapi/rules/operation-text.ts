import type { Cases } from "../../pipeline/fixture.ts";

const operation = {
  operationId: "listPets",
  summary: "List pets",
  description: "All of them.",
  tags: ["Pets"],
};

export const cases: Cases = {
  passes: [{ paths: { "/pets": { parameters: [], get: operation } } }],
  fails: [
    {
      document: {
        paths: { "/pets": { get: { ...operation, operationId: "list_pets", tags: [] }, put: {} } },
      },
      findings: [
        { path: "paths//pets/get", message: "The operation has no tags. Add it." },
        {
          path: "paths//pets/get/operationId",
          message: 'The operationId "list_pets" is not camelCase. Write it like listModels.',
        },
        ...["operationId", "summary", "description", "tags"].map((member) => ({
          path: "paths//pets/put",
          message: `The operation has no ${member}. Add it.`,
        })),
      ],
    },
  ],
  bite: {
    change: ["paths/model.yaml", "  summary: Retrieve a model\n", ""],
    found: ["paths/model.yaml", "get:"],
  },
};
