/**
 * The house rules: Spectral's own for OpenAPI, and ours, one file each.
 * `spectral lint --ruleset openapi/rules/index.mjs FILE` applies them without our pipeline.
 */
import { oas } from "@stoplight/spectral-rulesets";
import catalogueAgrees from "./catalogue-agrees.mjs";
import codeSamplesComplete from "./code-samples-complete.mjs";
import componentNames from "./component-names.mjs";
import credentialsNotInUrl from "./credentials-not-in-url.mjs";
import defaultsValidate from "./defaults-validate.mjs";
import deprecatedNamesReplacement from "./deprecated-names-replacement.mjs";
import descriptionIsASentence from "./description-is-a-sentence.mjs";
import descriptionNamesExist from "./description-names-exist.mjs";
import discriminatorConstAgrees from "./discriminator-const-agrees.mjs";
import discriminatorMappingComplete from "./discriminator-mapping-complete.mjs";
import enumDescriptions from "./enum-descriptions.mjs";
import errorEnvelope from "./error-envelope.mjs";
import everyErrorHasAnExample from "./every-error-has-an-example.mjs";
import exampleFill from "./example-fill.mjs";
import exampleIsReachable from "./example-is-reachable.mjs";
import exampleMembersExist from "./example-members-exist.mjs";
import exampleSummary from "./example-summary.mjs";
import exampleWhen from "./example-when.mjs";
import examplesValidate from "./examples-validate.mjs";
import knownExtensions from "./known-extensions.mjs";
import limitsDocumented from "./limits-documented.mjs";
import noDeadComponent from "./no-dead-component.mjs";
import noOpenapi30Keywords from "./no-openapi-3-0-keywords.mjs";
import oneOfDisjoint from "./one-of-disjoint.mjs";
import openapiVersion from "./openapi-version.mjs";
import operationErrors from "./operation-errors.mjs";
import operationIdVerbNoun from "./operation-id-verb-noun.mjs";
import operationText from "./operation-text.mjs";
import paginationMembersExist from "./pagination-members-exist.mjs";
import parameterAndHeaderCasing from "./parameter-and-header-casing.mjs";
import pathHasVersion from "./path-has-version.mjs";
import patternIsSafe from "./pattern-is-safe.mjs";
import propertyDescription from "./property-description.mjs";
import propertySnakeCase from "./property-snake-case.mjs";
import requestLimits from "./request-limits.mjs";
import schemaCompiles from "./schema-compiles.mjs";
import schemaKeywordsExist from "./schema-keywords-exist.mjs";
import sdkMethod from "./sdk-method.mjs";
import serversHttps from "./servers-https.mjs";
import sseFramesMatchSchema from "./sse-frames-match-schema.mjs";
import sseHasAnEnd from "./sse-has-an-end.mjs";
import streamHasBothMediaTypes from "./stream-has-both-media-types.mjs";
import streamMembersExist from "./stream-members-exist.mjs";
import textsDiffer from "./texts-differ.mjs";
import valuesDocumented from "./values-documented.mjs";

export default {
  extends: [oas],
  rules: {
    // `examples-validate`, `defaults-validate` and `no-dead-component` see more, and in less time.
    "oas3-valid-media-example": "off",
    "oas3-valid-schema-example": "off",
    "oas3-unused-component": "off",
    "catalogue-agrees": catalogueAgrees,
    "code-samples-complete": codeSamplesComplete,
    "component-names": componentNames,
    "credentials-not-in-url": credentialsNotInUrl,
    "defaults-validate": defaultsValidate,
    "deprecated-names-replacement": deprecatedNamesReplacement,
    "description-is-a-sentence": descriptionIsASentence,
    "description-names-exist": descriptionNamesExist,
    "discriminator-const-agrees": discriminatorConstAgrees,
    "discriminator-mapping-complete": discriminatorMappingComplete,
    "enum-descriptions": enumDescriptions,
    "error-envelope": errorEnvelope,
    "every-error-has-an-example": everyErrorHasAnExample,
    "example-fill": exampleFill,
    "example-is-reachable": exampleIsReachable,
    "example-members-exist": exampleMembersExist,
    "example-summary": exampleSummary,
    "example-when": exampleWhen,
    "examples-validate": examplesValidate,
    "known-extensions": knownExtensions,
    "limits-documented": limitsDocumented,
    "no-dead-component": noDeadComponent,
    "no-openapi-3-0-keywords": noOpenapi30Keywords,
    "one-of-disjoint": oneOfDisjoint,
    "openapi-version": openapiVersion,
    "operation-errors": operationErrors,
    "operation-id-verb-noun": operationIdVerbNoun,
    "operation-text": operationText,
    "pagination-members-exist": paginationMembersExist,
    "parameter-and-header-casing": parameterAndHeaderCasing,
    "path-has-version": pathHasVersion,
    "pattern-is-safe": patternIsSafe,
    "property-description": propertyDescription,
    "property-snake-case": propertySnakeCase,
    "request-limits": requestLimits,
    "schema-compiles": schemaCompiles,
    "schema-keywords-exist": schemaKeywordsExist,
    "sdk-method": sdkMethod,
    "servers-https": serversHttps,
    "sse-frames-match-schema": sseFramesMatchSchema,
    "sse-has-an-end": sseHasAnEnd,
    "stream-has-both-media-types": streamHasBothMediaTypes,
    "stream-members-exist": streamMembersExist,
    "texts-differ": textsDiffer,
    "values-documented": valuesDocumented,
  },
};
