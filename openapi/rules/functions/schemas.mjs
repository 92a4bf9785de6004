/** What the rules share: the schemas of the extensions, and a compiler for those of the contract. */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fill from "../x-fill.schema.mjs";
import when from "../x-when.schema.mjs";

const extensions = { "x-when": when, "x-fill": fill };
const compiled = new Map();

/**
 * What is wrong with the value of an extension, by the schema of that extension; for `x-when` also references to
 * components that the contract does not have.
 */
export function problemsOf(extension, value, contract) {
  if (!compiled.has(extension)) {
    compiled.set(extension, new Ajv2020({ strict: false, allErrors: true }).compile(extensions[extension]));
  }
  const validate = compiled.get(extension);
  if (!validate(value)) {
    // Deepest first: a branch that nearly fits says more than "must match a schema in anyOf".
    const [error] = [...validate.errors].sort((a, b) => b.instancePath.length - a.instancePath.length);
    const path = error.instancePath.split("/").slice(1).map(decode);
    return [
      { message: `${extension}: ${error.message}. ${extension}.schema.mjs says what it may be.`, path },
    ];
  }
  return contract ? [...missing(value, contract, [])] : [];
}

function* missing(node, contract, path) {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === "$ref" && typeof value === "string" && at(contract, value) === undefined)
      yield { message: `The contract has nothing at ${value}. Correct the reference.`, path: [...path, key] };
    else yield* missing(value, contract, [...path, key]);
  }
}

const compilers = new WeakMap();

/** Why a schema of the document does not compile; undefined if it does. */
export function compileProblem(document, pointer) {
  if (!compilers.has(document)) {
    const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false });
    addFormats.default?.(ajv) ?? addFormats(ajv);
    ajv.addSchema(document, "contract");
    compilers.set(document, ajv);
  }
  try {
    compilers.get(document).compile({ $ref: `contract${pointer}` });
    return undefined;
  } catch (error) {
    return error.message;
  }
}

/** The value at a JSON Pointer, or undefined. */
export function at(root, pointer) {
  return pointer
    .replace(/^#/, "")
    .split("/")
    .slice(1)
    .map(decode)
    .reduce((node, key) => (typeof node === "object" && node !== null ? node[key] : undefined), root);
}

/** A token of a JSON Pointer (RFC 6901). */
function decode(token) {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}
