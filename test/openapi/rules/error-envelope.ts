import type { Cases } from "../../pipeline/fixture.ts";

const json = (schema?: object) => ({ content: { "application/json": { ...(schema && { schema }) } } });
const envelope = json({ $ref: "#/components/schemas/ErrorResponse" });
const message =
  "The error does not have the common form. Describe it as ErrorResponse, under application/json.";
const components = {
  schemas: { ErrorResponse: {} },
  responses: { Bad: envelope, Other: json({ type: "string" }) },
};

export const cases: Cases = {
  passes: [
    {
      paths: {
        "/pets": {
          get: {
            responses: {
              200: json({}),
              400: { $ref: "#/components/responses/Bad" },
              "5XX": envelope,
              default: envelope,
            },
          },
        },
      },
      webhooks: { born: { post: { responses: { 400: {} } } } },
      components,
    },
  ],
  fails: [
    {
      document: {
        paths: {
          "/pets": {
            get: {
              responses: {
                400: { $ref: "#/components/responses/Other" },
                "4XX": { content: {} },
                default: json(),
              },
            },
            post: { responses: { 400: { $ref: "#/components/responses/Other" } } },
          },
        },
        components,
      },
      findings: [
        { path: "paths//pets/get/responses/4XX", message },
        { path: "paths//pets/get/responses/default/content/application/json", message },
        { path: "components/responses/Other/content/application/json/schema", message },
      ],
    },
  ],
  bite: {
    change: ["components/responses/Forbidden.yaml", "ErrorResponse.yaml", "JsonSchema.yaml"],
    found: ["components/responses/Forbidden.yaml", "    schema:"],
  },
};
