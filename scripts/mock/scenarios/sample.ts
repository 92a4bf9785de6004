/**
 * Makes a value that is valid against a JSON Schema, the same one for the same seed. Run as a worker, this file answers
 * the requests of `sampler.ts`.
 */
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { type GenerateOptions, generateSync, type JsonSchema } from "json-schema-faker";
import { walk } from "../../document/structure.ts";
import type { Json } from "../../shared/json.ts";
import { seedOf } from "../../shared/random.ts";
import { messageOf } from "../../shared/text.ts";
import { RequestProblem } from "../engine/request-problem.ts";

/**
 * Tries, each with another seed: some keywords are beyond the sampler, and its values then valid by chance only. A
 * schema that refers to itself is cut at a depth, which makes a wrong value where it falls on a required part; and
 * the schema's own `default`s are not always valid.
 */
const TRIES = [5, 4, 10].flatMap((maxDepth) =>
  [true, false].map((useDefaultValue) => ({ maxDepth, useDefaultValue })),
);

/** The keywords that say of which type a value is. A schema without any of these is meant for an object. */
const KINDS = ["type", "$ref", "enum", "const", "anyOf", "oneOf", "allOf", "items", "prefixItems"];

/** What a worker is told, and what it answers. */
export interface SampleRequest {
  schema: Json;
  seed: number;
  field: string;
}
export type SampleResponse = { value: Json } | { code: string; detail: string };

/** The `workerData` by which this file knows that it is to answer requests. */
export const SAMPLER = "sampler";
export const SAMPLE_FILE = new URL(import.meta.url);

/** A value of more characters is not an answer of a model. */
const LARGEST = 1_000_000;

/** The most items of a list and characters of a text, unless the schema demands more. */
const MOST = { Items: 5, Length: 200 };

/**
 * @param seed any number; near ones give values as different as far ones
 * @param field where the request has the schema, for the message
 * @throws {RequestProblem} 400 when the schema is not one, or no valid value could be found
 */
export function sample(schema: Json, seed: number, field: string): Json {
  if (schema === null || (typeof schema !== "object" && typeof schema !== "boolean") || Array.isArray(schema))
    throw new RequestProblem(400, "invalid_json_schema", "A JSON Schema must be an object.", { field });
  const validate = compile(schema, field);
  const typed = typeof schema === "boolean" || KINDS.some((keyword) => keyword in schema);
  const shape = bounded(typed ? schema : { ...schema, type: "object" });
  let beyond = "";
  for (const [attempt, options] of TRIES.entries()) {
    const value = generate(shape, { ...options, seed: seedOf(String(seed), String(attempt)) });
    if (value !== undefined && validate(value)) return value;
    const [error] = (value !== undefined && validate.errors) || [];
    if (error) beyond = `: \`${error.keyword}\` at ${error.schemaPath} is beyond it`;
  }
  const detail = `The mock finds no value for this JSON Schema${beyond}. Simplify it, or give the answer by a scenario.`;
  throw new RequestProblem(400, "unsupported_json_schema", detail, { field });
}

/** Programs send the same tools with each request. Each schema has a compiler by itself, which goes with it. */
const compiled = new Map<string, ValidateFunction>();
const COMPILED = 100;

function compile(schema: object | boolean, field: string): ValidateFunction {
  const key = JSON.stringify(schema);
  const known = compiled.get(key) ?? compileAnew(schema, field);
  if (compiled.size >= COMPILED) compiled.clear();
  compiled.set(key, known);
  return known;
}

function compileAnew(schema: object | boolean, field: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false });
  addFormats.default(ajv);
  try {
    return ajv.compile(withoutIdentity(schema));
  } catch (error) {
    throw new RequestProblem(
      400,
      "invalid_json_schema",
      `This JSON Schema does not compile: ${messageOf(error)}.`,
      {
        field,
      },
    );
  }
}

/** The schema with lower maxima: the sampler chooses any number of items up to `maxItems`, which may be thousands. */
function bounded<T extends object | boolean>(schema: T): T {
  const copy = structuredClone(schema);
  const nodes = [...walk(copy, "schema")].map(({ node }) => node);
  for (const [kind, most] of Object.entries(MOST)) {
    const demanded = nodes.map((node) => Number(node[`min${kind}`] ?? 0));
    const bound = demanded.reduce((one, other) => Math.max(one, other), most);
    // A pattern may demand a length too.
    for (const node of nodes)
      if (Number(node[`max${kind}`]) > bound && node["pattern"] === undefined) node[`max${kind}`] = bound;
  }
  return copy;
}

function generate(schema: object | boolean, options: GenerateOptions): Json | undefined {
  if (typeof schema === "boolean") return schema ? {} : undefined;
  try {
    const all = { ...options, alwaysFakeOptionals: true, maxDefaultItems: 2 };
    return generateSync(withoutIdentity(schema) as JsonSchema, all) as Json;
  } catch {
    return undefined;
  }
}

/** A schema may name any draft, which differ in nothing that a sample needs, and an ID that was used before. */
function withoutIdentity<T extends object | boolean>(schema: T): T {
  if (typeof schema === "boolean") return schema;
  const { $schema: _, $id: __, ...rest } = schema as Record<string, unknown>;
  return rest as T;
}

/** Answers what `sampler.ts` sends, one request after the other. */
function serve(port: NonNullable<typeof parentPort>): void {
  port.on("message", ({ schema, seed, field }: SampleRequest) => {
    port.postMessage(respond(schema, seed, field));
  });
}

function respond(schema: Json, seed: number, field: string): SampleResponse {
  try {
    const value = sample(schema, seed, field);
    if (JSON.stringify(value).length <= LARGEST) return { value };
    return {
      code: "unsupported_json_schema",
      detail: `A value of this JSON Schema is longer than ${LARGEST} characters.`,
    };
  } catch (error) {
    const code = error instanceof RequestProblem ? error.details.code : "unsupported_json_schema";
    return { code, detail: messageOf(error) };
  }
}

if (!isMainThread && workerData === SAMPLER && parentPort) serve(parentPort);
