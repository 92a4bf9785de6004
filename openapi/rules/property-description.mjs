/** A field without a description is one that every reader has to guess, in the docs and in the editor. */
import { at } from "../extensions/problems.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  const findings = [];
  for (const { node, kind, path } of walk(document)) {
    if (kind !== "schema" || !node.properties) continue;
    for (const [name, property] of Object.entries(node.properties)) {
      if (!described(document, property))
        findings.push({
          message: `"${name}" has no description. Say what it is.`,
          path: [...path, "properties", name],
        });
    }
  }
  return findings;
}

function described(document, schema) {
  if (typeof schema !== "object" || schema === null || schema.description) return true;
  return schema.$ref !== undefined && Boolean(at(document, schema.$ref)?.description);
}

export default rule("Every property is described, itself or by what it refers to.", check);
