/** Clients wait for the end of a stream, `[DONE]` or one of the events of `x-stream`: a stream without it was cut. */
import { at } from "../extensions/problems.mjs";
import { rule } from "./functions/rule.mjs";
import { eventsIn, streamExamples } from "./functions/streams.mjs";

function check(document) {
  return streamExamples(document).flatMap(({ text, path, media }) => {
    const { end, failure = [], name, done = end === undefined } = media["x-stream"] ?? {};
    const isDone = /(^|\n)data: ?\[DONE\](\r?\n){2}$/.test(text);
    if (done && !isDone)
      return [
        {
          message:
            "The stream does not end with `data: [DONE]` and an empty line. Add them, with nothing after them.",
          path,
        },
      ];
    if (!Array.isArray(end)) return [];
    const last = nameOf(name, eventsIn(text).at(isDone ? -2 : -1));
    return [...end, ...failure].includes(last)
      ? []
      : [{ message: `${subject(last)} Add one of ${end.join(", ")}, ${written(name)}.`, path }];
  });
}

function subject(name) {
  return name === undefined
    ? "The last event of the stream has no name, so that clients take the stream for one that was cut off."
    : `The stream does not end with "${name}": clients take it for one that was cut off.`;
}

/** How an event of an example is given its name. */
function written(name) {
  return name === "event" ? "with the example as a list of {event, data}" : `with its name at ${name}`;
}

/** The name of an event: that of its `event:` line, or what its data has at the pointer. */
function nameOf(name, { event, data } = {}) {
  if (name === "event") return event;
  try {
    return at(JSON.parse(data), String(name));
  } catch {
    return undefined;
  }
}

export default rule("Every example of a stream ends as its description says.", check);
