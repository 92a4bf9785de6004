/** A default that the schema refuses is a value that nobody may send. */
import { valueProblem } from "./functions/compile.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  return walk(document).flatMap(({ node, kind, path }) => {
    if (kind !== "schema" || node.default === undefined) return [];
    const problem = valueProblem(document, path, node.default);
    if (problem === undefined) return [];
    return [
      {
        message: `The default does not fit its schema: ${problem.text}. Correct the one or the other.`,
        path: [...path, "default", ...problem.path],
      },
    ];
  });
}

export default rule("Every default is valid against its schema.", check);
