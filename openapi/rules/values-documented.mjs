/** A text that says which value a field has must name the one that the schema accepts, or the examples show. */
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

/** "Always `model`.", "The type: `text`." What goes on with a condition or another value says less. */
const VALUE = /(?:\bAlways |^The \w+: )`([^`]+)`(?=[.;]|$)/;

function check(document) {
  return walk(document).flatMap(({ node, kind, path }) => {
    if (kind !== "schema" || typeof node.description !== "string") return [];
    const [, stated] = VALUE.exec(node.description) ?? [];
    const values = node.const === undefined ? (node.examples ?? []) : [node.const];
    const other = values.find((value) => typeof value === "string" && value !== stated);
    if (stated === undefined || other === undefined) return [];
    return [
      {
        message: `The description says that the value is \`${stated}\`, and the schema that it is \`${other}\`. Correct the one or the other.`,
        path: [...path, "description"],
      },
    ];
  });
}

export default rule("A description names the value that a field always has.", check);
