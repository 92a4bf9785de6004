/** Makes a user's scenario ready: completes its answers from the contract, and reports what is wrong with it. */

import { declaredFor } from "../../document/examples.ts";
import { fillProblems } from "../../document/extensions.ts";
import { deref } from "../../document/operations.ts";
import { lowerCaseNames } from "../../shared/headers.ts";
import { isObject, type Json, type Members } from "../../shared/json.ts";
import { isJson, JSON_TYPE } from "../../shared/media-types.ts";
import { at } from "../../shared/pointer.ts";
import { isStreamType } from "../engine/reply.ts";
import { parseFault } from "../faults/faults.ts";
import type { Pace } from "../http/pace.ts";
import { bestBase, merge, misspellings } from "./complete.ts";
import { conditions, hasConditions, type Making, type Path } from "./conditions.ts";
import type { ScenarioForm, Turn } from "./form.ts";
import { type CountedFault, exampleFor, type Scenario, type Script } from "./scenario.ts";

/** @param name what the scenario is called */
export function scriptOf(form: ScenarioForm, name: string, making: Making): Script {
  const { turns, answers, from = "start", repeat = false, ...whole } = form;
  if (turns && answers) making.report("A scenario has turns or answers, not both.", ["answers"]);
  const listed = turns ?? answers;
  const several = turns ? "turns" : "answers";
  for (const name of ["value", "tokens", "x-fill"] as const)
    if (listed && whole[name] !== undefined)
      making.report(`${name} belongs into each of the ${several}, which answer in place of it.`, [name]);
  if (!turns && form.from !== undefined) making.report("from counts turns, and there are none.", ["from"]);
  if (!answers && form.repeat !== undefined)
    making.report("repeat starts answers over, and there are none.", ["repeat"]);
  return {
    name,
    conditions: hasConditions(whole) ? conditions(whole, [], making) : undefined,
    answers: listed
      ? listed.map((turn, index) =>
          scenarioOf({ ...inherited(whole), ...turn }, `${name}/${index + 1}`, [several, index], making),
        )
      : [scenarioOf(withoutConditions(whole), name, [], making)],
    order: turns ? "turns" : answers ? "sequence" : "single",
    from,
    repeat,
  };
}

/** What holds for each answer of a list unless it says otherwise. */
const INHERITED = [
  "status",
  "headers",
  "extends",
  "fault",
  "check",
  "pace",
  "ttft",
  "tps",
  "jitter",
  "distribution",
] as const satisfies readonly (keyof Turn)[];

function inherited(whole: Turn): Turn {
  return defined(Object.fromEntries(INHERITED.map((name) => [name, whole[name]])));
}

function withoutConditions({ when: _, "x-when": __, ...turn }: Turn): Turn {
  return turn;
}

function scenarioOf(turn: Turn, name: string, path: Path, making: Making): Scenario {
  const { operation, document, report } = making;
  const { scenarios, conventions } = operation;
  const status = turn.status ?? scenarios.success;
  const made = turn.tokens === undefined ? undefined : conventions.textOfLength(turn.tokens);
  if (turn.tokens !== undefined && made === undefined)
    report(`tokens makes a text, and the answers of ${operation.names[0]} have none.`, [...path, "tokens"]);
  if (made !== undefined && overlap(turn.value, made))
    report("tokens makes a text up where value states one. Leave one of them out.", [...path, "tokens"]);
  const stated = made === undefined ? turn.value : merge(turn.value ?? {}, made);
  const { base, missing } = baseOf(turn, status, stated, path, making);
  const value = merge(base?.example.value, stated) ?? null;
  const headers = checkedHeaders(turn, path, making);
  const raw = isStreamType(headers["content-type"]) && typeof value === "string";
  const own = turn["x-fill"] ?? {};
  for (const { message, path: below } of fillProblems({ value, "x-fill": own }, document))
    report(message, [...path, "x-fill", ...below]);
  if (turn.check !== false && isJson(headers["content-type"] ?? JSON_TYPE))
    checkValue(value, stated, status, path, making);
  return {
    name,
    declared: declaredFor(scenarios.statuses, status) ?? String(status),
    status,
    headers: { ...exampleFor(scenarios, status)?.headers, ...headers },
    example: { value, "x-fill": { ...inheritedFills(base, stated, value, missing, name), ...own } },
    user: {
      stated,
      faults: faultsOf(turn, path, making),
      pace: paceOf(turn),
      conditions: conditions(turn, path, making),
      raw,
    },
  };
}

