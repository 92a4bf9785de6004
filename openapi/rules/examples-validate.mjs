/**
 * An example that its own schema refuses misleads readers, and the mock would send it. Spectral's rules for this check
 * the resolved document, which takes minutes where schemas refer to each other often; this one compiles each schema
 * once.
 */
import { valueProblem } from "./functions/compile.mjs";
import { schemaExamples } from "./functions/examples.mjs";
import { rule } from "./functions/rule.mjs";

function check(document) {
  return [...schemaExamples(document)].flatMap(({ value, path, schema }) => {
    const problem = valueProblem(document, schema, value);
    return problem === undefined
      ? []
      : [
          {
            message: `The example does not fit its schema: ${problem.text}. Correct the one or the other.`,
            path: [...path, ...problem.path],
          },
        ];
  });
}

export default rule("Every example is valid against its schema.", check);
