/** Parameters of path and query are written as the fields of bodies are, headers as HTTP writes them. */
import { entries } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

/** Brackets at the end mark a list, as in `include[]`. */
const SNAKE = /^[a-z][a-z0-9]*(_[a-z0-9]+)*(\[\])?$/;
const KEBAB = /^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/;

function check(document) {
  const findings = [];
  for (const { node, kind, path } of walk(document)) {
    if (kind === "parameter" && typeof node.name === "string") {
      const isHeader = node.in === "header";
      if (!(isHeader ? KEBAB : SNAKE).test(node.name))
        findings.push({
          message: isHeader
            ? header(node.name)
            : `The parameter "${node.name}" is not snake_case. Write it like page_size.`,
          path: [...path, "name"],
        });
    }
    if (kind === "response") {
      for (const [name] of entries(node.headers))
        if (!KEBAB.test(name)) findings.push({ message: header(name), path: [...path, "headers", name] });
    }
  }
  return findings;
}

function header(name) {
  return `The header "${name}" is not words between hyphens. Write it like x-request-id.`;
}

export default rule("Parameters are snake_case; headers are words between hyphens.", check);