/** Whether two values state the same member, or the same item of a list. */
function overlap(one: Json | undefined, other: Json): boolean {
  if (one === undefined) return false;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return true;
  return Object.entries(other).some(([name, value]) => overlap((one as Members)[name], value));
}

function baseOf(
  turn: Turn,
  status: number,
  stated: Json | undefined,
  path: Path,
  { operation, report }: Making,
) {
  const { contract, statuses } = operation.scenarios;
  if (turn.extends === false) return { base: undefined, missing: [] };
  if (turn.extends !== undefined) {
    const base = contract.find(({ name }) => name === turn.extends);
    if (!base) {
      const known = contract.map((example) => example.name);
      report(`There is no example ${turn.extends}. There is ${known.join(", ")}.`, [...path, "extends"]);
    }
    return { base, missing: [] };
  }
  const declared = declaredFor(statuses, status);
  return bestBase(
    contract.filter(({ declared: other, type = JSON_TYPE }) => other === declared && isJson(type)),
    stated,
  );
}

/**
 * What the example takes from the request, where the user stated nothing else. A sentence that repeats the request would
 * pass for the answer of a scenario that the example does not really cover: in its place the answer says what is missing.
 */
function inheritedFills(
  base: Scenario | undefined,
  stated: Json | undefined,
  value: Json,
  missing: string[],
  name: string,
): Record<string, Json> {
  const note = `Scenario ${name} states no text here, and no example of the contract has ${missing.join(", ")}.`;
  return Object.fromEntries(
    Object.entries(base?.example["x-fill"] ?? {})
      .filter(([pointer]) => at(stated, pointer) === undefined && at(value, pointer) !== undefined)
      .map(([pointer, source]) => {
        const [first] = [source].flat();
        const isSentence = typeof first === "string" && !first.startsWith("$");
        return [pointer, isSentence && missing.length > 0 ? note : source];
      }),
  );
}

/** A scenario that breaks the contract says so: one that does by mistake would test nothing real. */
function checkValue(value: Json, stated: Json | undefined, status: number, path: Path, making: Making): void {
  const { operation, document, report } = making;
  const { entry, scenarios, checkOf } = operation;
  const declared = declaredFor(scenarios.statuses, status);
  const response = declared === undefined ? undefined : entry.operation.responses?.[declared];
  const schema = response && deref(document, response).content?.[JSON_TYPE]?.schema;
  if (schema === undefined) return;
  const mistakes = stated === undefined ? [] : misspellings(document, schema, stated);
  for (const { path: below, name, suggestion } of mistakes)
    report(
      `value: the contract has no member ${name} here. Did you mean ${suggestion}? If not, write 'check: false'.`,
      [...path, "value", ...below],
    );
  const violation = mistakes.length > 0 ? undefined : checkOf(schema)(value);
  if (!violation) return;
  const field = violation.field ?? "The value";
  report(`value: ${field} ${violation.message}, says the contract. Correct it, or write 'check: false'.`, [
    ...path,
    "value",
    ...(violation.field?.split(".") ?? []),
  ]);
}

/** @returns the headers by lower-case name, without those that cannot be sent */
function checkedHeaders({ headers }: Turn, path: Path, { report }: Making): Record<string, string> {
  const named = lowerCaseNames(headers);
  for (const [name, value] of Object.entries(named)) {
    const place = [
      ...path,
      "headers",
      Object.keys(headers ?? {}).find((one) => one.toLowerCase() === name) ?? name,
    ];
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name))
      report(`${JSON.stringify(name)} is not the name of a header (RFC 9110, 5.1).`, place);
    if (!/^[\t\u0020-\u007e]*$/.test(value))
      report(
        `The header ${name} may have printable ASCII characters on one line only. Encode any other.`,
        place,
      );
  }
  return named;
}

function faultsOf({ fault = [] }: Turn, path: Path, { report }: Making): CountedFault[] {
  const counted: [string, number | undefined][] = isObject(fault)
    ? Object.entries(fault)
    : [fault].flat().map((text) => [text, undefined]);
  return counted.flatMap(([text, times]) => {
    const parsed = parseFault(text);
    if (typeof parsed !== "string")
      return [times === undefined ? { fault: parsed } : { fault: parsed, times }];
    report(`fault ${text}: ${parsed}`, [...path, "fault"]);
    return [];
  });
}

function paceOf({ pace, ttft, tps, jitter, distribution }: Turn): Pace {
  return { ...pace, ...defined({ ttft, tps, jitter, distribution }) };
}

function defined(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
