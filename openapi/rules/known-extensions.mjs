/**
 * Only the extensions that something reads, and only where it reads them. Any other `x-…` is a slip of the pen or
 * knowledge that no tool will find.
 */

import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

const ALLOWED = {
  "x-codeSamples": "operation",
  "x-sdk-method": "operation",
  "x-badges": "operation",
  "x-enumDescriptions": "schema",
  "x-when": "response example",
  "x-fill": "response example",
};

function check(document) {
  return [...walk(document)].flatMap(({ node, kind, path }) =>
    Object.keys(node)
      .filter((key) => key.startsWith("x-") && ALLOWED[key] !== kind)
      .map((key) => ({
        message: Object.hasOwn(ALLOWED, key)
          ? `${key} has no effect here. Its place is the ${ALLOWED[key]}.`
          : `${key} is not an extension of this contract. Remove it, or use one of ${Object.keys(ALLOWED).join(", ")}.`,
        path: [...path, key],
      })),
  );
}

export default rule("Only the extensions that something reads, where it reads them.", check);
