/**
 * A value that fits two branches of `oneOf` is invalid, which is hardly ever meant. Branches are told apart by their
 * types, by a required property with other values in each, or by a required property that the other does not allow.
 */
import { branches, resolve } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

const TYPES = ["array", "boolean", "integer", "null", "number", "object", "string"];

function check(document) {
  const findings = [];
  for (const { node, kind, path } of walk(document)) {
    if (kind !== "schema" || !Array.isArray(node.oneOf)) continue;
    const parts = branches(document, node.oneOf, [...path, "oneOf"]);
    for (const [position, one] of parts.entries()) {
      const other = parts
        .slice(position + 1)
        .find((candidate) => !areDisjoint(document, one.node, candidate.node));
      if (other)
        findings.push({
          message: `A value may fit both branch ${one.index} and branch ${other.index}, and then fits neither. Give them different types or constants, or write anyOf.`,
          path: [...path, "oneOf", one.index],
        });
    }
  }
  return findings;
}

/** Whether no value fits both schemas, as far as their keywords say. Schemas in circles are followed to a bounded depth. */
function areDisjoint(document, one, other, depth = 0) {
  const [left, right] = [one, other].map((schema) => resolve(document, schema, [])?.node);
  if (left === undefined || right === undefined || depth > 8) return false;
  const apart = (a, b) => areDisjoint(document, a, b, depth + 1);
  return (
    differ(left, right) ||
    [
      [left, right],
      [right, left],
    ].some(
      ([schema, opposite]) =>
        isWithout(schema, opposite) ||
        schema.allOf?.some((part) => apart(part, opposite)) ||
        [schema.oneOf, schema.anyOf].some((union) => union?.every((part) => apart(part, opposite))),
    ) ||
    (left.required ?? []).some(
      (name) =>
        right.required?.includes(name) &&
        left.properties?.[name] !== undefined &&
        right.properties?.[name] !== undefined &&
        apart(left.properties[name], right.properties[name]),
    )
  );
}

/** Whether the types differ, or the values that each lists. */
function differ(one, other) {
  const types = typesOf(other);
  if (!typesOf(one).some((type) => types.includes(type))) return true;
  const [values, others] = [valuesOf(one), valuesOf(other)];
  return values !== undefined && others !== undefined && !values.some((value) => others.includes(value));
}

/** Whether objects of the one schema must have a property that the other does not allow. */
function isWithout(closed, { required = [] }) {
  return (
    closed.additionalProperties === false &&
    closed.patternProperties === undefined &&
    required.some((name) => closed.properties?.[name] === undefined)
  );
}

/** Integers are numbers. */
function typesOf({ type }) {
  const types = type === undefined ? TYPES : [type].flat();
  return types.includes("number") ? [...types, "integer"] : types;
}

function valuesOf({ const: value, enum: values }) {
  return value !== undefined ? [value] : values;
}

export default rule("No value fits two branches of oneOf.", check);
