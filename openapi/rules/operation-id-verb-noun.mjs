/** An operation's ID names a method of generated clients: a verb says what it does, a noun to what. */
import { operations } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";

/** The verbs of such names in public documents. Others may be added. */
const VERBS = `
  accept activate add analyze approve archive attach assign cancel check classify clear clone close compact compare
  complete compress confirm convert copy count create deactivate decline delete describe detach detect disable download
  edit embed enable end estimate evaluate execute expire export extract fetch find finish generate get grant import invite
  list lock merge moderate modify move notify open parse patch pause poll preview publish put query read receive refresh
  register reject remove rename renew replace rerank reset resolve restart restore resume retrieve retry revoke rotate run
  save schedule score search send set share sign start stop store stream submit subscribe summarize sync synthesize tag
  test tokenize transcribe translate trigger unarchive unlock unsubscribe update upload validate verify wait watch write
`
  .trim()
  .split(/\s+/);

function check(document) {
  return operations(document)
    .filter(({ operation: { operationId: id } }) => typeof id === "string" && !isVerbNoun(id))
    .map(({ operation, path }) => ({
      message: `The operationId "${operation.operationId}" is not a verb and a noun. Write it like listModels; openapi/rules/operation-id-verb-noun.mjs lists the verbs.`,
      path: [...path, "operationId"],
    }));
}

function isVerbNoun(id) {
  return VERBS.some((verb) => id.startsWith(verb) && /^[A-Z][A-Za-z0-9]*$/.test(id.slice(verb.length)));
}

export default rule("An operationId is a verb and a noun.", check);
