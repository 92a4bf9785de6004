/** OpenAPI 3.1 has JSON Schema's words; those of 3.0 are read by no tool, or by some. */
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

const isFlag = (value) => typeof value === "boolean";
const OLD = {
  nullable: [() => true, 'Write the type as a list with "null"'],
  example: [() => true, "Write examples, a list"],
  exclusiveMinimum: [isFlag, "Write the bound itself as exclusiveMinimum"],
  exclusiveMaximum: [isFlag, "Write the bound itself as exclusiveMaximum"],
};

function check(document) {
  return walk(document)
    .filter(({ kind }) => kind === "schema")
    .flatMap(({ node, path }) =>
      Object.entries(OLD)
        .filter(([keyword, [isOld]]) => Object.hasOwn(node, keyword) && isOld(node[keyword]))
        .map(([keyword, [, advice]]) => ({
          message: `${keyword} is written as in OpenAPI 3.0. ${advice}.`,
          path: [...path, keyword],
        })),
    );
}

export default rule("Schemas have no keywords of OpenAPI 3.0.", check);
