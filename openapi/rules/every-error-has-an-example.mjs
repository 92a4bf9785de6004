/** The mock answers an error from its example, and readers learn from it what to expect. */
import { calls, entries, isError, responses } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";

/** Those that `operation-errors` asks for. */
const ASKED = ["400", "401", "default"];

function check(document) {
  const findings = new Map();
  for (const call of calls(document)) {
    for (const { status, node, path } of responses(document, call)) {
      if (!isError(status) || ASKED.includes(status)) continue;
      if (entries(node.content?.["application/json"]?.examples).length === 0)
        findings.set(path.join("/"), {
          message: `The ${status} response has no example. Add one under application/json.`,
          path,
        });
    }
  }
  return [...findings.values()];
}

export default rule("Every error response has an example.", check);
