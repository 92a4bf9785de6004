/** The user's own scenarios: read from files or given as objects, completed from the contract, checked. */

import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { parseDocument } from "yaml";
import { fillProblems, problemsOf } from "../../document/extensions.ts";
import type { Document, Schema } from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import { lowerCaseNames } from "../../shared/headers.ts";
import { InputError, type Place, type Problem } from "../../shared/input-error.ts";
import type { Json } from "../../shared/json.ts";
import { JSON_TYPE } from "../../shared/media-types.ts";
import { at } from "../../shared/pointer.ts";
import { positionAt } from "../../shared/positions.ts";
import { messageOf } from "../../shared/text.ts";
import type { Prepared } from "../engine/prepare.ts";
import type { Compiler } from "../engine/schemas.ts";
import { parseFault } from "../faults/faults.ts";
import {
  declaredFor,
  exampleFor,
  isExample,
  type Repertoire,
  type Scenario,
  successStatus,
} from "./choose.ts";
import { locate } from "./expression.ts";
import { covers, merge, SCENARIO_SCHEMA, type ScenarioForm, type Turn, turnSchema } from "./form.ts";

type Path = (string | number)[];

/** A scenario, and where it was written. */
export interface Written {
  form: ScenarioForm;
  /** What to call it in a message. */
  label: string;
  place?(path: Path): Place;
}

/** A scenario for an operation. */
export interface UserScenario {
  operation: Prepared;
  scenario: Scenario;
}

const TYPES = [".yaml", ".yml", ".json"];

/**
 * Reads scenarios: objects as they are, texts as the path of a file or of a folder, whose files are read in the order
 * of their names, those of its folders too. A file holds one scenario or a list of them.
 *
 * @throws {InputError} naming a path that is not there, or what is not YAML
 */
export async function readScenarios(sources: readonly (string | ScenarioForm)[]): Promise<Written[]> {
  const read = sources.map(async (source, index) =>
    typeof source === "string"
      ? (await Promise.all((await filesAt(resolve(source))).map(readFileOf))).flat()
      : [{ form: source, label: source.name ?? `scenario ${index + 1}` }],
  );
  return (await Promise.all(read)).flat();
}

async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found)
    throw new InputError({
      place: { file: path },
      message: "There is no such file or folder of scenarios.",
    });
  if (!found.isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => TYPES.includes(extname(name)))
    .sort()
    .map((name) => join(path, name));
}

async function readFileOf(file: string): Promise<Written[]> {
  const text = await readFile(file, "utf8");
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) {
    const { line = 1, col = 1 } = error.linePos?.[0] ?? {};
    throw new InputError({
      place: { file, line, column: col },
      message: `This is not YAML: ${error.message.split(" at line")[0]}.`,
    });
  }
  const content = document.toJS() as ScenarioForm | ScenarioForm[] | null;
  const stem = basename(file, extname(file));
  const defaults = { name: stem, operation: basename(dirname(file)) };
  const written = (form: ScenarioForm, label: string, within: Path): Written => ({
    form: typeof form === "object" && form !== null ? { ...defaults, ...form } : form,
    label,
    place: (path) => ({ file, ...positionAt(text, [...within, ...path]) }),
  });
  if (!Array.isArray(content)) return content === null ? [] : [written(content, stem, [])];
  return content.map((form, index) => written(form, form?.name ?? `${stem} ${index + 1}`, [index]));
}

/**
 * Completes scenarios from the contract, and checks them against it.
 *
 * @param prepared the operations with what the contract lets them answer
 * @throws {InputError} with everything that is wrong with them
 */
export function userScenarios(
  written: readonly Written[],
  document: Document,
  prepared: readonly Prepared[],
  compiler: Compiler,
): UserScenario[] {
  const problems: Problem[] = [];
  const scenarios = written.flatMap((source) => {
    const { form, label, place } = source;
    const report = (message: string, path: Path) => {
      const where = place ? "" : `Scenario ${label}${path.length > 0 ? `, ${path.join(".")}` : ""}: `;
      problems.push({ ...(place && { place: place(path) }), message: where + message });
    };
    const violation = compiler.check(SCENARIO_SCHEMA)(form);
    if (violation) {
      const path = violation.field?.split(".") ?? [];
      report(`${violation.field ?? "A scenario"} ${violation.message}.`, path);
      return [];
    }
    const operation = prepared.find(({ entry }) => namesOf(entry).includes(form.operation ?? ""));
    if (!operation) {
      const known = prepared.map(({ entry }) => namesOf(entry)[0]).join(", ");
      report(`There is no operation ${form.operation ?? "named"}. Name one by 'operation': ${known}.`, [
        "operation",
      ]);
      return [];
    }
    return scenariosOf(form, label, { document, operation, compiler, report }).map((scenario) => ({
      operation,
      scenario,
    }));
  });
  if (problems.length > 0) throw new InputError(...problems);
  return scenarios;
}

function namesOf({ method, path, operation }: Prepared["entry"]): string[] {
  const names = [operation.operationId, operation["x-sdk-method"], `${method.toUpperCase()} ${path}`];
  return names.filter((name) => name !== undefined);
}

