import type { Cases } from "../../pipeline/fixture.ts";

const pet = (schema: object) => ({ components: { schemas: { Pet: schema } } });
const message = (value: number, limit: string) =>
  `The description does not say the limit ${value} of ${limit}. Add it.`;

export const cases: Cases = {
  passes: [
    pet({ description: "From -2 to 2.", minimum: -2, maximum: 2 }),
    pet({ description: "Up to four names.", maxItems: 4 }),
    pet({ description: "From 1 to 1,000,000.", minimum: 1, maximum: 1_000_000 }),
    pet({ description: "Any count.", minimum: 0 }),
    pet({ maximum: 3 }),
  ],
  fails: [
    {
      document: pet({ description: "From 1 to 12.5, or 20.", minimum: 1, maximum: 2 }),
      findings: [{ path: "components/schemas/Pet/maximum", message: message(2, "maximum") }],
    },
    {
      document: pet({ description: "Some.", maxItems: 4, items: { description: "A name.", maxLength: 64 } }),
      findings: [
        { path: "components/schemas/Pet/maxItems", message: message(4, "maxItems") },
        { path: "components/schemas/Pet/items/maxLength", message: message(64, "maxLength") },
      ],
    },
  ],
  bite: {
    change: [
      "components/schemas/ChatCompletionCreateParams.yaml",
      ", from 1 to 128. Each",
      ", at least 1. Each",
    ],
    found: ["components/schemas/ChatCompletionCreateParams.yaml", "maximum: 128"],
  },
};
