import type { Cases } from "../../pipeline/fixture.ts";

const document = (when: unknown) => ({
  components: {
    schemas: { Name: { enum: ["a", "b"] } },
    responses: {
      Pets: { content: { "application/json": { examples: { one: { value: 1, "x-when": when } } } } },
    },
  },
});
const at = "components/responses/Pets/content/application/json/examples/one/x-when";

export const cases: Cases = {
  passes: [
    document({}),
    document({
      required: ["body"],
      properties: {
        body: {
          type: "object",
          properties: {
            name: { $ref: "#/components/schemas/Name" },
            messages: { last: { type: "string" }, lastOf: { items: {}, is: false } },
          },
        },
      },
    }),
  ],
  fails: [
    {
      document: document({ properties: { bdoy: { type: "object" } } }),
      findings: [
        {
          path: `${at}/properties`,
          message:
            'x-when: "bdoy" must be equal to one of the allowed values (path, query, headers, body). openapi/extensions/x-when.mjs says what it may be.',
        },
      ],
    },
    {
      document: document({ properties: { body: { type: "objct" } } }),
      findings: [
        {
          path: `${at}/properties/body/type`,
          message:
            "x-when: it must be equal to one of the allowed values (array, boolean, integer, null, number, object, string). openapi/extensions/x-when.mjs says what it may be.",
        },
      ],
    },
  ],
  bite: {
    change: [
      "examples/createChatCompletion/reasoning.yaml",
      "required: [enable_thinking]",
      "required: enable_thinking",
    ],
    found: ["examples/createChatCompletion/reasoning.yaml", "required: enable_thinking"],
  },
};
