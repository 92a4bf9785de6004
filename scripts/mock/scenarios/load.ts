/** The user's scenarios of every operation, read and checked. */

import type { Document } from "../../document/model.ts";
import { InputError, type Problem } from "../../shared/input-error.ts";
import { nearest } from "../../shared/nearest.ts";
import type { Violation } from "../engine/explain.ts";
import type { Operation } from "../engine/operation.ts";
import { type Check, compiler } from "../engine/schemas.ts";
import type { Making, Path } from "./conditions.ts";
import { SCENARIO_MEMBERS, SCENARIO_SCHEMA, type ScenarioForm } from "./form.ts";
import { scriptOf } from "./prepare-scenario.ts";
import type { Script } from "./scenario.ts";
import { readScenarios } from "./scenario-files.ts";

let formCheck: Check | undefined;

/** What is wrong with the form of a scenario. Compiled when the first scenario comes: a tenth of a second, which most starts save. */
function formProblem(form: ScenarioForm): Violation | undefined {
  formCheck ??= compiler({ openapi: "3.1.1", info: { title: "Scenarios", version: "1" } }).check(
    SCENARIO_SCHEMA,
  );
  return formCheck(form);
}

/** More are a mistake, and would make each request slow. */
const MOST = 10_000;
/** How many problems are reported. */
const TOLD = 1000;

/**
 * Reads scenarios, completes them from the contract, and checks them against it.
 *
 * @param operations the operations with what the contract lets them answer
 * @returns the scenarios of each operation that has any, in their order
 * @throws {InputError} with the first thousand things that are wrong with them
 */
export async function loadScenarios(
  sources: readonly (string | ScenarioForm)[],
  document: Document,
  operations: readonly Operation[],
): Promise<Map<Operation, Script[]>> {
  const written = await readScenarios(sources);
  if (written.length > MOST)
    throw new InputError({ message: `There are ${written.length} scenarios; ${MOST} is the most.` });
  const problems: Problem[] = [];
  const scripts = new Map<Operation, Script[]>();
  // A new compiler each time, so that the schemas of replaced scenarios are forgotten.
  const schemas = compiler(document, true);
  for (const { form, label, place } of written) {
    const report = (message: string, path: Path) => {
      if (problems.length >= TOLD) return;
      const where = place ? "" : `Scenario ${label}${path.length > 0 ? `, ${path.join(".")}` : ""}: `;
      problems.push({ ...(place && { place: place(path) }), message: where + message });
    };
    const operation = operationOf(form, operations, report);
    if (!operation) continue;
    const making: Making = { document, operation, compiler: schemas, report };
    scripts.set(operation, [...(scripts.get(operation) ?? []), scriptOf(form, form.name ?? label, making)]);
  }
  if (problems.length > 0) throw new InputError(...problems);
  return scripts;
}

/** The operation of a scenario that is well formed. */
function operationOf(
  form: ScenarioForm,
  operations: readonly Operation[],
  report: Making["report"],
): Operation | undefined {
  const violation = formProblem(form);
  if (violation) {
    const path = violation.field?.split(".") ?? [];
    report(
      `${violation.field ?? "A scenario"} ${violation.message}.${allowed(violation.message, path)}`,
      path,
    );
    return undefined;
  }
  const { operation } = form;
  const found = operations.find(({ names }) => names.includes(operation ?? ""));
  if (found) return found;
  const near = nearest(
    operation ?? "",
    operations.flatMap(({ names }) => names),
  );
  const known = operations.map(({ names }) => names[0]).join(", ");
  report(
    `There is no operation ${operation ?? "named"}.${near === undefined ? "" : ` Did you mean ${near}?`} Name one by 'operation', or by the folder of the file: ${known}.`,
    ["operation"],
  );
  return undefined;
}

/** What may stand in place of a member that is not allowed. */
function allowed(message: string, path: Path): string {
  if (message !== "is not allowed") return "";
  const name = String(path.at(-1));
  const near = nearest(name, SCENARIO_MEMBERS);
  return `${near === undefined ? "" : ` Did you mean ${near}?`} A scenario has ${SCENARIO_MEMBERS.join(", ")}.`;
}
