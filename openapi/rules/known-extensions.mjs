/**
 * Only the extensions that something reads, and only where it reads them. Any other `x-…` is a slip of the pen or
 * knowledge that no tool will find.
 */
const ALLOWED = {
  "x-codeSamples": "an operation",
  "x-sdk-method": "an operation",
  "x-badges": "an operation",
  "x-enumDescriptions": "a schema with enum",
  "x-when": "a response example",
  "x-fill": "a response example",
};
const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

function check(document) {
  const findings = [];
  const visit = (node, path, kind) => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      const here = [...path, key];
      if (key.startsWith("x-") && kind !== "names") {
        const home = ALLOWED[key];
        if (!home)
          findings.push({
            message: `${key} is not an extension of this contract. Remove it, or use one of ${Object.keys(ALLOWED).join(", ")}.`,
            path: here,
          });
        else if (home !== kind && !(kind === "schema" && home === "a schema with enum" && "enum" in node))
          findings.push({ message: `${key} belongs on ${home} only.`, path: here });
      } else visit(value, here, kindOf(key, path, kind));
    }
  };
  visit(document, [], "document");
  return findings;
}

/** What a member is, by its key and by what holds it; data (`value`, `example`, `default`…) holds no extensions. */
function kindOf(key, path, kind) {
  if (kind === "data") return "data";
  if (kind === "schema") {
    if (["properties", "patternProperties", "$defs", "dependentSchemas"].includes(key)) return "names";
    return ["example", "examples", "default", "const", "enum"].includes(key) ? "data" : "schema";
  }
  if (kind === "names") {
    const holder = path.at(-1);
    if (holder === "examples") return path.includes("responses") ? "a response example" : "example";
    return ["properties", "patternProperties", "$defs", "dependentSchemas", "schemas"].includes(holder)
      ? "schema"
      : "object";
  }
  if (["value", "example", "default"].includes(key)) return "data";
  if (["schema", "itemSchema"].includes(key)) return "schema";
  if (
    [
      "examples",
      "schemas",
      "headers",
      "content",
      "responses",
      "parameters",
      "paths",
      "callbacks",
      "links",
      "requestBodies",
      "securitySchemes",
      "pathItems",
      "mapping",
      "scopes",
      "variables",
    ].includes(key)
  )
    return "names";
  return METHODS.includes(key) ? "an operation" : "object";
}

export default {
  description: "Only the extensions that something reads, where it reads them.",
  message: "{{error}}",
  severity: "error",
  given: "$",
  resolved: false,
  then: { function: check },
};
