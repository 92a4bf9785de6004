import type { Cases } from "../../pipeline/fixture.ts";

const operation = (more: object, responses: object) => ({
  paths: { "/pets": { post: { ...more, responses } } },
});
const limited = { headers: { "Retry-After": {} } };
const at = "paths//pets/post/responses";

export const cases: Cases = {
  passes: [
    operation({ requestBody: {} }, { 413: {}, 429: limited }),
    operation({}, { 429: limited }),
    { webhooks: { born: { post: { requestBody: {}, responses: {} } } } },
  ],
  fails: [
    {
      document: operation({ requestBody: {} }, { 200: {} }),
      findings: [
        { path: at, message: "The operation declares no 429 response. Say what too many requests get." },
        {
          path: at,
          message:
            "The operation takes a body, but declares no 413 response. Say what one that is too large gets.",
        },
      ],
    },
    {
      document: operation({}, { 429: { headers: { "x-wait": {} } } }),
      findings: [
        { path: `${at}/429`, message: "The 429 response has no Retry-After header. Say how long to wait." },
      ],
    },
  ],
  bite: {
    change: [
      "paths/model.yaml",
      '    "429":\n      $ref: ../components/responses/TooManyRequests.yaml\n',
      "",
    ],
    found: ["paths/model.yaml", "  responses:"],
  },
};
