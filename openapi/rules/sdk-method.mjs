/** The client's methods are named by `x-sdk-method`: two operations of one name, or a name inside another, clash. */
const NAME = /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/;

function check(paths) {
  const findings = [];
  const taken = new Map();
  for (const [path, item] of Object.entries(paths ?? {})) {
    for (const [method, operation] of Object.entries(item ?? {})) {
      const name = operation?.["x-sdk-method"];
      if (name === undefined) continue;
      const here = ["paths", path, method, "x-sdk-method"];
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
      else taken.set(name, `${method.toUpperCase()} ${path}`);
    }
  }
  return findings;
}

export default {
  description: "x-sdk-method is dotted camelCase and names one operation.",
  message: "{{error}}",
  severity: "error",
  given: "$.paths",
  resolved: false,
  then: { function: check },
};
