import type { Cases } from "../../pipeline/fixture.ts";

export const cases: Cases = {
  passes: [
    {
      components: {
        schemas: {
          Size: { enum: ["s", "m", 1, null], "x-enumDescriptions": { s: "Small.", m: "Medium.", 1: "One." } },
          Plain: { enum: ["s"] },
        },
      },
    },
  ],
  fails: [
    {
      document: {
        components: {
          schemas: {
            Pet: {
              properties: { size: { enum: ["s", "m"], "x-enumDescriptions": { s: "Small.", l: "Large." } } },
            },
          },
        },
      },
      findings: [
        {
          path: "components/schemas/Pet/properties/size/x-enumDescriptions",
          message: 'The value "m" is not described. Add it here.',
        },
        {
          path: "components/schemas/Pet/properties/size/x-enumDescriptions/l",
          message: '"l" is not a value of this enum. Correct or remove it.',
        },
      ],
    },
  ],
  bite: {
    change: [
      "components/schemas/FinishReason.yaml",
      "      function_call: The older form of `tool_calls`.\n",
      "",
    ],
    found: ["components/schemas/FinishReason.yaml", "x-enumDescriptions:"],
  },
};
