import type { Cases } from "../../pipeline/fixture.ts";

const header = (name: string) =>
  `The header "${name}" is not words between hyphens. Write it like x-request-id.`;

export const cases: Cases = {
  passes: [
    {
      paths: {
        "/pets": {
          parameters: [
            { name: "page_size", in: "query" },
            { name: "include[]", in: "query" },
            { name: "X-Tenant", in: "header" },
          ],
          get: { responses: { 200: { headers: { "x-request-id": {}, "Retry-After": {} } } } },
        },
      },
    },
  ],
  fails: [
    {
      document: {
        paths: {
          "/pets": {
            parameters: [{ name: "pageSize", in: "query" }],
            get: {
              parameters: [{ name: "x_tenant", in: "header" }],
              responses: { 200: { headers: { request_id: {} } } },
            },
          },
        },
        components: { parameters: { Page: { name: "page-number", in: "query" } } },
      },
      findings: [
        {
          path: "paths//pets/parameters/0/name",
          message: 'The parameter "pageSize" is not snake_case. Write it like page_size.',
        },
        { path: "paths//pets/get/parameters/0/name", message: header("x_tenant") },
        { path: "paths//pets/get/responses/200/headers/request_id", message: header("request_id") },
        {
          path: "components/parameters/Page/name",
          message: 'The parameter "page-number" is not snake_case. Write it like page_size.',
        },
      ],
    },
  ],
  bite: {
    change: ["components/responses/Unauthorized.yaml", "x-request-id:", "x_request_id:"],
    found: ["components/responses/Unauthorized.yaml", "x_request_id:"],
  },
};
