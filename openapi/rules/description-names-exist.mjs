/** What a text names in backticks, a reader looks up: a name that was changed elsewhere, or misspelled, is not found. */
import { unknownNames } from "./functions/names.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  return walk(document).flatMap(({ node, kind, path }) =>
    ["summary", "description"]
      .filter((member) => kind !== "data" && typeof node[member] === "string")
      .flatMap((member) =>
        unknownNames(document, node[member])
          // A plain word may be a value that the contract leaves open.
          .filter(({ name, near }) => near !== undefined || !/^[a-z0-9]+$/.test(name))
          .map(({ name, near }) => ({
            message: `The contract has no \`${name}\`.${near ? ` Is it \`${near}\`?` : ""} Correct the name, or write it without backticks.`,
            path: [...path, member],
          })),
      ),
  );
}

export default rule("What descriptions name in backticks is in the contract.", check);
