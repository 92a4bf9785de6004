import type { Cases } from "../../pipeline/fixture.ts";

const pet = (schema: object) => ({ components: { schemas: { Pet: schema } } });

export const cases: Cases = {
  passes: [
    pet({ description: "Always `pet`.", const: "pet" }),
    pet({ description: "The kind: `pet`.", const: "pet" }),
    pet({ description: "Always `pet`; some leave it out.", examples: ["pet"] }),
    pet({ description: "The kind, such as `cat`.", const: "pet" }),
    pet({ description: "The kind.", const: "pet" }),
    pet({ description: "Always `true`.", const: true }),
    pet({ description: "The kind: `cat`, `dog` or `pet`.", examples: ["pet"] }),
    pet({ description: "Always `null` before it is born.", examples: ["pet"] }),
  ],
  fails: [
    { description: "Always `cat`.", const: "pet" },
    { description: "The kind: `cat`.", const: "pet" },
    { description: "Always `cat`.", examples: ["cat", "pet"] },
  ].map((schema) => ({
    document: pet(schema),
    findings: [
      {
        path: "components/schemas/Pet/description",
        message:
          "The description says that the value is `cat`, and the schema that it is `pet`. Correct the one or the other.",
      },
    ],
  })),
  bite: {
    change: ["components/schemas/TextFormat.yaml", "The type: `text`.", "The type: `json_object`."],
    found: ["components/schemas/TextFormat.yaml", 'description: "The type'],
  },
};
