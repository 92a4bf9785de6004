/** The form that every stage relies on: a document's objects, lists and texts are where `document/model.ts` has them. */
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { type Document, METHODS } from "../../document/model.ts";
import { operations, parameterNames } from "../../document/operations.ts";
import type { Path } from "../../document/structure.ts";
import { InputError, type Place, type Problem } from "../../shared/input-error.ts";
import { isObject, type Json } from "../../shared/json.ts";
import { at, parsePointer, put, toPointer } from "../../shared/pointer.ts";
import { withArticle } from "../../shared/text.ts";

const string = { type: "string" };
/** Markdown, and what else people read. A parser of Markdown may take 30 s for as many characters as this. */
const prose = { type: "string", maxLength: 100_000 };
const list = (items: object) => ({ type: "array", items });
const map = (values: object) => ({ type: "object", additionalProperties: values });
/** A map that may be extended: its other keys are paths, URLs or statuses. */
const extensible = (values: object) => ({ ...map(values), patternProperties: { "^x-": true } });
const ref = (name: string) => ({ $ref: `#/$defs/${name}` });
/** An object that may be a reference, so that no member of it is required. */
const object = (properties: Record<string, object> = {}) => ({
  type: "object",
  properties: { $ref: string, summary: prose, description: prose, ...properties },
});
const each = (keys: readonly string[], value: object) => Object.fromEntries(keys.map((key) => [key, value]));

/**
 * Far less than OpenAPI's own schema, which is lint's to apply: only what makes the difference between a document
 * that can be worked with and one that cannot.
 */
