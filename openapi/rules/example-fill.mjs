/** `x-fill` says where the mock puts what: a pointer that hits nothing would be a value that never arrives. */
import { at, problemsOf } from "./functions/schemas.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  return [...walk(document)]
    .filter(({ node, kind }) => kind === "response example" && node["x-fill"] !== undefined)
    .flatMap(({ node, path }) => checkFill(node, [...path, "x-fill"], document));
}

function checkFill({ "x-fill": fill, value }, here, document) {
  const wrong = problemsOf("x-fill", fill).map(({ message, path }) => ({
    message,
    path: [...here, ...path],
  }));
  if (wrong.length > 0) return wrong;
  const findings = [];
  for (const [pointer, source] of Object.entries(fill)) {
    const path = [...here, pointer];
    const target = source.each === undefined ? pointer : pointer.replace("/*", "/0");
    if (at(value, target) === undefined)
      findings.push({
        message: `The example's value has nothing at ${pointer}. Correct the pointer.`,
        path,
      });
    if (source.each !== undefined && !Array.isArray(at(document, source.each)))
      findings.push({ message: `The contract has no list at ${source.each}. Correct the pointer.`, path });
  }
  return findings;
}

export default {
  description: "x-fill maps what is in the example to a source.",
  message: "{{error}}",
  severity: "error",
  given: "$",
  resolved: false,
  then: { function: check },
};
