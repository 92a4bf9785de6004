/** A reader who learns that something is deprecated needs to know what to use instead. */
import { resolve } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  return walk(document).flatMap(({ node, path }) => {
    if (node.deprecated !== true) return [];
    const text = node.description ?? resolve(document, node, path)?.node.description ?? "";
    return /`[^`]+`|\]\(/.test(text)
      ? []
      : [
          {
            message:
              "This is deprecated, and its description names nothing to use instead. Name it in backticks.",
            path: [...path, "deprecated"],
          },
        ];
  });
}

export default rule("What is deprecated names its replacement.", check);
