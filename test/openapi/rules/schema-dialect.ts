import type { Cases } from "../../pipeline/fixture.ts";

const message = "Set jsonSchemaDialect to https://json-schema.org/draft/2020-12/schema.";

export const cases: Cases = {
  passes: [{ jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema" }],
  fails: [
    { document: {}, findings: [{ path: "", message }] },
    {
      document: { jsonSchemaDialect: "https://spec.openapis.org/oas/3.1/dialect/base" },
      findings: [{ path: "jsonSchemaDialect", message }],
    },
  ],
  bite: {
    change: ["openapi.yaml", "jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema\n", ""],
    found: ["openapi.yaml", "openapi: 3.1.1"],
  },
};
