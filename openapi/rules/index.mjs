/**
 * The house rules: Spectral's own for OpenAPI, and ours, one file each.
 * `spectral lint --ruleset openapi/rules/index.mjs FILE` applies them without our pipeline.
 */
import { oas } from "@stoplight/spectral-rulesets";
import componentNames from "./component-names.mjs";
import enumDescriptions from "./enum-descriptions.mjs";
import exampleFill from "./example-fill.mjs";
import exampleSummary from "./example-summary.mjs";
import exampleWhen from "./example-when.mjs";
import knownExtensions from "./known-extensions.mjs";
import operationErrors from "./operation-errors.mjs";
import operationText from "./operation-text.mjs";
import propertyDescription from "./property-description.mjs";
import schemaCompiles from "./schema-compiles.mjs";
import schemaDialect from "./schema-dialect.mjs";
import sdkMethod from "./sdk-method.mjs";

export default {
  extends: [oas],
  rules: {
    "component-names": componentNames,
    "enum-descriptions": enumDescriptions,
    "example-fill": exampleFill,
    "example-summary": exampleSummary,
    "example-when": exampleWhen,
    "known-extensions": knownExtensions,
    "operation-errors": operationErrors,
    "operation-text": operationText,
    "property-description": propertyDescription,
    "schema-compiles": schemaCompiles,
    "schema-dialect": schemaDialect,
    "sdk-method": sdkMethod,
  },
};
