/** Structured answers: JSON by a schema, JSON of any form. */
import type { ContractOperation } from "../compiled-contract.ts";
import { type Ask, bothForms, user } from "./ask.ts";
import type { Case, Setting } from "./case.ts";

const PERSON = {
  type: "object",
  properties: {
    name: { type: "string", minLength: 1 },
    born: { type: "integer", minimum: 1000, maximum: 2100 },
    fields: { type: "array", items: { enum: ["mathematics", "physics", "chemistry"] }, minItems: 1 },
  },
  required: ["name", "born", "fields"],
  additionalProperties: false,
};

const ASKS: Ask[] = [
  {
    name: "json_schema",
    members: {
      max_tokens: 300,
      response_format: { type: "json_schema", json_schema: { name: "person", strict: true, schema: PERSON } },
    },
    messages: [user("Who was Ada Lovelace? Answer as JSON.")],
  },
  {
    name: "json_object",
    members: { max_tokens: 300, response_format: { type: "json_object" } },
    messages: [user("Who was Ada Lovelace? Answer as a JSON object with the members name and born.")],
  },
  {
    name: "the response format text",
    members: { max_tokens: 32, response_format: { type: "text" } },
    messages: [user("Say hello.")],
  },
];

/** Cases for `response_format`. */
export function structureCases(operation: ContractOperation, setting: Setting): Case[] {
  return ASKS.flatMap((ask) => bothForms(ask, operation, setting));
}
