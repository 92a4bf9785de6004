/** A compiler for the schemas of a contract. */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

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

/** A member's name as a token of a JSON Pointer in a URI fragment (RFC 6901, section 6). */
function encode(name) {
  return encodeURIComponent(String(name).replaceAll("~", "~0").replaceAll("/", "~1"));
}
