/** Checks every answer of a mock against the contract, also those that a test does not look at. */

import type { Response, SchemaObject } from "../../scripts/document/model.ts";
import { deref, operations } from "../../scripts/document/operations.ts";
import { eventName, streamProtocol } from "../../scripts/document/stream-shape.ts";
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
    const type = mediaTypeOf(Object.keys(content ?? {}), answer);
    const media = content?.[type];
    if (media?.schema === undefined) return [`${operation} declares no ${type}`];
    if (type !== STREAM_TYPE) return validatorOf(media.schema)(answer);
    const { contentSchema } = deref(contract, media.schema as SchemaObject);
    if (contentSchema === undefined) return [`${operation} does not say what its events are`];
    const frames = events(String(answer));
    const protocol = streamProtocol(media);
    if (protocol.done && frames.pop() !== "[DONE]") return ["the stream does not end with [DONE]"];
    const data = frames.map((frame) => JSON.parse(frame) as Json);
    const last = eventName(protocol, undefined, data.at(-1) ?? null);
    const ends = [...protocol.end, ...protocol.failure];
    if (last !== undefined && ends.length > 0 && !ends.includes(last))
      return [`the stream ends with the event ${last}`];
    return data.flatMap(validatorOf(contentSchema));
  } catch (error) {
    return [(error as Error).message];
  }
}

/** The media type of an answer, of those that are declared. The journal has text for all but JSON. */
function mediaTypeOf(declared: string[], answer: Json): string {
  if (typeof answer !== "string") return JSON_TYPE;
  const framed = /^(event|data):/.test(answer);
  const texts = declared.filter((type) => type !== JSON_TYPE);
  return texts.find((type) => (type === STREAM_TYPE) === framed) ?? STREAM_TYPE;
}

/** To compile a schema is dear. */
function validatorOf(schema: Parameters<typeof schemaValidator>[0]): (value: unknown) => string[] {
  const key = JSON.stringify(schema);
  const known = validators.get(key) ?? schemaValidator(schema);
  validators.set(key, known);
  return known;
}
