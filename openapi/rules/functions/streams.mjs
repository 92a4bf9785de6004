/** The examples of event streams that a document holds. */
import { entries } from "./document.mjs";
import { walk } from "./walk.mjs";

/** Each example that is a text, with its media type: `{ text, path, media, mediaPath }`. */
export function streamExamples(document) {
  return walk(document)
    .filter(({ kind, path }) => kind.endsWith("media type") && path.at(-1) === "text/event-stream")
    .flatMap(({ node, path }) => {
      const named = entries(node.examples).map(([name, example]) => ({
        text: example?.value,
        path: [...path, "examples", name, "value"],
      }));
      const all =
        node.example === undefined ? named : [...named, { text: node.example, path: [...path, "example"] }];
      return all
        .filter(({ text }) => typeof text === "string")
        .map((example) => ({ ...example, media: node, mediaPath: path }));
    });
}

/**
 * The events of a stream: the last `event:` line of each, and its data.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export function eventsIn(text) {
  return text
    .split(/\r?\n\r?\n/)
    .map((event) => {
      const values = (field) =>
        event
          .split(/\r?\n/)
          .filter((line) => line.startsWith(`${field}:`))
          .map((line) => line.slice(field.length + 1).replace(/^ /, ""));
      return { event: values("event").at(-1), data: values("data").join("\n") };
    })
    .filter(({ data }) => data !== "");
}
