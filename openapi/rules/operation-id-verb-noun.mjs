/** An operation's ID names a method of generated clients: a verb says what it does, a noun to what. */
import { operations } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";

const VERBS = [
  ...[
    "create",
    "retrieve",
    "get",
    "list",
    "search",
    "update",
    "replace",
    "delete",
    "cancel",
    "submit",
    "run",
  ],
  ...["generate", "transcribe", "translate", "moderate", "upload", "download", "count", "notify", "receive"],
];

function check(document) {
  return operations(document)
    .filter(({ operation: { operationId: id } }) => typeof id === "string" && !isVerbNoun(id))
    .map(({ operation, path }) => ({
      message: `The operationId "${operation.operationId}" is not a verb and a noun. Write it like listModels, with one of ${VERBS.join(", ")}.`,
      path: [...path, "operationId"],
    }));
}

function isVerbNoun(id) {
  return VERBS.some((verb) => id.startsWith(verb) && /^[A-Z][A-Za-z0-9]*$/.test(id.slice(verb.length)));
}

export default rule("An operationId is a verb and a noun.", check);
