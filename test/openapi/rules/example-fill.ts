import type { Cases } from "../../pipeline/fixture.ts";

const document = (example: object) => ({
  components: {
    schemas: { Name: { enum: ["a", "b"] } },
    responses: { Pets: { content: { "application/json": { examples: { one: example } } } } },
  },
});
const at = "components/responses/Pets/content/application/json/examples/one/x-fill";
const value = { data: [{ id: "a" }], "a/b": 1 };

export const cases: Cases = {
  passes: [
    document({ value }),
    document({
      value,
      "x-fill": {
        "/data/0/id": "$request.body#/model",
        "/a~1b": "You said {$request.body#/text}",
        "/data/*/id": { each: "#/components/schemas/Name/enum" },
        "/data": { sample: "$request.body#/schema", as: "json" },
      },
    }),
    // Data is free to look like anything.
    document({ value: { examples: { one: { "x-fill": 1, value: 1 } } } }),
  ],
  fails: [
    {
      document: document({
        value,
        "x-fill": {
          "/data/1/id": "$request.body#/model",
          "/data/*/id": { each: "#/components/schemas/Name" },
        },
      }),
      findings: [
        {
          path: `${at}//data/1/id`,
          message: "The example's value has nothing at /data/1/id. Correct the pointer.",
        },
        {
          path: `${at}//data/*/id`,
          message: "The contract has no list at #/components/schemas/Name. Correct the pointer.",
        },
      ],
    },
    {
      document: {
        paths: {
          "/pets": {
            get: {
              responses: {
                200: {
                  content: {
                    "application/json": {
                      examples: { one: { value, "x-fill": { "/data": { sampel: "x" } } } },
                    },
                  },
                },
              },
            },
          },
        },
      },
      findings: [
        {
          path: "paths//pets/get/responses/200/content/application/json/examples/one/x-fill//data",
          message:
            "x-fill: it must have required property 'sample'. openapi/extensions/x-fill.mjs says what it may be.",
        },
      ],
    },
  ],
  bite: {
    change: ["examples/createChatCompletion/refusal.yaml", "  /model:", "  /modle:"],
    found: ["examples/createChatCompletion/refusal.yaml", "/modle:"],
  },
};
