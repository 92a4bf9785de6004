/** Makes a value that is valid against a JSON Schema, the same one for the same seed. */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { generateSync, type JsonSchema } from "json-schema-faker";
import type { Json } from "../pipeline/document.ts";
import { RequestProblem } from "./problem.ts";
import { seedOf } from "./random.ts";

/** Tries, each with another seed: some keywords are beyond the sampler, and its values then valid by chance only. */
const TRIES = 6;

/**
 * @param seed any number; near ones give values as different as far ones
 * @param field where the request has the schema, for the message
 * @throws {RequestProblem} 400 when the schema is not one, or no valid value could be found
 */
export function sample(schema: Json, seed: number, field: string): Json {
  if (schema === null || (typeof schema !== "object" && typeof schema !== "boolean") || Array.isArray(schema))
    throw new RequestProblem(400, "invalid_json_schema", "A JSON Schema must be an object.", { field });
  const validate = compile(schema, field);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const value = generate(schema, seedOf(String(seed), String(attempt)), attempt < TRIES / 2);
    if (value !== undefined && validate(value)) return value;
  }
  const detail =
    "The mock finds no value for this JSON Schema. Simplify it, or give the answer by a scenario.";
  throw new RequestProblem(400, "unsupported_json_schema", detail, { field });
}

function compile(schema: object | boolean, field: string): (value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false });
  addFormats.default(ajv);
  try {
    return ajv.compile(withoutIdentity(schema));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RequestProblem(400, "invalid_json_schema", `This JSON Schema does not compile: ${reason}.`, {
      field,
    });
  }
}

/** @param wishes whether to use the schema's own `default`s, which are not always valid */
function generate(schema: object | boolean, seed: number, wishes: boolean): Json | undefined {
  if (typeof schema === "boolean") return schema ? {} : undefined;
  try {
    return generateSync(withoutIdentity(schema) as JsonSchema, {
      seed,
      alwaysFakeOptionals: true,
      useDefaultValue: wishes,
      maxDefaultItems: 2,
      // How deep a schema that refers to itself goes.
      maxDepth: 6,
    }) as Json;
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
