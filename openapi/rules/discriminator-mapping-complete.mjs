/** A variant that no value of the discriminator leads to is one that generated clients cannot name. */
import { branches, entries } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  const findings = [];
  for (const { node, kind, path } of walk(document)) {
    if (kind !== "schema" || typeof node.discriminator !== "object") continue;
    const keyword = node.oneOf ? "oneOf" : "anyOf";
    const here = [...path, "discriminator"];
    if (typeof node.discriminator.mapping !== "object") {
      findings.push({
        message: "The discriminator has no mapping. Map each value to its schema.",
        path: here,
      });
      continue;
    }
    const mapped = entries(node.discriminator.mapping);
    const references = branches(document, node[keyword], [...path, keyword]).map(
      ({ reference }) => reference,
    );
    for (const reference of references) {
      if (reference !== undefined && !mapped.some(([, target]) => isSame(target, reference)))
        findings.push({
          message: `The mapping leads to no ${nameOf(reference)}. Add the value of "${node.discriminator.propertyName}" that stands for it.`,
          path: [...here, "mapping"],
        });
    }
    for (const [value, target] of mapped) {
      if (!references.some((reference) => reference !== undefined && isSame(target, reference)))
        findings.push({
          message: `"${value}" leads to ${nameOf(target)}, which is not a variant here. Remove it, or add the schema to ${keyword}.`,
          path: [...here, "mapping", value],
        });
    }
  }
  return findings;
}

/** A mapping holds references, or names of schemas. */
function isSame(target, reference) {
  return target === reference || (!String(target).includes("/") && target === nameOf(reference));
}

function nameOf(reference) {
  return String(reference).split("/").at(-1);
}

export default rule("A discriminator maps values to all variants of its union, and to nothing else.", check);
