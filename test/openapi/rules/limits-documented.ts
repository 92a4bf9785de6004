import type { Cases } from "../../pipeline/fixture.ts";

const pet = (schema: object) => ({ components: { schemas: { Pet: schema } } });
const message = (value: number, limit: string) =>
  `The description does not say the limit ${value} of ${limit}. Add it.`;
const contradiction = (words: string) => ({
  path: "components/schemas/Pet/description",
  message: `The description says "${words}", which is not a limit of the schema. Correct the one or the other.`,
});

export const cases: Cases = {
  passes: [
    pet({ description: "From -2 to 2.", minimum: -2, maximum: 2 }),
    pet({ description: "Up to four names.", maxItems: 4 }),
    pet({ description: "From 1 to 1,000,000.", minimum: 1, maximum: 1_000_000 }),
    pet({ description: "Any count.", minimum: 0 }),
    pet({ maximum: 3 }),
    pet({ description: "From -1 (never) to 1 (always).", additionalProperties: { minimum: -1, maximum: 1 } }),
    pet({ description: "Up to 64 letters, and at least one.", pattern: "^[a-z]{1,64}$" }),
    pet({ description: "Up to four.", anyOf: [{ type: "string" }, { type: "array", maxItems: 4 }] }),
    pet({ description: "Up to 4 pictures, each of at most 20 MB, kept for up to 30 days.", maxItems: 4 }),
    pet({
      description: "Up to 4 names, each of up to 64 letters.",
      maxItems: 4,
      items: { description: "A name, up to 64 letters.", maxLength: 64 },
    }),
    pet({ description: "Up to 1 million (1,000,000), at least one of them in use.", maximum: 1_000_000 }),
    // Without a limit there is nothing to agree with.
    pet({ description: "The place in the list, from 0." }),
  ],
  fails: [
    {
      document: pet({ description: "From 1 to 12.5, or 20.", minimum: 1, maximum: 2 }),
      findings: [
        contradiction("From 1 to 12.5"),
        { path: "components/schemas/Pet/maximum", message: message(2, "maximum") },
      ],
    },
    ...[
      { words: "From 0", schema: { minimum: 1 } },
      { words: "at least two", schema: { minItems: 1 } },
      { words: "Up to 32", schema: { maxProperties: 16 } },
      { words: "up to 256", schema: { additionalProperties: { maxLength: 512 } } },
      { words: "between -10 and 10", schema: { propertyNames: { minLength: 1 } } },
      { words: "Up to 5", schema: { anyOf: [{ type: "string" }, { maxItems: 4 }] } },
      { words: "up to 128", schema: { pattern: "^[a-z]{1,64}$" } },
    ].map(({ words, schema }) => ({
      document: pet({ description: `${words}, and no other.`, ...schema }),
      findings: [contradiction(words)],
    })),
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
