import type { Cases } from "../../pipeline/fixture.ts";

const list = (pages: unknown) => ({
  paths: {
    "/pets": {
      parameters: [{ name: "after", in: "query" }],
      get: {
        "x-pagination": pages,
        parameters: [{ name: "limit", in: "query" }],
        responses: {
          200: { content: { "application/json": { schema: { $ref: "#/components/schemas/PetList" } } } },
        },
      },
    },
  },
  components: {
    schemas: {
      Page: { type: "object", properties: { has_more: { type: "boolean" } } },
      PetList: {
        allOf: [
          { $ref: "#/components/schemas/Page" },
          {
            properties: {
              data: { type: "array", items: { type: "object", properties: { id: { type: "string" } } } },
            },
          },
        ],
      },
    },
  },
});
const cursor = { parameter: "after", value: "/data/-1/id" };
const at = "paths//pets/get/x-pagination";

export const cases: Cases = {
  passes: [
    list({ items: "/data", cursor, limit: "limit", more: "/has_more" }),
    list({ items: "/data", cursor }),
    { paths: { "/pets": { get: { responses: {} } } } },
  ],
  fails: [
    {
      document: list({
        items: "/has_more",
        cursor: { parameter: "before", value: "/data/-1/name" },
        limit: "size",
        more: "/data",
      }),
      findings: [
        { path: `${at}/items`, message: "The answer has no list at /has_more. Correct the pointer." },
        {
          path: `${at}/cursor/parameter`,
          message: 'The operation has no query parameter "before". Correct the name.',
        },
        {
          path: `${at}/cursor/value`,
          message: "The answer has nothing at /data/-1/name. Correct the pointer.",
        },
        { path: `${at}/limit`, message: 'The operation has no query parameter "size". Correct the name.' },
        { path: `${at}/more`, message: "The answer has no boolean at /data. Correct the pointer." },
      ],
    },
    {
      document: list({ items: "data", cursor }),
      findings: [
        {
          path: `${at}/items`,
          message:
            'x-pagination: it must match pattern "^(/([^~/]|~[01])*)+$". openapi/extensions/x-pagination.mjs says what it may be.',
        },
      ],
    },
  ],
  bite: {
    change: [
      "paths/models.yaml",
      "  x-sdk-method: models.list\n",
      "  x-sdk-method: models.list\n  x-pagination:\n    items: /data\n    cursor: {parameter: after, value: /data/-1/id}\n",
    ],
    found: ["paths/models.yaml", "parameter: after"],
  },
};
