/** Redoc shows a table of an enum's values from `x-enumDescriptions`: a value without a row, or a row without a value, misleads. */

import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  const findings = [];
  for (const { node, kind, path } of walk(document)) {
    const descriptions = node["x-enumDescriptions"];
    if (kind !== "schema" || typeof descriptions !== "object" || descriptions === null) continue;
    // That a value may be null needs no description.
    const values = (node.enum ?? []).filter((value) => value !== null).map(String);
    const here = [...path, "x-enumDescriptions"];
    for (const value of values) {
      if (!Object.hasOwn(descriptions, value))
        findings.push({ message: `The value "${value}" is not described. Add it here.`, path: here });
    }
    for (const name of Object.keys(descriptions)) {
      if (!values.includes(name))
        findings.push({
          message: `"${name}" is not a value of this enum. Correct or remove it.`,
          path: [...here, name],
        });
    }
  }
  return findings;
}

export default rule("x-enumDescriptions describes the values of its enum, all of them and no others.", check);
