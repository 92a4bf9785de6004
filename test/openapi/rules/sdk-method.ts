import type { Cases } from "../../pipeline/fixture.ts";

const document = (...names: unknown[]) => ({
  paths: Object.fromEntries(
    names.map((name, index) => [`/${index}`, { parameters: [], get: { "x-sdk-method": name } }]),
  ),
});

export const cases: Cases = {
  passes: [
    document("models.list", "models.retrieve", "chat.completions.create", "embed"),
    { paths: { "/pets": { get: {} } } },
  ],
  fails: [
    {
      document: document("models.list", "models.list", "models", "Chat.create", "chat..create", 7),
      findings: [
        {
          path: "paths//1/get/x-sdk-method",
          message: '"models.list" clashes with "models.list" of GET /0. Choose another.',
        },
        {
          path: "paths//2/get/x-sdk-method",
          message: '"models" clashes with "models.list" of GET /0. Choose another.',
        },
        ...["Chat.create", "chat..create", "7"].map((name, index) => ({
          path: `paths//${index + 3}/get/x-sdk-method`,
          message: `"${name}" is not a method's name. Write it like chat.completions.create.`,
        })),
      ],
    },
  ],
  bite: {
    change: ["paths/model.yaml", "models.retrieve", "models.list"],
    found: ["paths/model.yaml", "x-sdk-method:"],
  },
};
