/** What is wrong with the `x-fill` of an example: asked by lint, and by the mock when it starts. */
import { at, problemsOf } from "./schemas.mjs";

/** Problems with their paths below `x-fill`; those of its form first, since without them the rest says nothing. */
export function fillProblems({ "x-fill": fill, value }, document) {
  const misformed = problemsOf("x-fill", fill);
  if (misformed.length > 0) return misformed;
  const problems = [];
  for (const [pointer, source] of Object.entries(fill)) {
    const target = source.each === undefined ? pointer : pointer.replace("/*", "/0");
    if (at(value, target) === undefined)
      problems.push({
        message: `The example's value has nothing at ${pointer}. Correct the pointer.`,
        path: [pointer],
      });
    if (source.each !== undefined && !Array.isArray(at(document, source.each)))
      problems.push({
        message: `The contract has no list at ${source.each}. Correct the pointer.`,
        path: [pointer],
      });
  }
  return problems;
}
