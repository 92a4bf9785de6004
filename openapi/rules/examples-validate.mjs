/**
 * An example that its own schema refuses misleads readers, and the mock would send it. Spectral's rules for this check
 * the resolved document, which takes minutes where schemas refer to each other often; this one compiles each schema
 * once.
 */
import { valueProblem } from "./functions/compile.mjs";
import { entries, resolve } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

/** The fields of an event (HTML, "Server-sent events"). */
const FIELDS = ["event", "data", "id", "retry"];

function check(document) {
  const findings = [];
  const hold = (schema, value, path) => {
    const problem = valueProblem(document, schema, value);
    if (problem !== undefined)
      findings.push({
        message: `The example does not fit its schema: ${problem.text}. Correct the one or the other.`,
        path: [...path, ...problem.path],
      });
  };
  for (const { node, kind, path } of walk(document)) {
    if (kind === "schema") {
      for (const [index, value] of (Array.isArray(node.examples) ? node.examples : []).entries())
        hold(path, value, [...path, "examples", index]);
      continue;
    }
    if (node.schema === undefined || (kind !== "parameter" && !kind.endsWith("media type"))) continue;
    const schema = [...path, "schema"];
    const isStream = path.at(-1) === "text/event-stream";
    const holdExample = (value, at) => {
      // The events of a stream, each with the schema of its data.
      if (isStream && Array.isArray(value) && node.schema.contentSchema !== undefined)
        for (const [index, event] of value.entries())
          hold([...schema, "contentSchema"], dataOf(event), [...at, index]);
      else hold(schema, value, at);
    };
    if (node.example !== undefined) holdExample(node.example, [...path, "example"]);
    for (const [name, example] of entries(node.examples)) {
      const found = resolve(document, example, [...path, "examples", name]);
      if (found?.node.value !== undefined) holdExample(found.node.value, [...found.path, "value"]);
    }
  }
  return findings;
}

/** The data of an event, which may be written field by field, as 3.2 describes events. */
function dataOf(event) {
  const names = typeof event === "object" && event !== null ? Object.keys(event) : [];
  const isWritten = names.includes("data") && names.every((name) => FIELDS.includes(name));
  return isWritten ? event.data : event;
}

export default rule("Every example is valid against its schema.", check);
