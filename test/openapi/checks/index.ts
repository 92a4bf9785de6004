/** All checks of the contract, in groups; the cheap ones first. */
import { answerChecks } from "./answers.ts";
import type { Checks } from "./check.ts";
import { exampleChecks } from "./examples.ts";
import { facts } from "./facts.ts";
import { prose } from "./prose.ts";
import { requests } from "./requests.ts";

export const checks: Record<string, Checks> = {
  facts,
  prose,
  examples: exampleChecks,
  requests,
  answers: answerChecks,
};
