import type { Cases } from "../../pipeline/fixture.ts";

const kind = (value: string) => ({
  type: "object",
  required: ["kind"],
  properties: { kind: { const: value } },
});
const union = (...oneOf: object[]) => ({ components: { schemas: { Pet: { oneOf } } } });
const message = (one: number, other: number) =>
  `A value may fit both branch ${one} and branch ${other}, and then fits neither. Give them different types or constants, or write anyOf.`;

export const cases: Cases = {
  passes: [
    union(kind("cat"), kind("dog"), { type: "string" }, { type: ["array", "null"] }),
    union({ enum: ["a"] }, { enum: ["b"] }),
    // A closed object does not have what the other requires.
    union(
      { type: "object", additionalProperties: false, properties: { text: {} } },
      { type: "object", required: ["words"], properties: { text: {}, words: {} } },
    ),
    // Constants behind allOf, references and unions count.
    {
      components: {
        schemas: {
          Kind: { const: "cat" },
          Cat: { allOf: [{ description: "A cat." }, kind("cat")] },
          Referring: { required: ["kind"], properties: { kind: { $ref: "#/components/schemas/Kind" } } },
          Other: { oneOf: [kind("dog"), kind("cow")] },
          Pet: { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Other" }] },
          Same: { oneOf: [{ $ref: "#/components/schemas/Referring" }, kind("dog")] },
        },
      },
    },
    { components: { schemas: { Pet: { anyOf: [{}, {}] } } } },
  ],
  fails: [
    {
      document: union(kind("cat"), kind("cat")),
      findings: [{ path: "components/schemas/Pet/oneOf/0", message: message(0, 1) }],
    },
    {
      document: union({ type: "string" }, { type: "integer" }, { type: "number" }),
      findings: [{ path: "components/schemas/Pet/oneOf/1", message: message(1, 2) }],
    },
    {
      document: union({ anyOf: [{ $ref: "#/components/schemas/Pet" }, kind("cat")] }, kind("cat")),
      findings: [{ path: "components/schemas/Pet/oneOf/0", message: message(0, 1) }],
    },
    {
      // A constant that may be absent tells nothing apart.
      document: union({ ...kind("cat"), required: [] }, kind("dog")),
      findings: [{ path: "components/schemas/Pet/oneOf/0", message: message(0, 1) }],
    },
  ],
  bite: {
    change: [
      "components/schemas/ChatCompletionStreamOptions.yaml",
      "nothing about the text. OpenAI's protocol.\n    type: boolean\n",
      `nothing about the text. OpenAI's protocol.\n    oneOf:\n      - type: boolean\n      - type: [boolean, "null"]\n`,
    ],
    found: ["components/schemas/ChatCompletionStreamOptions.yaml", "- type: boolean\n"],
  },
};
