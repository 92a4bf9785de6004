import type { Cases } from "../../pipeline/fixture.ts";

const content = (examples?: object) => ({
  content: { "application/json": { ...(examples && { examples }) } },
});

export const cases: Cases = {
  passes: [
    {
      paths: {
        "/pets": {
          get: {
            responses: { 200: content(), 400: content(), 404: content({ one: {} }), default: content() },
          },
        },
      },
    },
  ],
  fails: [
    {
      document: {
        paths: {
          "/pets": { get: { responses: { 404: content(), "5XX": { $ref: "#/components/responses/Down" } } } },
        },
        components: { responses: { Down: content({}) } },
      },
      findings: [
        {
          path: "paths//pets/get/responses/404",
          message: "The 404 response has no example. Add one under application/json.",
        },
        {
          path: "components/responses/Down",
          message: "The 5XX response has no example. Add one under application/json.",
        },
      ],
    },
  ],
  bite: {
    change: [
      "components/responses/PayloadTooLarge.yaml",
      "    examples:\n      request_too_large:\n        $ref: ../../examples/errors/request_too_large.yaml\n",
      "",
    ],
    found: ["components/responses/PayloadTooLarge.yaml", "description:"],
  },
};
