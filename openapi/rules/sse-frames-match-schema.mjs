/** What stands in an example of a stream is what clients are told to expect: chunks of `contentSchema`, or an error. */
import { valueProblem } from "./functions/compile.mjs";
import { rule } from "./functions/rule.mjs";
import { streamExamples } from "./functions/streams.mjs";

function check(document) {
  return streamExamples(document).flatMap(({ text, path, media, mediaPath }) => {
    if (media.schema?.contentSchema === undefined) return [];
    const schema = [...mediaPath, "schema", "contentSchema"];
    return dataOf(text)
      .map((data, index) => ({ data, number: index + 1 }))
      .filter(({ data }) => data !== "[DONE]")
      .flatMap(({ data, number }) => {
        const problem = problemOf(document, schema, data);
        return problem === undefined
          ? []
          : [{ message: `Event ${number} is not what contentSchema says: ${problem}. Correct it.`, path }];
      });
  });
}

/** The data of each event. @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
function dataOf(text) {
  return text
    .split(/\r?\n\r?\n/)
    .map((event) =>
      event
        .split(/\r?\n/)
        .filter((line) => line.startsWith("data:"))
        .map((line) => line.replace(/^data: ?/, ""))
        .join("\n"),
    )
    .filter((data) => data !== "");
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
