/** `x-when` is a schema that the mock compiles when it starts; a broken one would make its scenario unreachable. */
import { problemsOf } from "../extensions/problems.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  return walk(document)
    .filter(({ node, kind }) => kind === "response example" && node["x-when"] !== undefined)
    .flatMap(({ node, path }) =>
      problemsOf("x-when", node["x-when"]).map(({ message, path: below }) => ({
        message,
        path: [...path, "x-when", ...below],
      })),
    );
}

export default rule("x-when is a JSON Schema over {path, query, headers, body}.", check);
