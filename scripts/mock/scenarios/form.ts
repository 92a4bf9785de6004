/** How a scenario of the user's is written: like a response example of the contract, with what places it. */
import type { Example, Schema } from "../../document/model.ts";
import { isObject, type Json } from "../../shared/json.ts";

/** One answer of a scenario. */
export interface Turn extends Omit<Example, "x-when"> {
  /** Default: 200, or the first successful status that the operation declares. */
  status?: number;
  headers?: Record<string, string>;
  /**
   * The name of an example of the contract whose members the value takes over where it has none of its own; false for
   * none. Default: the first example of the status that has every member of the value.
   */
  extends?: string | false;
  /** Which requests it answers: a JSON Schema over `{path, query, headers, body}`, which may use `last`. */
  "x-when"?: Schema;
  /**
   * The same, shorter: from a JSON Pointer into `{path, query, headers, body}` to a regular expression (a string;
   * upper and lower case alike) or a JSON Schema. All must match. The index -1 is the last item of a list.
   */
  when?: Record<string, string | Schema>;
  /** What goes wrong with it: `cut:3`, or several of these. */
  fault?: string | string[];
  /** False for an answer that breaks the contract on purpose. Default: true. */
  check?: boolean;
}

export interface ScenarioForm extends Turn {
  /** For `Prefer: example=`. Default: the file's name. */
  name?: string;
  /** An `operationId`, an `x-sdk-method`, or `POST /v1/things`. Default: the name of the file's folder. */
  operation?: string;
  /**
   * The answers of a conversation in place of a single one. The first answers a request without a message of the
   * assistant's, the second one with one such message, and so on.
   */
  turns?: Turn[];
}

const TURN: Record<string, Schema> = {
  summary: { type: "string" },
  description: { type: "string" },
  status: { type: "integer", minimum: 200, maximum: 599 },
  headers: { type: "object", additionalProperties: { type: "string" } },
  extends: { anyOf: [{ type: "string" }, { const: false }] },
  value: true,
  "x-when": { type: ["object", "boolean"] },
  "x-fill": { type: "object" },
  when: { type: "object", additionalProperties: { type: ["string", "object", "boolean"] } },
  fault: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] },
  check: { type: "boolean" },
};

export const SCENARIO_SCHEMA: Schema = {
  type: "object",
  properties: {
    name: { type: "string", minLength: 1 },
    operation: { type: "string" },
    ...TURN,
    turns: {
      type: "array",
      minItems: 1,
      items: { type: "object", properties: TURN, additionalProperties: false },
    },
  },
  additionalProperties: false,
};

/**
 * What tells one turn of a conversation from another: how many messages of the assistant's the request carries. The
 * state is in the request, so that any number of mocks give the same answers.
 */
export function turnSchema(turn: number): Schema {
  const said = { type: "object", required: ["role"], properties: { role: { const: "assistant" } } };
  const messages = { type: "array", contains: said, minContains: turn, maxContains: turn };
  const body = { type: "object", required: ["messages"], properties: { messages } };
  return { type: "object", required: ["body"], properties: { body } };
}

/**
 * The value with what it lacks from another: objects by member, lists by item (the last one of the other stands for
 * all further items), anything else as it is.
 */
export function merge(base: Json | undefined, value: Json | undefined): Json | undefined {
  if (value === undefined) return base;
  if (Array.isArray(value) && Array.isArray(base))
    return value.map((item, index) => merge(base[index] ?? base.at(-1), item) ?? null);
  if (isObject(value) && isObject(base)) {
    const merged: Record<string, Json> = { ...base };
    for (const [name, member] of Object.entries(value)) merged[name] = merge(base[name], member) ?? null;
    return merged;
  }
  return value;
}

/** Whether a value has every member that another has. */
export function covers(base: Json | undefined, value: Json | undefined): boolean {
  if (Array.isArray(value) && Array.isArray(base))
    return value.every((item, index) => covers(base[index] ?? base.at(-1), item));
  if (isObject(value) && isObject(base))
    return Object.entries(value).every(
      ([name, member]) => Object.hasOwn(base, name) && covers(base[name], member),
    );
  return base !== undefined;
}
