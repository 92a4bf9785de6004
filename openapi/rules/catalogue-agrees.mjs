/** The models stand in one place, the enum of ModelId; what the examples of the list and of the details name must be there. */
import { calls, entries, resolve, responses } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";

const LIST = "#/components/schemas/ModelList";
const DETAILS = "#/components/schemas/Model";

function check(document) {
  const known = catalogue(document);
  if (known === undefined) return [];
  return calls(document).flatMap((call) =>
    answers(document, call).flatMap(({ schema, value, path }) => {
      if (schema === LIST) return listProblems(known, value, path);
      if (schema === DETAILS && !known.includes(value?.id)) return [unknown(value?.id, [...path, "id"])];
      return [];
    }),
  );
}

function catalogue(document) {
  const schema = document.components?.schemas?.ModelId;
  return [schema, ...(schema?.anyOf ?? [])].find((part) => Array.isArray(part?.enum))?.enum;
}

function listProblems(known, value, path) {
  const ids = (Array.isArray(value?.data) ? value.data : []).map((item) => item?.id);
  return [
    ...known
      .filter((id) => !ids.includes(id))
      .map((id) => ({ message: `The list lacks the model "${id}" of ModelId. Fill it by x-fill.`, path })),
    ...ids.flatMap((id, index) => (known.includes(id) ? [] : [unknown(id, [...path, "data", index, "id"])])),
  ];
}

function unknown(id, path) {
  return { message: `The model "${id}" is not in the enum of ModelId. Add it there, or name another.`, path };
}

function answers(document, call) {
  return responses(document, call)
    .filter(({ status }) => status.startsWith("2"))
    .flatMap(({ node, path }) => examplesOf(document, node.content, [...path, "content"]));
}

function examplesOf(document, content, path) {
  return entries(content).flatMap(([type, media]) =>
    entries(media?.examples).flatMap(([name, example]) => {
      const found = resolve(document, example, [...path, type, "examples", name]);
      return found
        ? [{ schema: media.schema?.$ref, value: found.node.value, path: [...found.path, "value"] }]
        : [];
    }),
  );
}

export default rule("The example of the list names all models, and that of the details one of them.", check);
