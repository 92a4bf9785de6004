/** What a reader, a client's doc comment and a search find of an operation. */
import { operations } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";

const NAME = /^[a-z][A-Za-z0-9]*$/;

function check(document) {
  return operations(document).flatMap(({ operation, path }) => {
    const id = operation.operationId;
    return [
      ...["operationId", "summary", "description", "tags"]
        .filter((member) => operation[member] === undefined || operation[member].length === 0)
        .map((member) => ({ message: `The operation has no ${member}. Add it.`, path })),
      ...(id && !NAME.test(id)
        ? [
            {
              message: `The operationId "${id}" is not camelCase. Write it like listModels.`,
              path: [...path, "operationId"],
            },
          ]
        : []),
    ];
  });
}

export default rule(
  "Every operation has a camelCase operationId, a summary, a description and a tag.",
  check,
);
