/**
 * A value that fits two branches of `oneOf` is invalid, which is hardly ever meant. Branches are told apart by their
 * types, or by a required property with other values in each.
 */
import { branches } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

const TYPES = ["array", "boolean", "integer", "null", "number", "object", "string"];

function check(document) {
  const findings = [];
  for (const { node, kind, path } of walk(document)) {
    if (kind !== "schema" || !Array.isArray(node.oneOf)) continue;
    const parts = branches(document, node.oneOf, [...path, "oneOf"]);
    for (const [position, one] of parts.entries()) {
      const other = parts.slice(position + 1).find((candidate) => !areDisjoint(one.node, candidate.node));
      if (other)
        findings.push({
          message: `A value may fit both branch ${one.index} and branch ${other.index}, and then fits neither. Give them different types or constants, or write anyOf.`,
          path: [...path, "oneOf", one.index],
        });
    }
  }
  return findings;
}

function areDisjoint(one, other) {
  const types = typesOf(other);
  if (!typesOf(one).some((type) => types.includes(type))) return true;
  const [values, others] = [valuesOf(one), valuesOf(other)];
  if (values && others) return !values.some((value) => others.includes(value));
  return (one.required ?? []).some(
    (name) =>
      other.required?.includes(name) &&
      one.properties?.[name] !== undefined &&
      other.properties?.[name] !== undefined &&
      areDisjoint(one.properties[name], other.properties[name]),
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
