/** The form that every stage relies on: a document's objects, lists and texts are where `document.ts` says. */
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { METHODS } from "../../document/model.ts";
import { parsePointer } from "../../shared/pointer.ts";
import { withArticle } from "../../shared/text.ts";
import type { Path } from "./sources.ts";

/** What no stage can work with. */
export interface Fault {
  path: Path;
  message: string;
  advice: string;
}

const string = { type: "string" };
const list = (items: object) => ({ type: "array", items });
const map = (values: object) => ({ type: "object", additionalProperties: values });
/** A map that may be extended: its other keys are paths, URLs or statuses. */
const extensible = (values: object) => ({ ...map(values), patternProperties: { "^x-": true } });
const ref = (name: string) => ({ $ref: `#/$defs/${name}` });
/** An object that may be a reference, so that no member of it is required. */
const object = (properties: Record<string, object> = {}) => ({
  type: "object",
  properties: { $ref: string, summary: string, description: string, ...properties },
});
const each = (keys: readonly string[], value: object) => Object.fromEntries(keys.map((key) => [key, value]));

/**
 * Far less than OpenAPI's own schema, which is lint's to apply: only what makes the difference between a document
 * that can be worked with and one that cannot.
 */
const SHAPE = {
  required: ["info"],
  ...object({
    info: { required: ["title"], ...object({ title: string }) },
    servers: list({ required: ["url"], ...object({ url: string, variables: map(object()) }) }),
    tags: list({ required: ["name"], ...object({ name: string }) }),
    security: list(map(list(string))),
    paths: extensible(ref("pathItem")),
    webhooks: map(ref("pathItem")),
    components: object({
      schemas: map(ref("schema")),
      parameters: map(ref("parameter")),
      headers: map(ref("parameter")),
      responses: map(ref("response")),
      requestBodies: map(ref("body")),
      examples: map(object()),
      links: map(object()),
      callbacks: map(ref("callback")),
      pathItems: map(ref("pathItem")),
      securitySchemes: map(object()),
    }),
  }),
  $defs: {
    pathItem: object({ parameters: list(ref("parameter")), ...each(METHODS, ref("operation")) }),
    operation: object({
      operationId: string,
      tags: list(string),
      security: list(map(list(string))),
      parameters: list(ref("parameter")),
      requestBody: ref("body"),
      responses: extensible(ref("response")),
      callbacks: map(ref("callback")),
      "x-sdk-method": string,
      "x-codeSamples": list(object({ lang: string, label: string, source: string })),
    }),
    callback: extensible(ref("pathItem")),
    parameter: object({
      name: string,
      in: string,
      schema: ref("schema"),
      content: map(ref("mediaType")),
      examples: map(object()),
    }),
    body: object({ content: map(ref("mediaType")) }),
    response: object({
      headers: map(ref("parameter")),
      content: map(ref("mediaType")),
      links: map(object()),
    }),
    mediaType: object({ schema: ref("schema"), examples: map(object()) }),
    schema: {
      ...object({
        type: {
          if: { type: "array" },
          // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema.
          then: list(ref("type")),
          else: ref("type"),
        },
        title: string,
        pattern: { type: "string", format: "pattern" },
        enum: { type: "array" },
        required: list(string),
        "x-enumDescriptions": map(string),
        discriminator: object({ propertyName: string, mapping: map(string) }),
        ...each(["properties", "patternProperties", "dependentSchemas", "$defs"], map(ref("schema"))),
        ...each(["allOf", "anyOf", "oneOf", "prefixItems"], list(ref("schema"))),
        ...each(
          ["items", "contains", "additionalProperties", "propertyNames", "not", "contentSchema"],
          ref("schema"),
        ),
      }),
      type: ["object", "boolean"],
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
