import type { Cases } from "../../pipeline/fixture.ts";

const reference = "#/components/schemas/Cat";
const pet = (Cat: object) => ({
  components: {
    schemas: {
      Cat,
      Pet: {
        oneOf: [{ $ref: reference }],
        discriminator: { propertyName: "kind", mapping: { cat: reference } },
      },
    },
  },
});
const message =
  'The discriminator leads here where "kind" is "cat", but the schema does not accept that. Give the property const: cat.';

export const cases: Cases = {
  passes: [
    pet({ required: ["kind"], properties: { kind: { const: "cat" } } }),
    pet({ required: ["kind"], properties: { kind: { enum: ["cat", "kitten"] } } }),
  ],
  fails: [
    {
      document: pet({ required: ["kind"], properties: { kind: { const: "dog" } } }),
      findings: [{ path: "components/schemas/Cat/properties/kind", message }],
    },
    {
      document: pet({ properties: {} }),
      findings: [
        {
          path: "components/schemas/Cat",
          message:
            '"kind" tells the variants of a union apart, so that it must always be there. Add it to required.',
        },
        { path: "components/schemas/Cat/properties", message },
      ],
    },
  ],
  bite: {
    change: [
      "components/schemas/JsonObjectFormat.yaml",
      'description: "The type: `json_object`."\n    type: string\n    const: json_object',
      "description: The type.\n    type: string\n    const: json",
    ],
    found: ["components/schemas/JsonObjectFormat.yaml", "  type:\n"],
  },
};
