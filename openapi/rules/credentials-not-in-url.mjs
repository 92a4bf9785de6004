/** URLs end in logs and histories: a token has no place there. */
import { entries } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

const SECRET = /^(access_?token|api_?key|auth|authorization|key|password|secret|token)$/i;

function check(document) {
  const message = (name) => `"${name}" puts a credential into the URL. Take it from a header.`;
  return [
    ...entries(document.components?.securitySchemes)
      .filter(([, scheme]) => scheme?.type === "apiKey" && scheme.in === "query")
      .map(([name, scheme]) => ({
        message: message(scheme.name),
        path: ["components", "securitySchemes", name, "in"],
      })),
    ...walk(document)
      .filter(
        ({ node, kind }) => kind === "parameter" && /^(query|path)$/.test(node.in) && SECRET.test(node.name),
      )
      .map(({ node, path }) => ({ message: message(node.name), path: [...path, "name"] })),
  ];
}

export default rule("No credential is part of a URL.", check);
