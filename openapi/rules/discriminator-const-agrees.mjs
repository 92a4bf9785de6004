/** The value that leads to a schema must be the one that the schema accepts, or no value fits both. */
import { branches, entries } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  const findings = [];
  for (const { node, kind, path } of walk(document)) {
    if (kind !== "schema" || typeof node.discriminator !== "object") continue;
    const { propertyName: name, mapping } = node.discriminator;
    for (const { node: variant, path: at, reference } of branches(document, node.oneOf ?? node.anyOf, path)) {
      const values = entries(mapping).flatMap(([value, target]) => (target === reference ? [value] : []));
      if (values.length === 0) continue;
      const property = Object.hasOwn(variant.properties ?? {}, name) ? variant.properties[name] : undefined;
      const accepted = property?.const !== undefined ? [property.const] : (property?.enum ?? []);
      if (!variant.required?.includes(name))
        findings.push({
          message: `"${name}" tells the variants of a union apart, so that it must always be there. Add it to required.`,
          path: at,
        });
      for (const value of values) {
        if (!accepted.includes(value))
          findings.push({
            message: `The discriminator leads here where "${name}" is "${value}", but the schema does not accept that. Give the property const: ${value}.`,
            path: [...at, "properties", ...(property === undefined ? [] : [name])],
          });
      }
    }
  }
  return findings;
}

export default rule("A discriminator's values are those that the variants accept.", check);
