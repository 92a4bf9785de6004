/** A component that no operation leads to is dead weight: no type, page or answer needs it. */
import { at } from "../extensions/problems.mjs";
import { entries, tokensOf } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";

function check(document) {
  const { components, ...rest } = document;
  const alive = new Set();
  const visit = (node) => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === "string" && (key === "$ref" || value.startsWith("#/components/"))) follow(value);
      else visit(value);
    }
  };
  const follow = (reference) => {
    const [, kind, name] = tokensOf(reference);
    const target = `${kind}/${name}`;
    if (alive.has(target)) return;
    alive.add(target);
    visit(at(document, `#/components/${kind}/${name}`));
  };
  visit(rest);
  const schemes = new Set(securityOf(rest).flatMap((one) => Object.keys(one ?? {})));
  return entries(components).flatMap(([kind, map]) =>
    kind.startsWith("x-")
      ? []
      : entries(map)
          .filter(
            ([name]) => !(kind === "securitySchemes" ? schemes.has(name) : alive.has(`${kind}/${name}`)),
          )
          .map(([name]) => ({
            message: `Nothing leads to the component "${name}". Remove it, or refer to it.`,
            path: ["components", kind, name],
          })),
  );
}

/** Every alternative of every `security` in the document. */
function securityOf(node) {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === "security" && Array.isArray(value) ? value : securityOf(value),
  );
}

export default rule("Every component is used.", check);
