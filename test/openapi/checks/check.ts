/** Checks of a contract: what must hold of it, whichever contract it is. `npm run mutate` runs them on changed ones. */
import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Document } from "../../../scripts/document/model.ts";

/** What must hold, by name. @throws {Error} where it does not */
export type Checks = Record<string, (contract: Document) => void | Promise<void>>;

type Problems = (value: unknown) => string[];

/** The compiled components of the contracts that were asked for. */
const compiled = new WeakMap<Document, Map<string, Problems>>();

/** Makes a validator for a component schema. It returns the problems of a value; none if the value is valid. */
export function validator(contract: Document, component: string): Problems {
  const known = compiled.get(contract) ?? new Map<string, Problems>();
  compiled.set(contract, known);
  const problems = known.get(component) ?? compile(contract, component);
  known.set(component, problems);
  return problems;
}

function compile(contract: Document, component: string): Problems {
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateSchema: false, logger: false });
  addFormats.default(ajv);
  ajv.addSchema(contract as object, "contract");
  const validate = ajv.compile({ $ref: `contract#/components/schemas/${component}` });
  return (value) =>
    validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

/** A check for each value: the component accepts it. */
export function accepts(component: string, values: Record<string, unknown>): Checks {
  return forEach(values, ([name, value]) => [
    `${component} accepts ${name}`,
    // JSON has no undefined: such a member is absent.
    (contract) => assert.deepEqual(validator(contract, component)(JSON.parse(JSON.stringify(value))), []),
  ]);
}

/** A check for each value: the component refuses it. */
export function refuses(component: string, values: Record<string, unknown>): Checks {
  return forEach(values, ([name, value]) => [
    `${component} refuses ${name}`,
    (contract) => assert.notDeepEqual(validator(contract, component)(value), []),
  ]);
}

function forEach(
  values: Record<string, unknown>,
  make: (entry: [string, unknown]) => [string, Checks[string]],
): Checks {
  return Object.fromEntries(Object.entries(values).map(make));
}
