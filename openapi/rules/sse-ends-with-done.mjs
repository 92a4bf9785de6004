/** Clients wait for `[DONE]`: a stream without it was cut. */
import { rule } from "./functions/rule.mjs";
import { streamExamples } from "./functions/streams.mjs";

function check(document) {
  return (
    streamExamples(document)
      // A stream that is described has an end of another kind, unless it says otherwise.
      .filter(({ media }) => media["x-stream"]?.end === undefined || media["x-stream"].done === true)
      .filter(({ text }) => !/(^|\n)data: ?\[DONE\]\n\n$/.test(text))
      .map(({ path }) => ({
        message:
          "The stream does not end with `data: [DONE]` and an empty line. Add them, with nothing after them.",
        path,
      }))
  );
}

export default rule("Every example of a stream ends with [DONE].", check);
