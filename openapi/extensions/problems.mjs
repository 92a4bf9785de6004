/** What is wrong with the value of an extension, by the schema of that extension. Lint, mock and readers ask. */
import { Ajv2020 } from "ajv/dist/2020.js";
import fill from "./x-fill.mjs";
import pagination from "./x-pagination.mjs";
import stream from "./x-stream.mjs";
import when from "./x-when.mjs";

const extensions = { "x-when": when, "x-fill": fill, "x-stream": stream, "x-pagination": pagination };
const compiled = new Map();

/** What is wrong with the value of an extension, by the schema of that extension. */
export function problemsOf(extension, value) {
  if (!compiled.has(extension)) {
    // These schemas are ours: to compile the meta-schema as well takes longer than they do.
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, logger: false });
    compiled.set(extension, ajv.compile(extensions[extension]));
  }
  const validate = compiled.get(extension);
  if (validate(value)) return [];
  const [error] = validate.errors.toSorted((a, b) => weight(b) - weight(a));
  const { message, propertyName, params } = error;
  const subject = propertyName === undefined ? "it" : `"${propertyName}"`;
  const choice = params.allowedValues ? ` (${params.allowedValues.join(", ")})` : "";
  return [
    {
      message: `${extension}: ${subject} ${message}${choice}. openapi/extensions/${extension}.mjs says what it may be.`,
      path: error.instancePath.split("/").slice(1).map(decode),
    },
  ];
}

/** Of several errors the deepest says most, unless it is of a branch that was meant for another type of value. */
function weight({ instancePath, keyword }) {
  return 2 * instancePath.split("/").length - (keyword === "type" ? 1 : 0);
}

/** Problems with their paths below `x-fill`; those of its form first, since without them the rest says nothing. */
export function fillProblems({ "x-fill": fill, value }, document) {
  const misformed = problemsOf("x-fill", fill);
  if (misformed.length > 0) return misformed;
  const problems = [];
  for (const [pointer, source] of Object.entries(fill)) {
    const target = source.each === undefined ? pointer : pointer.replace("/*", "/0");
    if (at(value, target) === undefined)
      problems.push({
        message: `The example's value has nothing at ${pointer}. Correct the pointer.`,
        path: [pointer],
      });
    if (source.each?.startsWith("#") && !Array.isArray(at(document, source.each)))
      problems.push({
        message: `The contract has no list at ${source.each}. Correct the pointer.`,
        path: [pointer],
      });
  }
  return problems;
}

/** The value at a JSON Pointer, or undefined. */
export function at(root, pointer) {
  return pointer
    .replace(/^#/, "")
    .split("/")
    .slice(1)
    .map(decode)
    .reduce(
      (node, key) =>
        typeof node === "object" && node !== null && Object.hasOwn(node, key) ? node[key] : undefined,
      root,
    );
}

/** A token of a JSON Pointer (RFC 6901). */
function decode(token) {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}
