/** Schemas: plain JSON Schema, or a validator of any library that follows the Standard Schema (zod, valibot, arktype). */

/** A validator by the Standard Schema, version 1 (https://standardschema.dev). */
export interface StandardSchema<Output = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    validate(value: unknown): StandardResult<Output> | Promise<StandardResult<Output>>;
    /** Libraries that can write themselves as JSON Schema do it here. */
    readonly jsonSchema?: { input(options: { target: "draft-2020-12" }): Record<string, unknown> };
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly Issue[] };

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What describes a value: a validator, or a JSON Schema, which only the server checks. */
export type Schema<Output> = StandardSchema<Output> | Record<string, unknown>;

/** A value that was checked, or what is wrong with it. */
export type Checked<Output> = { value: Output } | { problem: string };

/**
 * The schema as JSON Schema 2020-12.
 *
 * @throws {TypeError} if the validator's library cannot write one
 */
export function toJSONSchema(schema: Schema<unknown>): Record<string, unknown> {
  if (!isStandard(schema)) return schema;
  const { jsonSchema, vendor } = schema["~standard"];
  if (jsonSchema) return jsonSchema.input({ target: "draft-2020-12" });
  throw new TypeError(
    `This version of ${vendor} does not write JSON Schema by itself. Pass the JSON Schema, and the validator beside it.`,
  );
}

/** A block of Markdown, in which some models put their JSON although they were asked for JSON alone. */
const FENCE = /^\s*```\w*\s*([\s\S]*?)\s*```\s*$/;

/** Parses a text as JSON, and checks the value if there is a validator. */
export async function check<Output>(
  text: string,
  schema: Schema<Output> | undefined,
): Promise<Checked<Output>> {
  let value: unknown;
  try {
    value = JSON.parse(FENCE.exec(text)?.[1] ?? text);
  } catch (error) {
    return { problem: `It is not JSON: ${(error as Error).message}` };
  }
  if (!schema || !isStandard(schema)) return { value: value as Output };
  const result = await schema["~standard"].validate(value);
  return result.issues ? { problem: result.issues.map(describe).join("; ") } : { value: result.value };
}

function isStandard<Output>(schema: Schema<Output>): schema is StandardSchema<Output> {
  return "~standard" in schema;
}

function describe({ message, path = [] }: Issue): string {
  const names = path.map((step) => String(typeof step === "object" ? step.key : step));
  return names.length > 0 ? `${names.join(".")}: ${message}` : message;
}
