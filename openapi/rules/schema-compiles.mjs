/** Prism silently validates nothing where one schema of a body does not compile, for instance for a broken pattern. */
import { compileProblem } from "./functions/compile.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  const findings = [];
  for (const { kind, path, parent } of walk(document)) {
    if (kind !== "schema" || parent === "schema") continue;
    const problem = compileProblem(document, path);
    if (problem) findings.push({ message: `The schema does not compile: ${problem}. Correct it.`, path });
  }
  return findings;
}

export default rule("Every schema compiles.", check);
