import type { Cases } from "../../pipeline/fixture.ts";

const message = (name: string) =>
  `JSON Schema has no keyword "${name}". Correct the name, or put it where it belongs.`;

export const cases: Cases = {
  passes: [
    {
      components: {
        schemas: {
          Pet: {
            type: "object",
            properties: { maxmum: { type: "string", "x-note": 1 }, toString: { const: { maxmum: 1 } } },
            examples: [{ maxmum: 1 }],
          },
          Any: true,
        },
      },
    },
  ],
  fails: [
    {
      document: {
        components: {
          schemas: {
            Pet: { requird: ["legs"], properties: { legs: { items: { maxmum: 4, toString: 1 } } } },
          },
        },
      },
      findings: [
        { path: "components/schemas/Pet/requird", message: message("requird") },
        { path: "components/schemas/Pet/properties/legs/items/maxmum", message: message("maxmum") },
        { path: "components/schemas/Pet/properties/legs/items/toString", message: message("toString") },
      ],
    },
  ],
  bite: {
    change: ["components/schemas/AudioAnswer.yaml", "    format: int64\n", "    fromat: int64\n"],
    found: ["components/schemas/AudioAnswer.yaml", "fromat:"],
  },
};
