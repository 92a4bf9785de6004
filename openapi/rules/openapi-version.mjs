/**
 * Tools read a document by its version and dialect: without the dialect, Prism validates by JSON Schema draft 7 and
 * ignores what is newer; with an older version, keywords mean something else.
 */
import { rule } from "./functions/rule.mjs";

const DIALECT = "https://json-schema.org/draft/2020-12/schema";

function check({ openapi, jsonSchemaDialect }) {
  if (!/^3\.1\.\d+$/.test(openapi))
    return [{ message: `This is OpenAPI ${openapi}. Write \`openapi: 3.1.1\`.`, path: ["openapi"] }];
  if (jsonSchemaDialect === DIALECT) return [];
  return [
    {
      message: `The dialect of the schemas is not JSON Schema 2020-12. Write \`jsonSchemaDialect: ${DIALECT}\`.`,
      path: jsonSchemaDialect === undefined ? [] : ["jsonSchemaDialect"],
    },
  ];
}

export default rule("The document is OpenAPI 3.1, with the dialect of JSON Schema 2020-12.", check);
