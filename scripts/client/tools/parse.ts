/** Answers in JSON, parsed and typed. */
import { type BodyOf, type CompletionOf, type Completions, complete } from "./completions.ts";
import { check, type Schema, toJSONSchema } from "./schema.ts";

/** A `response_format` that carries the validator of the answer. */
export interface ResponseFormat<Output> {
  type: "json_schema";
  json_schema: { name: string; schema: Record<string, unknown>; strict: true };
  /** Not sent: it is not enumerable. */
  readonly validator?: Schema<Output>;
}

/**
 * Describes the answer that is wanted.
 *
 * @param name of the schema, up to 64 letters, digits, dashes and underscores
 * @param schema a validator that can write JSON Schema, or a JSON Schema, which alone checks nothing here
 * @param validator checks the answer; default: `schema`, if it is one
 * @throws {TypeError} if `schema` is a validator that cannot write JSON Schema
 */
export function responseFormat<Output>(
  name: string,
  schema: Schema<Output>,
  validator: Schema<Output> = schema,
): ResponseFormat<Output> {
  const format: ResponseFormat<Output> = {
    type: "json_schema",
    json_schema: { name, schema: toJSONSchema(schema), strict: true },
  };
  return Object.defineProperty(format, "validator", { value: validator });
}

/** An answer whose messages have `parsed`. */
export type Parsed<Whole, Output> = Whole extends { choices: (infer Choice)[] }
  ? Omit<Whole, "choices"> & { choices: (Choice & { message: { parsed: Output | null } })[] }
  : Whole;

/** An answer that is not what the schema asks for. */
export class ParseError extends Error {
  override readonly name = "ParseError";
  /** The answer that could not be parsed. */
  readonly completion: unknown;

  constructor(message: string, completion: unknown) {
    super(message);
    this.completion = completion;
  }
}

/**
 * Asks for an answer in JSON, and parses it.
 *
 * @param completions `client.chat.completions`
 * @param body of the request, with a `response_format` by `responseFormat`
 * @param options of the call
 * @returns the answer, with `parsed` in each message: the value, or null beside a refusal or tool calls
 * @throws {ParseError} if a text is not JSON, was cut (`finish_reason: "length"`), or does not match the schema
 * @throws {APIError} as `create` does
 */
export async function parse<C extends Completions, Output>(
  completions: C,
  body: BodyOf<C> & { response_format: ResponseFormat<Output> },
  options: object = {},
): Promise<Parsed<CompletionOf<C>, Output>> {
  const { validator } = body.response_format;
  const completion = await complete(completions, body, options);
  for (const { message, finish_reason: finish } of completion.choices) {
    const { content, refusal, tool_calls: calls } = message;
    const none = refusal || calls?.length || typeof content !== "string";
    const checked = none ? { value: null } : await check(content, validator);
    if ("problem" in checked) {
      const cut = finish === "length" ? "The answer was cut, since max_tokens was reached." : "";
      throw new ParseError(
        `${cut || "The answer does not match the schema."} ${checked.problem}`,
        completion,
      );
    }
    Object.assign(message, { parsed: checked.value });
  }
  return completion as Parsed<CompletionOf<C>, Output>;
}
