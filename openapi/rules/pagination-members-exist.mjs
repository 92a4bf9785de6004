/** `x-pagination` names parameters and members of the answer: a wrong one would end every list after its first page. */
import { problemsOf } from "../extensions/problems.mjs";
import { calls, parameters, responses } from "./functions/document.mjs";
import { parts, schemasAt } from "./functions/members.mjs";
import { rule } from "./functions/rule.mjs";

function check(document) {
  return calls(document).flatMap((call) => {
    const pages = call.operation["x-pagination"];
    if (pages === undefined) return [];
    const here = [...call.path, "x-pagination"];
    const misformed = problemsOf("x-pagination", pages);
    if (misformed.length > 0)
      return misformed.map(({ message, path }) => ({ message, path: [...here, ...path] }));
    const { items, cursor, limit, more } = pages;
    const query = parameters(document, call).flatMap((one) => (one.in === "query" ? [one.name] : []));
    const schema = responses(document, call).find(({ status }) => status.startsWith("2"))?.node.content?.[
      "application/json"
    ]?.schema;
    const leads = (pointer) => schemasAt(document, schema, pointer).flatMap((one) => parts(document, one));
    const is = (pointer, type) => leads(pointer).some((one) => [one.type].flat().includes(type));
    const wrong = (holds, message, ...path) => (holds ? [] : [{ message, path: [...here, ...path] }]);
    return [
      ...wrong(is(items, "array"), `The answer has no list at ${items}. Correct the pointer.`, "items"),
      ...wrong(
        query.includes(cursor.parameter),
        `The operation has no query parameter "${cursor.parameter}". Correct the name.`,
        ...["cursor", "parameter"],
      ),
      ...wrong(
        leads(cursor.value).length > 0,
        `The answer has nothing at ${cursor.value}. Correct the pointer.`,
        ...["cursor", "value"],
      ),
      ...wrong(
        limit === undefined || query.includes(limit),
        `The operation has no query parameter "${limit}". Correct the name.`,
        "limit",
      ),
      ...wrong(
        more === undefined || is(more, "boolean"),
        `The answer has no boolean at ${more}. Correct the pointer.`,
        "more",
      ),
    ];
  });
}

export default rule("x-pagination names what the operation and its answer have.", check);
