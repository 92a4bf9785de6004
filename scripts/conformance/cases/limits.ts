/** Requests at the limits of the contract: an edge is accepted, what lies beyond is refused and named. */
import { isObject, type Json } from "../../shared/json.ts";
import { asStreamed, type ContractOperation } from "../compiled-contract.ts";
import { affordable, costOf, withModel } from "./budget.ts";
import { type Case, requestOf, type Setting, single } from "./case.ts";
import { documentedBodies } from "./documented.ts";
import { mutations } from "./mutations.ts";
import { expectAnswer, expectRefusal, type Refusal } from "./verdict.ts";

/** The status for a malformed request, where the contract declares it. */
const BAD_REQUEST = 400;

/** Cases for the limits of an operation's request body. */
export function limitCases(operation: ContractOperation, setting: Setting): Case[] {
  const { contract } = setting;
  const bodies = documentedBodies(contract, operation).map(
    ({ body }) => withModel(body, operation, setting)[0],
  );
  const smallest = bodies[0] === undefined ? [] : [onlyRequired(bodies[0], operation)];
  const found = mutations(contract, operation, [...smallest, ...bodies]);
  const cases = found.map(({ name, body, pointer, valid, passedThrough }) => {
    if (!valid)
      return single(operation, name, requestOf(operation, body), (exchange, findings) =>
        expectRefusal(contract, operation, exchange, { ...refusalOf(pointer), passedThrough }, findings),
      );
    const sent = cheapest(body, operation);
    return single(
      operation,
      name,
      requestOf(operation, sent),
      (exchange, findings) => void expectAnswer(contract, operation, exchange, findings, passedThrough),
      { tokens: costOf(sent), tries: 3 },
    );
  });
  return [...cases, ...streamedRefusal(operation, setting, found)];
}

/** A refused request is refused before the stream begins: with a status, not with an event. */
function streamedRefusal(
  operation: ContractOperation,
  { contract }: Setting,
  found: ReturnType<typeof mutations>,
): Case[] {
  const wrong = found.filter(({ valid, passedThrough, body }) => !valid && !passedThrough && isObject(body));
  if (operation.chunk === undefined) return [];
  return wrong
    .slice(0, 2)
    .map(({ name, body, pointer }) =>
      single(
        operation,
        `${name}, streamed`,
        requestOf(operation, asStreamed(operation, isObject(body) ? body : {})),
        (exchange, findings) => expectRefusal(contract, operation, exchange, refusalOf(pointer), findings),
      ),
    );
}

/** How a body is refused for what is at a pointer; an empty pointer means the whole body, which no field names. */
function refusalOf(pointer: string): Refusal {
  return { statuses: [BAD_REQUEST], ...(pointer && { field: pointer }) };
}

/** A body with the members alone that its schema requires, where it stays valid. */
function onlyRequired(body: Json, { body: schema }: ContractOperation): Json {
  const required = typeof schema === "object" && Array.isArray(schema.required) ? schema.required : undefined;
  if (!required || !isObject(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => required.includes(name)));
}

/** The edge of a limit is accepted or not at the first token. */
function cheapest(body: Json, operation: ContractOperation): Json {
  if (!operation.chat || !isObject(body)) return body;
  const { n } = body;
  return typeof n === "number" && n > 1 ? { ...body, max_tokens: 1 } : affordable(body, operation);
}
