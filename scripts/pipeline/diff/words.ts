/** Where a change is, in words. */

/** Keywords of a schema whose next token is a name or an index, rather than a keyword. */
const CONTAINERS = [
  "patternProperties",
  "dependentSchemas",
  "dependentRequired",
  "prefixItems",
  "anyOf",
  "oneOf",
  "allOf",
];

/**
 * A message with its place before it: `Request body, `messages[].content`: …`.
 *
 * @param path from the operation, or from the document
 */
export function inWords(path: readonly string[], message: string): string {
  const [start, rest] = beginning(path);
  const field = fieldOf(rest);
  const place = [start, ...(field === "" ? [] : [`\`${field}\``])].filter((text) => text !== "").join(", ");
  return place === "" ? message : `${place[0]?.toUpperCase()}${place.slice(1)}: ${message}`;
}

/** The part of the operation, and what follows of the path. */
function beginning(path: readonly string[]): [string, readonly string[]] {
  const [first, second, third, ...rest] = path;
  switch (first) {
    case "parameters":
      return [`${second} parameter \`${third}\``, rest];
    case "requestBody":
      return second === "content" && third !== undefined
        ? [`request body (${third})`, rest]
        : ["request body", path.slice(1)];
    case "responses": {
      const [fourth, ...more] = rest;
      if (third === "content" && fourth !== undefined) return [`${second} response (${fourth})`, more];
      if (third === "headers" && fourth !== undefined)
        return [`${second} response, header \`${fourth}\``, more];
      return [`${second} response`, path.slice(2)];
    }
    case "components":
      return ["", []];
    default:
      return ["", []];
  }
}

/** The field of a value that a path through schemas leads to: `messages[].content`. */
function fieldOf(path: readonly string[]): string {
  let field = "";
  for (let index = 0; index < path.length; index++) {
    const token = path[index] ?? "";
    if (token === "properties") field += `${field === "" ? "" : "."}${path[++index]}`;
    else if (["items", "contains", "unevaluatedItems"].includes(token)) field += "[]";
    else if (token === "additionalProperties" || token === "unevaluatedProperties") {
      if (index + 1 < path.length) field += ".*";
    } else if (token === "prefixItems") field += `[${path[++index]}]`;
    else if (CONTAINERS.includes(token)) index++;
  }
  return field;
}