interface Making {
  document: Document;
  operation: Prepared;
  compiler: Compiler;
  report(message: string, path: Path): void;
}

/** One scenario, or one for each turn. */
function scenariosOf(form: ScenarioForm, label: string, making: Making): Scenario[] {
  const { turns, ...whole } = form;
  if (!turns) return [scenarioOf(whole, label, [], [], making)];
  return turns.map((turn, index) => {
    const path = ["turns", index];
    const shared = conditions(whole, [], making);
    return scenarioOf(
      turn,
      `${label}/${index + 1}`,
      path,
      [...shared, matcherOf(turnSchema(index), making)],
      making,
    );
  });
}

type Match = (request: unknown) => boolean;

function scenarioOf(turn: Turn, name: string, path: Path, shared: Match[], making: Making): Scenario {
  const { operation, document, report } = making;
  const { repertoire } = operation;
  const status = turn.status ?? successStatus(repertoire);
  const base = baseOf(turn, status, repertoire);
  if (typeof turn.extends === "string" && !base) {
    const known = repertoire.scenarios.filter(isExample).map((example) => example.name);
    report(`There is no example ${turn.extends}. There is ${known.join(", ")}.`, [...path, "extends"]);
  }
  const value = merge(base?.example.value, turn.value) ?? null;
  const inherited = Object.entries(base?.example["x-fill"] ?? {}).filter(
    ([pointer]) => at(turn.value, pointer) === undefined && at(value, pointer) !== undefined,
  );
  const own = turn["x-fill"] ?? {};
  for (const { message, path: below } of fillProblems({ value, "x-fill": own }, document))
    report(message, [...path, "x-fill", ...below]);
  checkValue(value, turn, status, path, making);
  const matches = [...shared, ...conditions(turn, path, making)];
  return {
    name,
    declared: declaredFor(repertoire.statuses, status) ?? String(status),
    status,
    headers: { ...exampleFor(repertoire, status)?.headers, ...lowerCaseNames(turn.headers) },
    example: { value, "x-fill": { ...Object.fromEntries(inherited), ...own } },
    faults: [turn.fault ?? []].flat().flatMap((text) => {
      const fault = parseFault(text);
      if (typeof fault !== "string") return [fault];
      report(`fault ${text}: ${fault}`, [...path, "fault"]);
      return [];
    }),
    // As in the contract: one without a condition is for whoever asks for it.
    ...(matches.length > 0 && { matches: (request: unknown) => matches.every((match) => match(request)) }),
  };
}

function baseOf(turn: Turn, status: number, repertoire: Repertoire): Scenario | undefined {
  if (turn.extends === false) return undefined;
  const examples = repertoire.scenarios.filter(isExample);
  if (turn.extends !== undefined) return examples.find(({ name }) => name === turn.extends);
  const declared = declaredFor(repertoire.statuses, status);
  const candidates = examples.filter((example) => example.declared === declared);
  return candidates.find(({ example }) => covers(example.value, turn.value)) ?? candidates[0];
}

/** A scenario that breaks the contract says so: one that does by mistake would test nothing real. */
function checkValue(value: Json, turn: Turn, status: number, path: Path, making: Making): void {
  if (turn.check === false) return;
  const { entry, repertoire } = making.operation;
  const declared = declaredFor(repertoire.statuses, status);
  const response = declared === undefined ? undefined : entry.operation.responses?.[declared];
  const schema = response && deref(making.document, response).content?.[JSON_TYPE]?.schema;
  const violation = schema === undefined ? undefined : making.compiler.check(schema)(value);
  if (!violation) return;
  const field = violation.field ?? "The value";
  making.report(
    `value: ${field} ${violation.message}, says the contract. Correct it, or write 'check: false'.`,
    [...path, "value", ...(violation.field?.split(".") ?? [])],
  );
}

function conditions(turn: Turn, path: Path, making: Making): Match[] {
  const found: Match[] = [];
  const when = turn["x-when"];
  if (when !== undefined) {
    const problems = problemsOf("x-when", when as object);
    for (const { message, path: below } of problems) making.report(message, [...path, "x-when", ...below]);
    if (problems.length === 0) found.push(matcherOf(when, making, [...path, "x-when"]));
  }
  for (const [pointer, wanted] of Object.entries(turn.when ?? {})) {
    const match =
      typeof wanted === "string"
        ? textMatcher(wanted, making, [...path, "when", pointer])
        : matcherOf(wanted, making, [...path, "when", pointer]);
    found.push((request) => {
      const value = locate(request as Json, pointer);
      return value !== undefined && match(value);
    });
  }
  return found;
}

function matcherOf(schema: Schema, { compiler, report }: Making, path: Path = []): Match {
  try {
    return compiler.matcher(schema);
  } catch (error) {
    report(`This JSON Schema does not compile: ${messageOf(error)}.`, path);
    return () => false;
  }
}

/** A regular expression over a text, or over the JSON of anything else. */
function textMatcher(pattern: string, { report }: Making, path: Path): Match {
  try {
    const expression = new RegExp(pattern, "iu");
    return (value) => expression.test(typeof value === "string" ? value : JSON.stringify(value));
  } catch (error) {
    report(`${messageOf(error)}.`, path);
    return () => false;
  }
}
