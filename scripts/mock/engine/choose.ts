/** Chooses the scenario that answers a request. */

import { declaredFor } from "../../document/examples.ts";
import { counted } from "../../shared/text.ts";
import type { Subject } from "../scenarios/expression.ts";
import { exampleFor, type Scenario, type Script } from "../scenarios/scenario.ts";
import type { AnswerType } from "./answer-types.ts";
import type { Engine } from "./engine.ts";
import { type Exchange, type Mismatch, subjectOf } from "./exchange.ts";
import type { Operation } from "./operation.ts";
import type { Preferences } from "./prefer.ts";
import { isStreamType } from "./reply.ts";
import { RequestProblem } from "./request-problem.ts";

type Wanted = Omit<Preferences, "faults">;

/** What a script has for a request: an answer, or the reason that it has none. */
type Verdict = { scenario: Scenario } | { met: number; why(): string };

/** How many mismatches the journal keeps for a request, and how many an error lists. */
const KEPT = 20;
const TOLD = 5;

/**
 * Chooses in this order: what `Prefer` asks for (`code=`, `example=`), the first scenario of the user's that matches,
 * the first example of the contract that matches, the first example without a condition of the first successful response.
 *
 * @throws {RequestProblem} 400 for a preference that the operation cannot meet, naming what it can; and for a request that
 *   no scenario of the user's matches, if the engine is strict
 */
export function choose(engine: Engine, exchange: Exchange, wanted: Wanted): Scenario {
  const { operation, context } = exchange;
  if (!operation) throw new Error("A scenario is chosen of an operation.");
  const scripts = engine.scripts.get(operation) ?? [];
  const subject = subjectOf(context);
  if (wanted.status !== undefined || wanted.example !== undefined)
    return preferred(scripts, wanted, { engine, exchange, operation, subject });
  const missed: { script: Script; verdict: Exclude<Verdict, { scenario: Scenario }> }[] = [];
  let found: Scenario | undefined;
  for (const script of scripts) {
    const verdict = verdictOf(script, { engine, exchange, operation, subject });
    if ("scenario" in verdict) {
      found = verdict.scenario;
      break;
    }
    missed.push({ script, verdict });
  }
  exchange.mismatches = missed
    .sort((a, b) => b.verdict.met - a.verdict.met)
    .slice(0, KEPT)
    .map(({ script, verdict }) => ({ scenario: script.name, reason: verdict.why() }));
  if (found) return found;
  const { strict = false } = engine.options;
  exchange.unmatched = strict || engine.scripts.size > 0;
  if (strict) throw unmatched(operation, exchange.mismatches, missed.length);
  const { scenarios } = operation;
  const status = scenarios.success;
  const isServed = typeTest(operation, subject);
  return (
    scenarios.contract.find((scenario) => scenario.matches?.(subject) && isServed(scenario)) ??
    exampleFor(scenarios, status, isServed) ??
    withoutExample(operation, status)
  );
}

/** Whether scenarios of the contract have the media type that a request gets. */
function typeTest({ typeFor }: Operation, subject: Subject): (scenario: Scenario) => boolean {
  let status: string | undefined;
  let wanted: AnswerType | undefined;
  return ({ declared, type }) => {
    // Scenarios of one status stand next to each other: the type is worked out once for each status.
    if (status !== declared) wanted = typeFor(declared, subject);
    status = declared;
    // A stream without events is made from the whole answer.
    return wanted?.protocol && !wanted.hasEvents ? !isStreamType(type) : type === wanted?.name;
  };
}

interface Situation {
  engine: Engine;
  exchange: Exchange;
  operation: Operation;
  subject: Subject;
}

/** The answer that a script gives to a request, if all its conditions are met. */
function verdictOf(script: Script, situation: Situation): Verdict {
  const { conditions } = script;
  if (!conditions)
    return { met: -1, why: () => `it has no condition, so it answers only 'Prefer: example=${script.name}'` };
  const missed = conditions.filter((condition) => !condition.test(situation.subject));
  const [first] = missed;
  if (first)
    return {
      met: (conditions.length - missed.length) / conditions.length,
      why: () => first.why(situation.subject),
    };
  return answerOf(script, situation);
}

