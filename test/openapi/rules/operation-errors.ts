import type { Cases } from "../../pipeline/fixture.ts";

const content = { "application/json": { examples: { one: { summary: "One", value: {} } } } };
const responses = {
  200: {},
  400: { content },
  401: { $ref: "#/components/responses/Error" },
  default: { content },
};
const components = { responses: { Error: { content } } };

export const cases: Cases = {
  passes: [{ paths: { "/pets": { get: { responses }, parameters: [] } }, components }],
  fails: [
    {
      document: {
        paths: {
          "/pets": { post: { responses: { ...responses, 400: { content: {} }, default: undefined } } },
        },
        components,
      },
      findings: [
        {
          path: "paths//pets/post/responses",
          message: "The operation declares no default response. Add one.",
        },
        {
          path: "paths//pets/post/responses/400",
          message: "The 400 response has no example. Add one under application/json.",
        },
      ],
    },
    {
      document: { paths: { "/pets": { get: {} } } },
      findings: ["400", "401", "default"].map((status) => ({
        path: "paths//pets/get",
        message: `The operation declares no ${status} response. Add one.`,
      })),
    },
  ],
  bite: {
    change: ["paths/models.yaml", '    "400":\n      $ref: ../components/responses/BadRequest.yaml\n', ""],
    found: ["paths/models.yaml", "  responses:"],
  },
};
