/** The form that every stage relies on: a document's objects, lists and texts are where `document.ts` says. */
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { METHODS, parsePointer } from "./document.ts";
import type { Fault } from "./soundness.ts";

const object = { type: "object" };
const string = { type: "string" };
const list = (items: object) => ({ type: "array", items });
const map = (values: object) => ({
  type: "object",
  patternProperties: { "^x-": true },
  additionalProperties: values,
});
const ref = (name: string) => ({ $ref: `#/$defs/${name}` });

/**
 * Far less than OpenAPI's own schema, which is lint's to apply: only what makes the difference between a document
 * that can be worked with and one that cannot. An object may be a reference anywhere, so few members are required.
 */
const SHAPE = {
  type: "object",
  required: ["info"],
  properties: {
    info: { type: "object", required: ["title"], properties: { title: string, description: string } },
    servers: list({ type: "object", required: ["url"], properties: { url: string } }),
    tags: list({ type: "object", required: ["name"], properties: { name: string, description: string } }),
    security: list(object),
    paths: map(ref("pathItem")),
    webhooks: map(ref("pathItem")),
    components: {
      type: "object",
      properties: {
        schemas: map(ref("schema")),
        parameters: map(ref("parameter")),
        headers: map(ref("parameter")),
        responses: map(ref("response")),
        requestBodies: map(ref("body")),
        examples: map(object),
        pathItems: map(ref("pathItem")),
        securitySchemes: map(object),
      },
    },
  },
  $defs: {
    pathItem: {
      type: "object",
      properties: {
        parameters: list(ref("parameter")),
        ...Object.fromEntries(METHODS.map((method) => [method, ref("operation")])),
      },
    },
    operation: {
      type: "object",
      properties: {
        operationId: string,
        summary: string,
        description: string,
        tags: list(string),
        security: list(object),
        parameters: list(ref("parameter")),
        requestBody: ref("body"),
        responses: map(ref("response")),
        "x-sdk-method": string,
        "x-codeSamples": list({ type: "object", properties: { lang: string, source: string } }),
      },
    },
    parameter: {
      type: "object",
      properties: {
        name: string,
        in: string,
        description: string,
        schema: ref("schema"),
        content: map(ref("mediaType")),
        examples: map(object),
      },
    },
    body: { type: "object", properties: { description: string, content: map(ref("mediaType")) } },
    response: {
      type: "object",
      properties: { description: string, headers: map(ref("parameter")), content: map(ref("mediaType")) },
    },
    mediaType: { type: "object", properties: { schema: ref("schema"), examples: map(object) } },
    schema: {
      type: ["object", "boolean"],
      properties: {
        type: {
          if: { type: "array" },
          // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema.
          then: list(ref("type")),
          else: ref("type"),
        },
        title: string,
        description: string,
        pattern: { type: "string", format: "pattern" },
        enum: { type: "array" },
        ...Object.fromEntries(
          ["properties", "patternProperties", "dependentSchemas", "$defs"].map((key) => [
            key,
            { type: "object", additionalProperties: ref("schema") },
          ]),
        ),
        ...Object.fromEntries(
          ["allOf", "anyOf", "oneOf", "prefixItems"].map((key) => [key, list(ref("schema"))]),
        ),
        ...Object.fromEntries(
          ["items", "contains", "additionalProperties", "propertyNames", "not", "contentSchema"].map(
            (key) => [key, ref("schema")],
          ),
        ),
      },
    },
    type: { enum: ["array", "boolean", "integer", "null", "number", "object", "string"] },
  },
};

const ajv = new Ajv2020({ strict: false, allErrors: true });
// Documents are written for many regex engines; without the flag "u" JavaScript reads most of their patterns.
ajv.addFormat("pattern", (pattern) => {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
});
const validate = ajv.compile(SHAPE);

/** What about a document is not of that form, in document order. */
export function misshapen(document: unknown): Fault[] {
  if (validate(document)) return [];
  return (validate.errors ?? []).filter(({ keyword }) => keyword !== "if").map(fault);
}

function fault({ instancePath, keyword, params, message }: ErrorObject): Fault {
  const path = parsePointer(instancePath);
  const subject = path.length === 0 ? "The document" : `"${path.at(-1)}"`;
  return {
    path,
    message: `${subject} ${WORDS[keyword]?.(params) ?? message}.`,
    advice:
      "Write it as OpenAPI has it, https://spec.openapis.org/oas/latest.html; no tool can work with it as it is.",
  };
}

/** Each keyword of the shape in words. */
const WORDS: Record<string, (params: ErrorObject["params"]) => string> = {
  type: ({ type }) => `must be ${[type].flat().map(withArticle).join(" or ")}`,
  required: ({ missingProperty }) => `has no "${missingProperty}"`,
  enum: ({ allowedValues }) => `must be one of ${allowedValues.join(", ")}`,
  format: () => "must be a regular expression that JavaScript can read",
};

function withArticle(type: string): string {
  return `${/^[aeio]/.test(type) ? "an" : "a"} ${type}`;
}