const SHAPE = {
  required: ["info"],
  ...object({
    info: { required: ["title"], ...object({ title: prose }) },
    servers: list({ required: ["url"], ...object({ url: string, variables: map(object()) }) }),
    tags: list({ required: ["name"], ...object({ name: string }) }),
    security: list(map(list(string))),
    paths: extensible(ref("pathItem")),
    webhooks: map(ref("pathItem")),
    components: object({
      schemas: map(ref("schema")),
      parameters: map(ref("parameter")),
      headers: map(ref("header")),
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
    parameter: {
      ...object({ name: string, in: string }),
      allOf: [ref("header")],
      if: { required: ["$ref"] },
      // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema.
      then: true,
      else: { required: ["name", "in"] },
    },
    header: object({
      schema: ref("schema"),
      content: map(ref("mediaType")),
      examples: map(object()),
    }),
    body: object({ content: map(ref("mediaType")) }),
    response: object({
      headers: map(ref("header")),
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
        title: prose,
        pattern: { type: "string", format: "pattern" },
        enum: { type: "array" },
        ...each(["maximum", "minimum", "multipleOf"], { type: "number" }),
        // Booleans in OpenAPI 3.0.
        ...each(["exclusiveMaximum", "exclusiveMinimum"], { type: ["number", "boolean"] }),
        ...each(["maxLength", "minLength", "maxItems", "minItems"], { type: "integer" }),
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

// The schema is ours: to compile the meta-schema as well takes longer than it does.
const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
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

/**
 * Makes a document one that every stage can work with: what is not of that form is left out, and so is an operationId
 * that another operation has. A number or boolean where a text belongs is read as that text.
 *
 * @param document is changed
 * @returns what was left out, each with its place
 * @throws {InputError} for a document of which nothing would be left: without `info.title`, or whose members are not
 *   objects
 */
export function repair(document: Document, locate: (path: Path) => Place): Problem[] {
  const errors = validate(document) ? [] : (validate.errors ?? []).filter(({ keyword }) => keyword !== "if");
  const faults = errors.flatMap((error) => {
    const path = parsePointer(error.instancePath);
    return readAsText(document, error)
      ? []
      : [{ path, place: locate(path), message: messageOf(error), advice }];
  });
  const fatal = faults.filter(({ path }) => path.length < 2);
  if (fatal.length > 0)
    throw new InputError(
      ...fatal.map(({ path: _, ...fault }) => ({ ...fault, message: `${fault.message}.` })),
    );
  // From the end, so that an index still means the same item when its turn comes.
  for (const { path } of faults.toReversed()) remove(document, path);
  const left = faults.map(({ path: _, ...fault }) => ({
    ...fault,
    message: `${fault.message}. It is left out.`,
  }));
  plainTemplates(document);
  withContent(document);
  return [...left, ...duplicates(document, locate), ...parameters(document, locate)];
}

const advice = "Write it as OpenAPI has it, https://spec.openapis.org/oas/latest.html.";

function messageOf({ instancePath, keyword, params, message }: ErrorObject): string {
  const [last, holder] = parsePointer(instancePath).toReversed();
  const subject =
    last === undefined
      ? "The document"
      : /^\d$/.test(last) && holder
        ? `Item ${last} of "${holder}"`
        : `"${last}"`;
  return `${subject} ${WORDS[keyword]?.(params) ?? message}`;
}

/** Each keyword of the shape in words. */
const WORDS: Record<string, (params: ErrorObject["params"]) => string> = {
  type: ({ type }) => `must be ${[type].flat().map(withArticle).join(" or ")}`,
  required: ({ missingProperty }) => `has no "${missingProperty}"`,
  maxLength: ({ limit }) => `must not be longer than ${limit.toLocaleString("en")} characters`,
  enum: ({ allowedValues }) => `must be one of ${allowedValues.join(", ")}`,
  format: () => "must be a regular expression that JavaScript can read",
};

function readAsText(document: Document, { instancePath, keyword, params }: ErrorObject): boolean {
  const value = at(document, instancePath);
  if (keyword !== "type" || params["type"] !== "string") return false;
  if (typeof value !== "number" && typeof value !== "boolean") return false;
  put(document as unknown as Json, instancePath, String(value));
  return true;
}

function remove(document: Document, path: string[]): void {
  const key = path.at(-1) ?? "";
  const holder = at(document, toPointer(path.slice(0, -1)));
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else if (isObject(holder)) delete holder[key];
}

function* duplicates(document: Document, locate: (path: Path) => Place): Generator<Problem> {
  const seen = new Map<string, string>();
  for (const { path, method, operation } of operations(document)) {
    const { operationId } = operation;
    if (operationId === undefined) continue;
    const name = `${method.toUpperCase()} ${path}`;
    const first = seen.get(operationId);
    seen.set(operationId, first ?? name);
    if (first === undefined) continue;
    yield {
      place: locate(["paths", path, method, "operationId"]),
      message: `The operationId ${operationId} is taken by ${first}. ${name} is named after its path instead.`,
      advice: "Give each operation another operationId: types, client and mock are named after it.",
    };
    delete operation.operationId;
  }
}

/** Frameworks write `{path*}`, `{+path}` and `{path:regex}` for a parameter that OpenAPI calls `{path}`. */
function plainTemplates(document: Document): void {
  const { paths } = document;
  for (const path of Object.keys(paths ?? {})) {
    const plain = path.replace(/\{\+?([\w.-]+)(?:\*|:[^{}]*)?\}/g, "{$1}");
    if (plain === path || !paths?.[path] || paths[plain]) continue;
    paths[plain] = paths[path];
    delete paths[path];
  }
}

/** A request body without `content` has none of any type. */
function withContent(document: Document): void {
  const bodies: unknown[] = [
    ...Object.values(document.components?.["requestBodies"] ?? {}),
    ...[...operations(document)].map(({ operation }) => operation.requestBody),
  ];
  for (const body of bodies) if (isObject(body) && body["$ref"] === undefined) body["content"] ??= {};
}

/** A path parameter is always required, and one that no operation declares is a text. */
function* parameters(document: Document, locate: (path: Path) => Place): Generator<Problem> {
  for (const { path, method, operation, parameters } of operations(document)) {
    const declared = parameters.filter((parameter) => parameter.in === "path");
    for (const parameter of declared) parameter.required = true;
    for (const name of parameterNames(path)) {
      if (declared.some((parameter) => parameter.name === name)) continue;
      operation.parameters ??= [];
      operation.parameters.push({ name, in: "path", required: true, schema: { type: "string" } });
      yield {
        place: locate(["paths", path, method]),
        message: `The path has {${name}}, but ${method.toUpperCase()} declares no path parameter of that name. It is read as a string.`,
        advice: "Declare it under `parameters`.",
      };
    }
  }
}
