/**
 * Only the extensions that something reads, and only where it reads them. Any other `x-…` is a slip of the pen or
 * knowledge that no tool will find.
 */

import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

const ALLOWED = {
  "x-codeSamples": "operation",
  "x-pagination": "operation",
  "x-sdk-method": "operation",
  "x-badges": "operation",
  "x-enumDescriptions": "schema",
  "x-stream": "response media type",
  "x-when": ["response example", "response media type"],
  "x-fill": "response example",
};

/** What the build adds to the contract that it publishes: the events behind an example that is a text, and base64. */
const PUBLISHED = { "x-events": "response example", "x-bytes": "response example" };

const placesOf = (key) => [ALLOWED[key] ?? PUBLISHED[key] ?? []].flat();

function check(document) {
  return walk(document).flatMap(({ node, kind, path }) =>
    Object.keys(node)
      .filter((key) => key.startsWith("x-") && !placesOf(key).includes(kind))
      .map((key) => ({
        message:
          placesOf(key).length > 0
            ? `${key} has no effect here. Its place is the ${placesOf(key).join(" or the ")}.`
            : `${key} is not an extension of this contract. Remove it, or use one of ${Object.keys(ALLOWED).join(", ")}.`,
        path: [...path, key],
      })),
  );
}

export default rule("Only the extensions that something reads, where it reads them.", check);
