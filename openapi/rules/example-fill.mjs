/** `x-fill` says where the mock puts what: a pointer that hits nothing would be a value that never arrives. */
import { fillProblems } from "../extensions/problems.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  return walk(document)
    .filter(({ node, kind }) => kind === "response example" && node["x-fill"] !== undefined)
    .flatMap(({ node, path }) =>
      fillProblems(node, document).map(({ message, path: below }) => ({
        message,
        path: [...path, "x-fill", ...below],
      })),
    );
}

export default rule("x-fill maps what is in the example to a source.", check);
