/** How a user writes a scenario: like a response example of the contract, with what says which requests it answers. */
import type { Example, Schema } from "../../document/model.ts";
import type { TurnsFrom } from "../../openai/conventions.ts";
import { DISTRIBUTIONS, type Pace } from "../http/pace.ts";

/** One answer of a scenario. */
export interface Turn extends Omit<Example, "x-when">, Omit<Pace, "heartbeat"> {
  /** Default: 200, or the first successful status that the operation declares. */
  status?: number;
  headers?: Record<string, string>;
  /**
   * The name of an example of the contract that gives the members that the value leaves out; false for none. Default:
   * the example of the status that has the most members of the value.
   */
  extends?: string | false;
  /** Makes up a text of this many tokens instead of one that is written out. */
  tokens?: number;
  /** Which requests it answers: a JSON Schema over `{path, query, headers, body}`, which may use `last` and `lastOf`. */
  "x-when"?: Schema;
  /**
   * The same, shorter: from a JSON Pointer into `{path, query, headers, body}` to a regular expression (a string, matched
   * without regard to case, or a `RegExp`) or a JSON Schema. All must match. The index -1 is the last item of a list.
   */
  when?: Record<string, string | RegExp | Schema>;
  /** What goes wrong with it: `cut:3`, several of these, or to how many answers each applies: `{"error:503": 2}`. */
  fault?: string | string[] | Record<string, number>;
  /** False for an answer that breaks the contract on purpose. Default: true. */
  check?: boolean;
  /** How fast the answer comes. */
  pace?: Omit<Pace, "heartbeat">;
}

export interface ScenarioForm extends Turn {
  /** For `Prefer: example=`. Default: the file's name. */
  name?: string;
  /** An `operationId`, an `x-sdk-method`, or `POST /v1/things`. Default: the name of the file's folder. */
  operation?: string;
  /**
   * The answers of a conversation in place of a single one. The first answers a request without a message of the
   * assistant, the second one with one such message, and so on.
   */
  turns?: Turn[];
  /** Which messages count for `turns`: all (`start`, the default) or those after the last message of the user. */
  from?: TurnsFrom;
  /** Answers that are given one after the other. The last one is given again, unless `repeat` starts over. */
  answers?: Turn[];
  /** Whether `answers` starts over after the last one. Default: false. */
  repeat?: boolean;
}

const MILLISECONDS = { type: "number", minimum: 0, maximum: 86_400_000 };
const PACE: Record<string, Schema> = {
  ttft: MILLISECONDS,
  tps: { type: "number", minimum: 0, maximum: 1_000_000 },
  jitter: { type: "number", minimum: 0, maximum: 1 },
  distribution: { enum: [...DISTRIBUTIONS] },
};

const TURN: Record<string, Schema> = {
  summary: { type: "string" },
  description: { type: "string" },
  status: { type: "integer", minimum: 200, maximum: 599 },
  headers: { type: "object", additionalProperties: { type: "string" } },
  extends: { anyOf: [{ type: "string" }, { const: false }] },
  value: true,
  tokens: { type: "integer", minimum: 1, maximum: 100_000 },
  "x-when": { type: ["object", "boolean"] },
  "x-fill": { type: "object" },
  when: { type: "object", additionalProperties: { type: ["string", "object", "boolean"] } },
  fault: {
    anyOf: [
      { type: "string" },
      { type: "array", items: { type: "string" } },
      { type: "object", additionalProperties: { type: "integer", minimum: 1 } },
    ],
  },
  check: { type: "boolean" },
  pace: { type: "object", properties: PACE, additionalProperties: false },
  ...PACE,
};

const TURNS = {
  type: "array",
  minItems: 1,
  maxItems: 1000,
  items: { type: "object", properties: TURN, additionalProperties: false },
};

export const SCENARIO_SCHEMA: Schema = {
  type: "object",
  properties: {
    name: { type: "string", minLength: 1 },
    operation: { type: "string" },
    ...TURN,
    turns: TURNS,
    from: { enum: ["start", "last-user"] },
    answers: TURNS,
    repeat: { type: "boolean" },
  },
  additionalProperties: false,
};

/** The members of a scenario and of one of its turns. */
export const SCENARIO_MEMBERS = Object.keys((SCENARIO_SCHEMA as { properties: object }).properties);
