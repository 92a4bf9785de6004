import type { Cases } from "../../pipeline/fixture.ts";

const content = (example: object) => ({ content: { "application/json": { examples: { one: example } } } });

export const cases: Cases = {
  passes: [
    { components: { responses: { Pets: content({ summary: "One pet", value: 1 }) } } },
    {
      components: {
        examples: { One: { summary: "One pet", value: 1 } },
        responses: { Pets: content({ $ref: "#/components/examples/One" }) },
      },
    },
    // A schema's examples are values.
    { components: { schemas: { Pet: { examples: [{ value: 1 }] } } } },
  ],
  fails: [
    {
      document: {
        paths: {
          "/pets": { get: { requestBody: content({ value: 1 }), responses: { 200: content({ value: 1 }) } } },
        },
        components: { examples: { One: { value: 1 } } },
      },
      findings: [
        "paths//pets/get/requestBody/content/application/json/examples/one",
        "paths//pets/get/responses/200/content/application/json/examples/one",
        "components/examples/One",
      ].map((path) => ({ path, message: "The example has no summary. Say in a few words what it shows." })),
    },
  ],
  bite: {
    change: ["examples/retrieveModel/model.yaml", "summary: A model\n", ""],
    found: ["paths/model.yaml", "model:\n              $ref"],
  },
};
