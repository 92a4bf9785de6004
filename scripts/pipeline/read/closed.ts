/** Objects that allow no further properties where others belong: hardly any value fits them, and they are read as meant. */
import type { Document, Reference, SchemaObject } from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import { members } from "../../document/schemas.ts";
import { type Path, walk } from "../../document/structure.ts";
import type { Place, Problem } from "../../shared/input-error.ts";
import { isObject } from "../../shared/json.ts";

/**
 * Takes away what keeps every value out of a closed object (`additionalProperties: false`): that it requires a property
 * which it does not list, and that a part of `allOf` is closed against the properties of the other parts.
 *
 * @param document is changed
 * @returns what was changed, each once
 * @see https://json-schema.org/understanding-json-schema/reference/object#extending for closed parts
 */
export function openClosed(document: Document, locate: (path: Path) => Place): Problem[] {
  const problems: Problem[] = [];
  const schemas = [...walk(document)].filter(({ node, kind }) => kind === "schema" && !("$ref" in node));
  const tell = (path: Path, message: string, advice: string) =>
    problems.push({ place: locate(path), message, advice });
  for (const { node, path } of schemas) {
    const closed = closedParts(document, node as SchemaObject);
    for (const part of closed) delete part["additionalProperties"];
    if (closed.length > 0)
      tell(
        path,
        "A part of this allOf, or what stands beside it, allows only its own properties, so that those of the others can never be there. It is read as open.",
        "Take additionalProperties out of the parts, and write unevaluatedProperties: false beside allOf.",
      );
  }
  // Last: what was just opened may require what another part lists.
  for (const { node, path } of schemas) {
    const schema = node as SchemaObject;
    const { required = [] } = schema;
    const unlisted = isClosed(schema) ? required.filter((name) => !lists(schema, name)) : [];
    if (unlisted.length === 0) continue;
    schema.required = required.filter((name) => !unlisted.includes(name));
    tell(
      path,
      `No object fits this schema: it requires ${named(unlisted)}, but allows only the properties that it lists. Its \`required\` is read without them.`,
      "List them among the properties, or take them out of required.",
    );
  }
  return problems;
}

/** The parts of a combination, itself among them, that are closed against properties of the others. */
function closedParts(document: Document, schema: SchemaObject): SchemaObject[] {
  const { allOf, ...own } = schema as SchemaObject & { allOf?: unknown };
  if (!Array.isArray(allOf)) return [];
  const parts = allOf
    .filter(isObject)
    .map((part) => deref<SchemaObject>(document, part as SchemaObject | Reference));
  const names = [...parts, own].flatMap((part) => members(document, part).map(([name]) => name));
  return [...parts, schema].filter((part) => isClosed(part) && names.some((name) => !lists(part, name)));
}

function isClosed({ additionalProperties, patternProperties }: SchemaObject): boolean {
  return additionalProperties === false && patternProperties === undefined;
}

function lists({ properties = {} }: SchemaObject, name: string): boolean {
  return Object.hasOwn(properties, name);
}

function named(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
