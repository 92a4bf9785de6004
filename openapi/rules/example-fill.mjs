/** `x-fill` says where the mock puts what: a pointer that hits nothing would be a value that never arrives. */
import { at, problemsOf } from "./functions/schemas.mjs";

function check(example, _, { path, document }) {
  const fill = example["x-fill"];
  if (fill === undefined) return [];
  const wrong = problemsOf("x-fill", fill).map(({ message, path: below }) => ({
    message,
    path: [...path, "x-fill", ...below],
  }));
  if (wrong.length > 0) return wrong;
  const findings = [];
  for (const [pointer, source] of Object.entries(fill)) {
    const here = [...path, "x-fill", pointer];
    const target = source.each === undefined ? pointer : pointer.replace("/*", "/0");
    if (at(example.value, target) === undefined)
      findings.push({
        message: `The example's value has nothing at ${pointer}. Correct the pointer.`,
        path: here,
      });
    if (source.each !== undefined && !Array.isArray(at(document.data, source.each)))
      findings.push({
        message: `The contract has no list at ${source.each}. Correct the pointer.`,
        path: here,
      });
  }
  return findings;
}

export default {
  description: "x-fill maps what is in the example to a source.",
  message: "{{error}}",
  severity: "error",
  given: "$.paths..responses..examples[?(@ && @.value !== undefined)]",
  resolved: false,
  then: { function: check },
};
