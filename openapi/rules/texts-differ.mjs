/** Two things side by side with the same text were copied, and one of them is described wrongly. */
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  const findings = [];
  const taken = new Map();
  for (const { node, kind, path } of walk(document)) {
    if (kind === "data") continue;
    // Operations stand side by side in the docs, whatever their paths are.
    const around = kind === "operation" ? kind : path.slice(0, -1).join("/");
    for (const member of ["title", "summary", "description"]) {
      if (typeof node[member] !== "string") continue;
      const text = `${around} ${member} ${node[member].trim()}`;
      const other = taken.get(text);
      if (other === undefined) taken.set(text, kind === "operation" ? path.slice(-2).join(" ") : path.at(-1));
      else
        findings.push({
          message: `The ${member} is that of "${other}" as well. Say what is different here.`,
          path: [...path, member],
        });
    }
  }
  return findings;
}

export default rule("Things side by side have different titles, summaries and descriptions.", check);
