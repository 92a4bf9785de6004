/** What the rules share: the schemas of the extensions, and a compiler for those of the contract. */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fill from "../x-fill.schema.mjs";
import when from "../x-when.schema.mjs";

const extensions = { "x-when": when, "x-fill": fill };
const compiled = new Map();

/** What is wrong with the value of an extension, by the schema of that extension. */
export function problemsOf(extension, value) {
  if (!compiled.has(extension)) {
    compiled.set(extension, new Ajv2020({ strict: false, allErrors: true }).compile(extensions[extension]));
  }
  const validate = compiled.get(extension);
  if (validate(value)) return [];
  const [error] = validate.errors.toSorted((a, b) => weight(b) - weight(a));
  const { message, propertyName, params } = error;
  const subject = propertyName === undefined ? "it" : `"${propertyName}"`;
  const choice = params.allowedValues ? ` (${params.allowedValues.join(", ")})` : "";
  return [
    {
      message: `${extension}: ${subject} ${message}${choice}. ${extension}.schema.mjs says what it may be.`,
      path: error.instancePath.split("/").slice(1).map(decode),
    },
  ];
}

/** Of several errors the deepest says most, unless it is of a branch that was meant for another type of value. */
function weight({ instancePath, keyword }) {
  return 2 * instancePath.split("/").length - (keyword === "type" ? 1 : 0);
}

const compilers = new WeakMap();

/** Why the schema at a path of the document does not compile; undefined if it does. */
export function compileProblem(document, path) {
  if (!compilers.has(document)) {
    const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false });
    addFormats.default?.(ajv) ?? addFormats(ajv);
    ajv.addSchema(document, "contract");
    compilers.set(document, ajv);
  }
  try {
    compilers.get(document).compile({ $ref: `contract#/${path.map(encode).join("/")}` });
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

/** A member's name as a token of a JSON Pointer in a URI fragment (RFC 6901, section 6). */
function encode(name) {
  return encodeURIComponent(String(name).replaceAll("~", "~0").replaceAll("/", "~1"));
}

/** A token of a JSON Pointer (RFC 6901). */
function decode(token) {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}
