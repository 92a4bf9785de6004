/** The examples of a document, each with its schema. */
import { entries, resolve } from "./document.mjs";
import { walk } from "./walk.mjs";

/** The fields of an event (HTML, "Server-sent events"). */
const FIELDS = ["event", "data", "id", "retry"];

/**
 * Each example of a schema, a parameter, a header or a media type: `{ value, path, schema }`, `schema` being the path of
 * its schema. The events of a stream come one by one, each with the schema of its data.
 */
export function* schemaExamples(document) {
  for (const { node, kind, path } of walk(document)) {
    if (kind === "schema") {
      for (const [index, value] of (Array.isArray(node.examples) ? node.examples : []).entries())
        yield { value, path: [...path, "examples", index], schema: path };
      continue;
    }
    if (node.schema === undefined || (kind !== "parameter" && !kind.endsWith("media type"))) continue;
    const schema = [...path, "schema"];
    const isStream = path.at(-1) === "text/event-stream" && node.schema.contentSchema !== undefined;
    for (const { value, at } of named(document, node, path)) {
      if (isStream && Array.isArray(value))
        for (const [index, event] of value.entries())
          yield { value: dataOf(event), path: [...at, index], schema: [...schema, "contentSchema"] };
      else yield { value, path: at, schema };
    }
  }
}

function named(document, node, path) {
  const all = entries(node.examples).flatMap(([name, example]) => {
    const found = resolve(document, example, [...path, "examples", name]);
    return found?.node.value === undefined ? [] : [{ value: found.node.value, at: [...found.path, "value"] }];
  });
  return node.example === undefined ? all : [{ value: node.example, at: [...path, "example"] }, ...all];
}

/** The data of an event, which may be written field by field, as 3.2 describes events. */
function dataOf(event) {
  const names = typeof event === "object" && event !== null ? Object.keys(event) : [];
  const isWritten = names.includes("data") && names.every((name) => FIELDS.includes(name));
  return isWritten ? event.data : event;
}
