/** Prism silently validates nothing where one schema of a body does not compile, for instance for a broken pattern. */
import { compileProblem } from "./functions/schemas.mjs";

export default {
  description: "Every schema compiles.",
  message: "{{error}}",
  severity: "error",
  given: "$.components.schemas",
  resolved: false,
  then: {
    function: (schemas, _, { document }) =>
      Object.keys(schemas).flatMap((name) => {
        const problem = compileProblem(document.data, `#/components/schemas/${name}`);
        return problem
          ? [{ message: `${name} does not compile: ${problem}`, path: ["components", "schemas", name] }]
          : [];
      }),
  },
};
