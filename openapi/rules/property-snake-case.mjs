/** OpenAI's protocol writes its fields in snake_case, and so do its SDKs. */
import { entries } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  return walk(document)
    .filter(({ kind }) => kind === "schema")
    .flatMap(({ node, path }) =>
      entries(node.properties)
        .filter(([name]) => !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name))
        .map(([name]) => ({
          message: `The property "${name}" is not snake_case. Write it like finish_reason.`,
          path: [...path, "properties", name],
        })),
    );
}

export default rule("Properties are named in snake_case.", check);
