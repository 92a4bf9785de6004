/** Checks every answer of a mock against the contract, also those that a test does not look at. */

import type { Response, SchemaObject } from "../../scripts/document/model.ts";
import { deref, operations } from "../../scripts/document/operations.ts";
import type { JournalEntry } from "../../scripts/mock/index.ts";
import type { Json } from "../../scripts/shared/json.ts";
import { contract, schemaValidator } from "../openapi/validator.ts";
import { errorIn, events } from "./support.ts";

const JSON_TYPE = "application/json";
const STREAM_TYPE = "text/event-stream";

export interface Watch {
  /** Give it to the mock as its `log`. */
  log(entry: JournalEntry): void;
  /** How many answers were looked at. */
  readonly checked: number;
  /** What broke the contract, each with the request that it answered. */
  readonly problems: string[];
}

const responses = new Map(
  [...operations(contract)].map(({ method, path, operation }) => [
    operation.operationId ?? `${method.toUpperCase()} ${path}`,
    operation.responses ?? {},
  ]),
);
const validators = new Map<string, (value: unknown) => string[]>();

/** A watch over a mock of this repository's contract. Answers that a fault broke on purpose are left out. */
export function watch(): Watch {
  const problems: string[] = [];
  let checked = 0;
  return {
    problems,
    get checked() {
      return checked;
    },
    log(entry) {
      if (entry.faults.length > 0 || entry.status === 0 || entry.answer === "" || entry.truncated) return;
      checked += 1;
      for (const problem of problemsOf(entry))
        problems.push(`${entry.method} ${entry.url}, ${entry.status}: ${problem}`);
    },
  };
}

/** What is wrong with an answer, by the response that the contract declares for its operation and status. */
export function problemsOf({ operation, status, answer = null }: JournalEntry): string[] {
  try {
    if (status >= 400) errorIn(answer);
    if (operation === undefined) return [];
    const declared = responses.get(operation) ?? {};
    const response = declared[status] ?? declared["default"];
    if (!response) return [`${operation} declares no ${status}`];
    const { content } = deref<Response>(contract, response);
    const streamed = typeof answer === "string";
    const schema = content?.[streamed ? STREAM_TYPE : JSON_TYPE]?.schema;
    if (schema === undefined) return [`${operation} declares no ${streamed ? STREAM_TYPE : JSON_TYPE}`];
    if (!streamed) return validatorOf(schema)(answer);
    const { contentSchema } = deref(contract, schema as SchemaObject);
    if (contentSchema === undefined) return [`${operation} does not say what its events are`];
    const frames = events(answer);
    if (frames.pop() !== "[DONE]") return ["the stream does not end with [DONE]"];
    return frames.flatMap((frame) => validatorOf(contentSchema)(JSON.parse(frame) as Json));
  } catch (error) {
    return [(error as Error).message];
  }
}

/** To compile a schema is dear. */
function validatorOf(schema: Parameters<typeof schemaValidator>[0]): (value: unknown) => string[] {
  const key = JSON.stringify(schema);
  const known = validators.get(key) ?? schemaValidator(schema);
  validators.set(key, known);
  return known;
}
