/** An example's summary is the name of its tab in the docs. */
import { walk } from "./functions/walk.mjs";

function check(document) {
  return walk(document)
    .filter(({ node, kind }) => kind.endsWith("example") && !node.$ref && !node.summary)
    .map(({ path }) => ({ message: "no summary", path }));
}

export default {
  description: "Every named example has a summary.",
  message: "The example has no summary. Say in a few words what it shows.",
  severity: "error",
  given: "$",
  resolved: false,
  then: { function: check },
};
