/** Writes modules of `@routescope/testing` whose code Ajv makes, so that it need not be made when the mock starts. */
import { join } from "node:path";
import { _, Ajv } from "ajv";
import standaloneCode from "ajv/dist/standalone/index.js";
import type { Document, Schema } from "../document/model.ts";
import { served } from "../mock/engine/contract.ts";
import { FORMATS } from "../mock/engine/formats.ts";
import { prepare } from "../mock/engine/operation.ts";
import { type Compiler, contractAjv, rebased, validatorKey } from "../mock/engine/schemas.ts";
import { digestOf } from "../shared/digest.ts";
import { ROOT } from "./manifests.ts";

/** As the modules import them. */
const FORMATS_FILE = JSON.stringify(join(ROOT, "scripts/mock/engine/formats.ts"));
const PATTERNS_FILE = JSON.stringify(join(ROOT, "scripts/document/pattern.ts"));

/**
 * Compiles every schema that the mock of a contract would compile when it starts, or when a body comes: what takes the
 * place of `scripts/mock/engine/ready.ts`.
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
import { FORMATS as formats } from ${FORMATS_FILE};
import { patterns } from ${PATTERNS_FILE};
const pattern = patterns(false);
const exports = {};
${code}
export const ready = { contract: ${JSON.stringify(digestOf(JSON.stringify(contract)))}, validators: exports };
`;
}

/**
 * The Ajv with which Prism checks parameters. It holds each of their schemas against the meta-schema, which takes longer
 * to compile than all of them: here it is compiled. What it refuses, Ajv refuses again, in its own way. A check that is
 * not made smaller first is as fast, and is compiled sooner.
 *
 * @returns the source of the module, in place of `ajv`
 */
export function prismAjvModule(): string {
  const ajv = new Ajv({ strict: false, validateSchema: false, code: { source: true, formats: _`formats` } });
  for (const [name, format] of Object.entries(FORMATS)) ajv.addFormat(name, format);
  return `
import { Ajv } from "ajv/dist/ajv.js";
import { FORMATS as formats } from ${FORMATS_FILE};
const module = {};
${standaloneCode.default(ajv, ajv.getSchema("http://json-schema.org/draft-07/schema"))}
const isSchema = module.exports;
export default class extends Ajv {
  constructor(options) {
    super({ ...options, code: { optimize: false } });
  }
  validateSchema(schema, orLog) {
    return (schema.$schema === undefined && isSchema(schema)) || super.validateSchema(schema, orLog);
  }
}
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
  // Without a body too: parameters have schemas.
  for (const operation of prepare({ document, schemas, conditions: schemas, warn: () => {} }))
    for (const type of [undefined, ...operation.accepts]) operation.checkBody({}, type);
  return found;
}
