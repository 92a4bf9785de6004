import type { Cases } from "../../pipeline/fixture.ts";

const document = (description: string) => ({
  servers: [{ url: "https://example.com", description }],
  paths: {
    "/v1/pets/{id}": { put: {} },
    "/v1/pets": {
      get: {
        responses: {
          200: {
            headers: { "X-Page-Count": {} },
            content: {
              "text/event-stream": { examples: { one: { value: 'data: {"a":1}\n\ndata: [DONE]\n\n' } } },
            },
          },
        },
      },
    },
  },
  components: {
    securitySchemes: { Key: { type: "apiKey", in: "header", name: "X-Api-Key" } },
    schemas: {
      Pet: {
        properties: {
          legs: { items: { properties: { max_length: { enum: ["short", "long"] } } } },
          kind: { const: "pet.small", examples: ["small"] },
        },
      },
    },
  },
});
const found = (name: string, near?: string) => ({
  path: "servers/0/description",
  message: `The contract has no \`${name}\`.${near ? ` Is it \`${near}\`?` : ""} Correct the name, or write it without backticks.`,
});

export const cases: Cases = {
  passes: [
    document("`legs`, `max_length`, `short`, `small`, `pet.small` and `null`."),
    document("`legs[0].max_length`, `legs[-1]`, and `GET /v1/pets` or `GET /pets`."),
    document("`GET /v1/pets?limit=2`, `PUT /v1/pets/7`, `X-Api-Key`, `Content-Length`."),
    // Not `legs`, and names of files and hosts.
    document("`lugs`, `pets.jsonl`, `example.com`."),
    document("`X-Page-Count`, `x-page-count`, `Authorization: Bearer <token>`, `[DONE]`."),
    document('`"kind": "small"`, `"legs": null`, `"max_length"`.'),
    // A value that the contract leaves open, a type, an address, code.
    document("`green`, `Map`, `https://example.com`, `a && b`, `extra={'b': 1}`."),
    document("So:\n\n```sh\necho `legz` and `max_lenght`\n```\n"),
  ],
  fails: [
    ...[
      ["leg", "legs"],
      ["smal", "small"],
      ["max_lengths", "max_length"],
      ["page_size"],
      ["legs[0].min_length"],
      ["GET /v1/pet"],
      ["POST /v1/pets"],
      ["PUT /7"],
      ["X-Page-Size"],
      ["X-Page-Size: 3"],
      ["[END]"],
      ['"knd": "small"'],
      ['"kind": "tiny"'],
    ].map(([name = "", near]) => ({
      document: document(`Read \`${name}\`.`),
      findings: [found(name, near)],
    })),
    {
      document: {
        components: {
          schemas: { Pet: { enum: ["cat"], "x-enumDescriptions": { cat: "See `dogs_and_cats`." } } },
        },
      },
      findings: [{ ...found("dogs_and_cats"), path: "components/schemas/Pet/x-enumDescriptions/cat" }],
    },
  ],
  bite: {
    change: ["paths/models.yaml", "Send an `id` from", "Send an `ids` from"],
    found: ["paths/models.yaml", "description: |\n    Lists"],
  },
};
