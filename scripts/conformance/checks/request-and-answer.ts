/** What holds between a request and its answer: the checks that need no case of their own. */
import { isObject, type Json } from "../../shared/json.ts";
import { type Contract, type ContractOperation, isStreamed } from "../compiled-contract.ts";
import type { Findings } from "../findings.ts";
import { checkCompletion } from "./completion.ts";
import { type Answer, checkJsonAnswer } from "./every-answer.ts";
import { checkStream, type StreamedAnswer } from "./stream.ts";

/**
 * Checks an answer against the contract and against what its request asked for.
 *
 * @param request the body of the request; undefined where it had none that is JSON
 * @param now when the answer came, in milliseconds since 1970-01-01
 * @returns the answer in one piece, a stream's chunks joined; undefined where there is none
 */
export function checkExchange(
  contract: Contract,
  operation: ContractOperation,
  request: Json | undefined,
  answer: Answer & StreamedAnswer,
  now: number,
  found: Findings,
): Json | undefined {
  const asked = isObject(request) ? request : {};
  const successful = answer.status >= 200 && answer.status < 300;
  if (successful && isStreamed(operation, request))
    return checkStream(contract, operation, { request: asked, now }, answer, found);
  const body = checkJsonAnswer(contract, operation, answer, found);
  if (answer.end === "cut" || answer.end === "stalled")
    found.break(
      "",
      "The answer is cut: the connection ended before it was whole.",
      "a whole answer",
      answer.problem,
    );
  if (successful && operation.chat && body !== undefined)
    checkCompletion(body, { request: asked, now, streamed: false }, found);
  return body;
}
