/** The reply to a request that is refused, or that the mock fails on, in the contract's own error shape. */
import { messageOf } from "../../shared/text.ts";
import { exampleFor } from "../scenarios/scenario.ts";
import { contentSeed, filledFrom, headOf } from "./answer.ts";
import type { Engine } from "./engine.ts";
import type { Exchange } from "./exchange.ts";
import { type Reply, wholeReply } from "./reply.ts";
import { RequestProblem } from "./request-problem.ts";

/**
 * The error by what the operation declares for the status, else by the first `default` response of the contract.
 *
 * @param error whatever was thrown; what is not a `RequestProblem` becomes a 500
 */
export async function refuse(
  { operations, seed }: Engine,
  error: unknown,
  exchange: Exchange,
): Promise<Reply> {
  const { details, headers } = problemOf(error);
  const { status } = details;
  const own = exchange.operation && exampleFor(exchange.operation.scenarios, status);
  const scenario = own ?? operations.map(({ scenarios }) => exampleFor(scenarios)).find((found) => found);
  // A contract without error examples has no error shape; then that of RFC 9457.
  if (!scenario)
    return wholeReply(
      { status, headers: { ...headers, "content-type": "application/problem+json" } },
      details,
    );
  exchange.scenario = scenario;
  const made = { status, headers: scenario.headers, body: scenario.example.value ?? null };
  const body = await filledFrom(
    made,
    scenario,
    { ...exchange.context, problem: details },
    { seed: () => contentSeed(seed, null), random: exchange.random, now: undefined },
  );
  return wholeReply({ status, headers: { ...headOf(made, exchange).headers, ...headers } }, body);
}

function problemOf(error: unknown): RequestProblem {
  if (error instanceof RequestProblem) return error;
  // The stack's end: only what a client sent goes so deep.
  if (error instanceof RangeError && /call stack/i.test(error.message))
    return new RequestProblem(400, "invalid_json", "The body is nested too deeply.");
  return new RequestProblem(500, "internal_error", `The mock failed: ${messageOf(error)}`);
}