/** The answer of a script whose own conditions are met, or do not count. */
function answerOf(script: Script, { engine, exchange, operation, subject }: Situation): Verdict {
  const { answers, order, from, repeat, name } = script;
  const met = 1;
  if (order === "sequence") {
    const { index, giveBack } = engine.counters.take(
      exchange.session,
      `sequence ${operation.names[0]} ${name}`,
    );
    const at = repeat ? index % answers.length : Math.min(index, answers.length - 1);
    const scenario = answers[at] as Scenario;
    // A fault is an answer, whether the client waits for its end or not.
    if (scenario.user?.faults.length === 0) exchange.unanswered.push(giveBack);
    return conditionsOf(scenario, subject);
  }
  if (order === "single") return conditionsOf(answers[0] as Scenario, subject);
  const turn = operation.conventions.turnOf(subject.body, from);
  const scenario = answers[turn];
  if (scenario) return conditionsOf(scenario, subject);
  return {
    met,
    why: () =>
      `it has ${counted(answers.length, "turn")}, and the conversation holds ${counted(turn, "answer")} already`,
  };
}

function conditionsOf(scenario: Scenario, subject: Subject): Verdict {
  const missed = scenario.user?.conditions.find((condition) => !condition.test(subject));
  return missed ? { met: 1, why: () => missed.why(subject) } : { scenario };
}

/** What `Prefer` asks for. */
function preferred(scripts: readonly Script[], { status, example }: Wanted, situation: Situation): Scenario {
  const { operation } = situation;
  const { contract, statuses } = operation.scenarios;
  const declared = status === undefined ? undefined : declaredFor(statuses, status);
  const candidates = contract.filter((scenario) => status === undefined || scenario.declared === declared);
  const own = scripts
    .flatMap(({ answers }) => answers)
    .filter((one) => status === undefined || one.status === status);
  if (example === undefined) {
    const first = exampleFor(operation.scenarios, status, () => true) ?? own[0];
    if (first) return first;
    if (status !== undefined && declared !== undefined) return withoutExample(operation, status);
    throw problem(
      "unknown_status",
      `The operation has no answer for ${status}. There is ${statuses.join(", ")}.`,
    );
  }
  const script = scripts.find(
    ({ name, answers }) => name === example && answers.some((one) => own.includes(one)),
  );
  if (script) {
    const verdict = answerOf(script, situation);
    if ("scenario" in verdict) return verdict.scenario;
    throw problem("unknown_example", `Scenario ${example} has no answer to this request: ${verdict.why()}.`);
  }
  const named = [...own, ...candidates].find(({ name }) => name === example);
  if (named) return named.user || status === undefined ? named : { ...named, status };
  const names = new Set([...scripts.map(({ name }) => name), ...candidates.map(({ name }) => name)]);
  const where = status === undefined ? "" : ` for ${status}`;
  throw problem(
    "unknown_example",
    `There is no example ${example}${where}. There is ${[...names].join(", ") || "none"}.`,
  );
}

/** A status that the contract declares without an example: an answer is made from its schema. */
function withoutExample({ scenarios }: Operation, status: number): Scenario {
  const declared = declaredFor(scenarios.statuses, status) ?? String(status);
  return { name: "", status, declared, headers: {}, example: {} };
}

function problem(code: string, detail: string): RequestProblem {
  return new RequestProblem(400, code, detail, { field: "Prefer" });
}

/** @param count how many scenarios did not match; the message gives the reasons of the nearest */
function unmatched({ names }: Operation, mismatches: readonly Mismatch[], count: number): RequestProblem {
  const told = mismatches.slice(0, TOLD).map(({ scenario, reason }) => `${scenario}: ${reason}.`);
  const more = count > TOLD ? [`And ${count - TOLD} more.`] : [];
  const detail =
    told.length === 0
      ? `No scenario is written for ${names[0]}, and the mock is strict.`
      : ["No scenario matches this request.", ...told, ...more].join(" ");
  return new RequestProblem(400, "no_scenario", detail);
}
