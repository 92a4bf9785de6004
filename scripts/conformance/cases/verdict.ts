/** Whether a request was answered, or refused, as the contract says. */
import { isObject, type Json, member } from "../../shared/json.ts";
import { checkJsonAnswer } from "../checks/every-answer.ts";
import { checkExchange } from "../checks/request-and-answer.ts";
import { parsed } from "../checks/tools.ts";
import type { Contract, ContractOperation } from "../compiled-contract.ts";
import type { Exchange } from "../exchange.ts";
import type { Findings } from "../findings.ts";

/** Statuses of a server that cannot answer now, whatever the request. */
const BUSY = [429, 503, 529];

/**
 * Checks the answer to a request that the contract allows.
 *
 * @param optional whether the model may lack what is asked for: then a refusal is a note
 * @returns the answer in one piece; undefined where the request was not answered
 */
export function expectAnswer(
  contract: Contract,
  operation: ContractOperation,
  exchange: Exchange,
  found: Findings,
  optional = false,
): Json | undefined {
  const { status, request } = exchange;
  if (status < 400) {
    const body = typeof request.body === "string" ? undefined : request.body;
    const answer = checkExchange(contract, operation, body, exchange, Date.now(), found);
    return status >= 200 && status < 300 ? answer : undefined;
  }
  const problem = checkJsonAnswer(contract, operation, exchange, found);
  const expected = contract.successes(operation).join(" or ") || "a success";
  const said = `${status}: ${messageIn(problem) ?? exchange.text}`;
  if (BUSY.includes(status)) found.note("", "The server was busy at every try.", expected, said);
  else if (optional && status < 500)
    found.note("", "The model may not support this request.", expected, said);
  else found.break("", "The request is not answered, although the contract allows it.", expected, said);
  return undefined;
}

/** How a refusal has to look. */
export interface Refusal {
  /** The statuses that the contract gives for it. */
  statuses: number[];
  /** A JSON Pointer into the request's body: what is wrong with it. */
  field?: string;
  /** Whether the contract leaves the field to the upstream, which may then accept it or refuse it otherwise. */
  passedThrough?: boolean;
  /** Whether a server may accept the request for reasons that nobody sees from outside; default `passedThrough`. */
  mayAccept?: boolean;
}

/** Checks the answer to a request that the contract does not allow. */
export function expectRefusal(
  contract: Contract,
  operation: ContractOperation,
  exchange: Exchange,
  { statuses, field, passedThrough = false, mayAccept = passedThrough }: Refusal,
  found: Findings,
): void {
  const { status } = exchange;
  const expected = statuses.join(" or ");
  if (status < 400) {
    const message = accepted(exchange, field);
    if (mayAccept) found.note(field ?? "", message, expected, status);
    else found.break(field ?? "", message, expected, status);
    return;
  }
  const body = checkJsonAnswer(contract, operation, exchange, found);
  const said = `${status}: ${messageIn(body) ?? exchange.text}`;
  if (!statuses.includes(status)) {
    if (BUSY.includes(status)) found.note(field ?? "", "The server was busy at every try.", expected, said);
    else if (passedThrough && status < 500)
      found.note(field ?? "", "The refusal has another status.", expected, said);
    else found.break(field ?? "", "The refusal has another status than the contract gives.", expected, said);
  } else if (field !== undefined) checkNaming(body, field, found);
}

function accepted({ text }: Exchange, field: string | undefined): string {
  const what = field
    ? `A request with a wrong ${field.slice(1).replaceAll("/", ".")}`
    : "A request that should be refused";
  const first = /^data: ?(.*)$/m.exec(text)?.[1] ?? text;
  const body = parsed(first);
  // An error under a status of success is one that clients do not see.
  return isObject(body) && body["error"]
    ? `${what} gets its error under a status of success.`
    : `${what} is accepted.`;
}

/** A refusal names the field: in `error.param`, else in its message. */
function checkNaming(body: Json | undefined, field: string, found: Findings): void {
  const error = member(body, "error");
  const message = String(member(error, "message") ?? "");
  const param = member(error, "param");
  const names = field.split("/").filter((part) => part !== "" && !/^\d+$/.test(part));
  const mentions = (text: string) => names.some((name) => text.toLowerCase().includes(name.toLowerCase()));
  const expected = names.join(".");
  if (typeof param === "string" && param !== "") {
    if (!mentions(param)) found.break("/error/param", "The refusal names another field.", expected, param);
  } else if (error && !mentions(message))
    found.break(
      "/error/param",
      "The refusal names the field neither in error.param nor in its message.",
      expected,
      message,
    );
}

function messageIn(body: Json | undefined): string | undefined {
  const message = member(member(body, "error"), "message");
  return typeof message === "string" ? message : undefined;
}
