/** The client's methods are named by `x-sdk-method`: two operations of one name, or a name inside another, clash. */
import { calls } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";

const NAME = /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/;

function check(document) {
  const findings = [];
  const taken = new Map();
  for (const { operation, path } of calls(document)) {
    const name = operation["x-sdk-method"];
    if (name === undefined) continue;
    const here = [...path, "x-sdk-method"];
    if (typeof name !== "string" || !NAME.test(name)) {
      findings.push({
        message: `"${name}" is not a method's name. Write it like chat.completions.create.`,
        path: here,
      });
      continue;
    }
    const clash = [...taken.keys()].find(
      (other) => other === name || other.startsWith(`${name}.`) || name.startsWith(`${other}.`),
    );
    if (clash !== undefined)
      findings.push({
        message: `"${name}" clashes with "${clash}" of ${taken.get(clash)}. Choose another.`,
        path: here,
      });
    else taken.set(name, `${String(path.at(-1)).toUpperCase()} ${path.at(-2)}`);
  }
  return findings;
}

export default rule("x-sdk-method is dotted camelCase and names one operation.", check);
