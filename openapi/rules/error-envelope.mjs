/** SDKs read every error in one form; an error in another form reaches programs without its message. */
import { calls, isError, resolve, responses } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";

const ENVELOPE = "#/components/schemas/ErrorResponse";

function check(document) {
  const findings = new Map();
  for (const call of calls(document)) {
    for (const { status, node, path } of responses(document, call)) {
      if (!isError(status)) continue;
      const media = resolve(document, node.content?.["application/json"], [
        ...path,
        "content",
        "application/json",
      ]);
      if (media?.node.schema?.$ref !== ENVELOPE)
        findings.set(path.join("/"), {
          message:
            "The error does not have the common form. Describe it as ErrorResponse, under application/json.",
          path: media ? [...media.path, ...(media.node.schema ? ["schema"] : [])] : path,
        });
    }
  }
  return [...findings.values()];
}

export default rule("Every error is an ErrorResponse.", check);
