import type { Cases } from "../../pipeline/fixture.ts";

const content = (example: object) => ({ content: { "application/json": { examples: { one: example } } } });
const unknown = (key: string) =>
  `${key} is not an extension of this contract. Remove it, or use one of x-codeSamples, x-pagination, x-sdk-method, x-badges, x-enumDescriptions, x-stream, x-when, x-fill.`;

export const cases: Cases = {
  passes: [
    {
      paths: {
        "/pets": {
          get: {
            "x-codeSamples": [{ lang: "Shell", "x-note": "not ours to judge" }],
            "x-sdk-method": "pets.list",
            "x-badges": [],
            parameters: [
              {
                name: "x-page",
                example: { "x-data": 1 },
                schema: { enum: ["a"], "x-enumDescriptions": { a: "A." } },
              },
            ],
            responses: {
              200: {
                headers: { "x-request-id": {} },
                ...content({ value: { "x-data": 1 }, "x-when": {}, "x-fill": {} }),
              },
            },
          },
        },
      },
      components: {
        schemas: {
          Pet: {
            properties: { "x-name": {} },
            default: { "x-data": 1 },
            example: { "x-data": 1 },
            examples: [{ "x-data": 1 }],
          },
        },
        responses: { Pets: content({ "x-when": {} }) },
      },
    },
  ],
  fails: [
    {
      document: {
        "x-root": 1,
        info: { contact: { "x-contact": 1 } },
        servers: [{ url: "/", "x-server": 1 }],
        paths: {
          "x-paths": { "x-inner": 1 },
          "/pets": {
            "x-sdk-method": "pets",
            get: {
              "x-enumDescriptions": {},
              requestBody: content({ "x-when": {} }),
              responses: { "x-responses": 1, 200: { "x-fill": {}, ...content({ "x-sdk-method": "pets" }) } },
            },
          },
        },
        components: {
          schemas: { Pet: { properties: { name: { items: { "x-deep": 1 } } }, "x-codeSamples": [] } },
          securitySchemes: { Key: { "x-scheme": 1 } },
        },
      },
      findings: [
        { path: "x-root", message: unknown("x-root") },
        { path: "info/contact/x-contact", message: unknown("x-contact") },
        { path: "servers/0/x-server", message: unknown("x-server") },
        { path: "paths/x-paths", message: unknown("x-paths") },
        {
          path: "paths//pets/x-sdk-method",
          message: "x-sdk-method has no effect here. Its place is the operation.",
        },
        {
          path: "paths//pets/get/x-enumDescriptions",
          message: "x-enumDescriptions has no effect here. Its place is the schema.",
        },
        {
          path: "paths//pets/get/requestBody/content/application/json/examples/one/x-when",
          message: "x-when has no effect here. Its place is the response example or the response media type.",
        },
        {
          path: "paths//pets/get/responses/200/x-fill",
          message: "x-fill has no effect here. Its place is the response example.",
        },
        {
          path: "paths//pets/get/responses/200/content/application/json/examples/one/x-sdk-method",
          message: "x-sdk-method has no effect here. Its place is the operation.",
        },
        { path: "paths//pets/get/responses/x-responses", message: unknown("x-responses") },
        { path: "components/schemas/Pet/properties/name/items/x-deep", message: unknown("x-deep") },
        {
          path: "components/schemas/Pet/x-codeSamples",
          message: "x-codeSamples has no effect here. Its place is the operation.",
        },
        { path: "components/securitySchemes/Key/x-scheme", message: unknown("x-scheme") },
      ],
    },
  ],
  bite: {
    change: ["openapi.yaml", "openapi: 3.1.1\n", "openapi: 3.1.1\nx-note: 1\n"],
    found: ["openapi.yaml", "x-note: 1"],
  },
};
