/**
 * The mock takes the first example whose `x-when` matches the request, errors first. An example behind one that takes
 * all its requests never answers, and neither does one that asks for a field that no request has.
 */
import { calls, entries, isError, resolve, responses } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";

function check(document) {
  return calls(document).flatMap((call) => {
    const all = responses(document, call).flatMap(({ status, node, path }) =>
      entries(node.content?.["application/json"]?.examples).flatMap(([name, example]) => {
        const found = resolve(document, example, [...path, "content", "application/json", "examples", name]);
        return found ? [{ status, name, ...found }] : [];
      }),
    );
    const tried = [
      ...all.filter(({ status }) => isError(status)),
      ...all.filter(({ status }) => !isError(status)),
    ]
      .filter(({ node }) => node["x-when"] !== undefined)
      .map((example) => ({ ...example, when: JSON.stringify(example.node["x-when"]) }));
    return tried.flatMap((example, index) => {
      const here = [...example.path, "x-when"];
      const taker = tried.slice(0, index).find(({ when }) => isOpen(when) || when === example.when);
      if (taker)
        return [
          {
            message: `The example "${taker.name}" (${taker.status}) takes every request that this one would answer. Put this one before it, or ask for something else.`,
            path: here,
          },
        ];
      return unknownFields(document, call, example.node["x-when"]).map(({ field, path }) => ({
        message: `No request has the field "${field}" in its body, by the schema of the body. Correct the name.`,
        path: [...here, ...path],
      }));
    });
  });
}

/** Whether a condition matches every request. */
function isOpen(when) {
  return when === "{}" || when === "true";
}

/** The fields of the body that a condition asks for and the schema does not describe. */
function unknownFields(document, { operation, path }, when) {
  const condition = when?.properties?.body;
  const body = resolve(document, operation.requestBody, [...path, "requestBody"]);
  const schema = resolve(document, body?.node.content?.["application/json"]?.schema, []);
  const known = schema?.node.properties;
  if (typeof condition !== "object" || condition === null || known === undefined) return [];
  return entries(condition.properties)
    .filter(([field]) => !Object.hasOwn(known, field))
    .map(([field]) => ({ field, path: ["properties", "body", "properties", field] }));
}

export default rule("Every example that says which requests it answers is given to some.", check);
