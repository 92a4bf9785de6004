/** `x-when` is a schema that the mock compiles when it starts; a broken one would make its scenario unreachable. */
import { problemsOf } from "./functions/schemas.mjs";

export default {
  description: "x-when is a JSON Schema over {path, query, headers, body}.",
  message: "{{error}}",
  severity: "error",
  given: "$.paths..responses..examples.*.x-when",
  resolved: false,
  then: {
    function: (when, _, { path, document }) =>
      problemsOf("x-when", when, document.data).map(({ message, path: below }) => ({
        message,
        path: [...path, ...below],
      })),
  },
};
