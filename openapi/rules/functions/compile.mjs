/** A compiler for the schemas of a contract. */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { addListKeywords } from "../../extensions/x-when.mjs";
import { tokensOf } from "./document.mjs";

const compilers = new WeakMap();

/** Why the schema at a path of the document does not compile; undefined if it does. */
export function compileProblem(document, path) {
  try {
    compiled(document, path);
    return undefined;
  } catch (error) {
    return error.message;
  }
}

/**
 * What is wrong with a value by the schema at a path of the document, in words and with the path to it in the value;
 * undefined if nothing is, or if the schema does not compile, which `schema-compiles` reports.
 */
export function valueProblem(document, path, value) {
  if (compileProblem(document, path) !== undefined) return undefined;
  const validate = compiled(document, path);
  if (validate(value)) return undefined;
  // The deepest error says most; of a union it is that of the branch that was meant.
  const [error] = (validate.errors ?? []).toSorted((a, b) => b.instancePath.length - a.instancePath.length);
  const { instancePath, message, params } = error;
  const choice = params?.allowedValues ? ` (${params.allowedValues.join(", ")})` : "";
  return {
    text: `${instancePath === "" ? "the value" : instancePath} ${message}${choice}`,
    path: tokensOf(instancePath),
  };
}

/**
 * Whether a value is valid by a schema that is not part of the document, though its references lead into it. It may use
 * the keywords of `x-when`.
 *
 * @returns undefined where the schema does not compile; each is compiled once
 */
export function matcher(document, schema) {
  const { ajv, matchers } = compilerOf(document);
  if (!matchers.has(schema)) matchers.set(schema, attempt(() => ajv.compile(rebased(schema))).value);
  return matchers.get(schema);
}

/** @throws {Error} when the schema does not compile; each is compiled once */
function compiled(document, path) {
  const { ajv, known } = compilerOf(document);
  const pointer = path.map(encode).join("/");
  if (!known.has(pointer))
    known.set(
      pointer,
      attempt(() => ajv.compile({ $ref: `contract#/${pointer}` })),
    );
  const { value, error } = known.get(pointer);
  if (error) throw error;
  return value;
}

function compilerOf(document) {
  if (!compilers.has(document)) {
    const ajv = new Ajv2020({
      strict: false,
      logger: false,
      validateSchema: false,
      allErrors: true,
      code: { optimize: false },
    });
    addFormats.default?.(ajv) ?? addFormats(ajv);
    addListKeywords(ajv);
    ajv.addSchema(document, "contract");
    compilers.set(document, { ajv, known: new Map(), matchers: new Map() });
  }
  return compilers.get(document);
}

/** A schema whose references lead into the document. */
function rebased(schema) {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"contract#/'));
}

function attempt(make) {
  try {
    return { value: make() };
  } catch (error) {
    return { error };
  }
}

/** A member's name as a token of a JSON Pointer in a URI fragment (RFC 6901, section 6). */
function encode(name) {
  return encodeURIComponent(String(name).replaceAll("~", "~0").replaceAll("/", "~1"));
}
