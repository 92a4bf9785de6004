import type { Cases } from "../../pipeline/fixture.ts";

const jsonSchemaDialect = "https://json-schema.org/draft/2020-12/schema";
const dialect = `The dialect of the schemas is not JSON Schema 2020-12. Write \`jsonSchemaDialect: ${jsonSchemaDialect}\`.`;

export const cases: Cases = {
  passes: [{ jsonSchemaDialect }],
  fails: [
    {
      document: { openapi: "3.0.3", jsonSchemaDialect },
      findings: [{ path: "openapi", message: "This is OpenAPI 3.0.3. Write `openapi: 3.1.1`." }],
    },
    { document: {}, findings: [{ path: "", message: dialect }] },
    {
      document: { jsonSchemaDialect: "https://spec.openapis.org/oas/3.1/dialect/base" },
      findings: [{ path: "jsonSchemaDialect", message: dialect }],
    },
  ],
  bite: {
    change: ["openapi.yaml", "draft/2020-12/schema", "draft/2019-09/schema"],
    found: ["openapi.yaml", "jsonSchemaDialect:"],
  },
};
