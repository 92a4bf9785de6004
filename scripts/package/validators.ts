/** Writes the module that takes the place of `scripts/mock/engine/ready.ts` in `@routescope/testing`. */
import { join } from "node:path";
import standaloneCode from "ajv/dist/standalone/index.js";
import type { Document, Schema } from "../document/model.ts";
import { served } from "../mock/engine/contract.ts";
import { prepare } from "../mock/engine/operation.ts";
import { type Compiler, contractAjv, rebased, validatorKey } from "../mock/engine/schemas.ts";
import { digestOf } from "../shared/digest.ts";
import { ROOT } from "./manifests.ts";

/**
 * Compiles every schema that the mock of a contract would compile when it starts, or when a body comes.
 *
 * @returns the source of the module
 * @throws {InputError} when the contract has an `x-when` or an `x-fill` that is wrong
 */
export function validatorsModule(contract: Document): string {
  const document = served(contract);
  const ajv = contractAjv(document, false, true);
  const keys = new Set<string>();
  for (const schema of schemasOf(document)) {
    if (typeof schema === "boolean") continue;
    const key = validatorKey(rebased(schema));
    if (!keys.has(key)) ajv.addSchema(rebased(schema), key);
    keys.add(key);
  }
  const code = standaloneCode.default(ajv, Object.fromEntries([...keys].map((key) => [key, key])));
  return `
import { FORMATS as formats } from ${JSON.stringify(join(ROOT, "scripts/mock/engine/formats.ts"))};
import { patterns } from ${JSON.stringify(join(ROOT, "scripts/document/pattern.ts"))};
const pattern = patterns(false);
const exports = {};
${code}
export const ready = { contract: ${JSON.stringify(digestOf(JSON.stringify(contract)))}, validators: exports };
`;
}

/** The schemas that the mock compiles: those of bodies and parameters, and each `x-when`. */
function schemasOf(document: Document): Schema[] {
  const found: Schema[] = [];
  const schemas: Compiler = {
    check: (schema) => {
      found.push(schema);
      return () => undefined;
    },
    matcher: (schema) => {
      found.push(schema);
      return () => true;
    },
  };
  for (const operation of prepare({ document, schemas, conditions: schemas, warn: () => {} }))
    for (const type of operation.accepts) operation.checkBody({}, type);
  return found;
}
