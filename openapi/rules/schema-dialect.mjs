/**
 * Without a dialect Prism validates as draft-07 and misreads 2020-12 keywords; with the dialect of OpenAPI's own
 * vocabulary it silently validates no body at all.
 */
const DIALECT = "https://json-schema.org/draft/2020-12/schema";

export default {
  description: "The document declares the JSON Schema dialect 2020-12.",
  message: `Set jsonSchemaDialect to ${DIALECT}.`,
  severity: "error",
  given: "$",
  resolved: false,
  then: {
    function: ({ jsonSchemaDialect }) =>
      jsonSchemaDialect === DIALECT
        ? []
        : [{ message: "dialect", path: jsonSchemaDialect === undefined ? [] : ["jsonSchemaDialect"] }],
  },
};
