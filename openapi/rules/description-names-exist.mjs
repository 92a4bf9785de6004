/** Readers look up the names that a text has in backticks, and do not find one that is misspelled or was changed elsewhere. */
import { entries } from "./functions/document.mjs";
import { unknownNames } from "./functions/names.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  return walk(document).flatMap(({ node, kind, path }) =>
    kind === "data"
      ? []
      : texts(node, path).flatMap(({ text, path: here }) =>
          unknownNames(document, text).map(({ name, near }) => ({
            message: `The contract has no \`${name}\`.${near ? ` Is it \`${near}\`?` : ""} Correct the name, or write it without backticks.`,
            path: here,
          })),
        ),
  );
}

function texts({ summary, description, "x-enumDescriptions": values }, path) {
  return [
    { text: summary, path: [...path, "summary"] },
    { text: description, path: [...path, "description"] },
    ...entries(values).map(([name, text]) => ({ text, path: [...path, "x-enumDescriptions", name] })),
  ].filter(({ text }) => typeof text === "string");
}

export default rule("What descriptions name in backticks is in the contract.", check);
