/** An example of a stream has what clients expect by the schema: chunks of `contentSchema`, or an error. */
import { valueProblem } from "./functions/compile.mjs";
import { rule } from "./functions/rule.mjs";
import { eventsIn, streamExamples } from "./functions/streams.mjs";

function check(document) {
  return streamExamples(document).flatMap(({ text, path, media, mediaPath }) => {
    if (media.schema?.contentSchema === undefined) return [];
    const schema = [...mediaPath, "schema", "contentSchema"];
    return eventsIn(text)
      .map(({ data }, index) => ({ data, number: index + 1 }))
      .filter(({ data }) => data !== "[DONE]")
      .flatMap(({ data, number }) => {
        const problem = problemOf(document, schema, data);
        return problem === undefined
          ? []
          : [{ message: `Event ${number} is not what contentSchema says: ${problem}. Correct it.`, path }];
      });
  });
}

function problemOf(document, schema, data) {
  let value;
  try {
    value = JSON.parse(data);
  } catch {
    return "it is not JSON";
  }
  const isFailure = typeof value === "object" && value !== null && Object.hasOwn(value, "error");
  const envelope = ["components", "schemas", "ErrorResponse"];
  const known = Object.hasOwn(document.components?.schemas ?? {}, "ErrorResponse");
  return valueProblem(document, isFailure && known ? envelope : schema, value)?.text;
}

export default rule("The events of a stream's example are valid.", check);
