/**
 * The mock takes the first example whose `x-when` matches the request, errors first. An example behind others that take
 * all its requests never answers, and neither does one that asks for what no request has. The rule searches a request for
 * each example: one that the operation allows, that the example answers, and that no example before it does.
 */
import { calls, entries, isError, parameters, resolve, responses } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";
import { search } from "./functions/witness.mjs";

function check(document) {
  return calls(document).flatMap((call) => {
    const all = examples(document, call);
    const errors = all.filter(({ status }) => isError(status));
    const successes = Object.groupBy(
      all.filter(({ status }) => !isError(status)),
      ({ type }) => type,
    );
    const requests = requestsOf(document, call);
    return [
      ...unreachable(document, requests, [], errors),
      ...Object.values(successes).flatMap((some) => unreachable(document, requests, errors, some)),
    ];
  });
}

/** The examples of an operation that say which requests they answer, in document order. */
function examples(document, call) {
  return responses(document, call).flatMap(({ status, node, path }) =>
    entries(node.content).flatMap(([type, media]) =>
      entries(media.examples).flatMap(([name, example]) => {
        const found = resolve(document, example, [...path, "content", type, "examples", name]);
        const when = found?.node["x-when"];
        return when === undefined
          ? []
          : [{ status, type, name, when, path: [...found.path, "x-when"], media }];
      }),
    ),
  );
}

/** The findings of examples that are tried in turn, after others. */
function unreachable(document, { fields, condition, start }, before, some) {
  return some.flatMap((example, index) => {
    const unknown = unknownFields(fields, example);
    if (unknown.length > 0) return unknown;
    const earlier = [...before, ...some.slice(0, index)];
    const asked = { schema: example.when, wanted: true };
    const selected = { schema: example.media["x-when"] ?? true, wanted: true };
    const others = earlier.map((other) => ({ schema: other.when, wanted: false, other }));
    // An error may answer what the operation does not allow.
    const allowed = isError(example.status) ? [] : [condition];
    const { met, broken } = search(document, [asked, selected, ...allowed, ...others], start);
    return met ? [] : [{ message: messageOf(broken), path: example.path }];
  });
}

/** What the search could not do. It tries some hundred requests, so that it may have missed one. */
function messageOf({ other }) {
  return other
    ? `The example "${other.name}" (${other.status}) takes every request found that this one would answer. Put this one before it, ask for something else, or add an example of such a request to the request body.`
    : "No request was found that this x-when matches and the operation allows. Correct it, or add an example of such a request to the request body.";
}

const FORMS = /^(application\/([\w.+-]+\+)?json|application\/x-www-form-urlencoded|multipart\/form-data)\b/;

/**
 * What requests an operation takes: `fields`, the names that its path, query and body have, where they are known;
 * `condition`, a schema over requests; and `start`, requests to begin a search with.
 */
function requestsOf(document, call) {
  const { requestBody } = call.operation;
  const names = (place) =>
    parameters(document, call)
      .filter((parameter) => parameter.in === place)
      .map(({ name }) => name);
  const body = resolve(document, requestBody, []);
  const media = entries(body?.node.content).find(([type]) => FORMS.test(type))?.[1];
  const properties = resolve(document, media?.schema, [])?.node.properties;
  const shown = entries(media?.examples).map(([, example]) => resolve(document, example, [])?.node.value);
  return {
    fields: { path: names("path"), query: names("query"), body: properties && Object.keys(properties) },
    condition: {
      schema: {
        required: ["path", ...(media !== undefined && body.node.required === true ? ["body"] : [])],
        properties: {
          path: { required: names("path"), additionalProperties: { type: "string", minLength: 1 } },
          body: media?.schema ?? true,
        },
      },
      wanted: true,
    },
    start: [undefined, media?.example, ...shown].map((value) => (value === undefined ? {} : { body: value })),
  };
}

/** The fields that a condition asks for and no request has. */
function unknownFields(fields, { when, path }) {
  return Object.entries(fields).flatMap(([place, known]) => {
    const wanted = entries(when?.properties?.[place]?.properties);
    return wanted
      .filter(([name]) => known !== undefined && !known.includes(name))
      .map(([name]) => ({
        message: `No request has the field "${name}" in its ${place}, by ${place === "body" ? "the schema of the body" : "the parameters"}. Correct the name.`,
        path: [...path, "properties", place, "properties", name],
      }));
  });
}

export default rule("Every example that says which requests it answers is given to some.", check);
