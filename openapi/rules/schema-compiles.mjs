/** Prism silently validates nothing where one schema of a body does not compile, for instance for a broken pattern. */
import { compileProblem } from "./functions/compile.mjs";
import { tokensOf } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  const broken = walk(document)
    .filter(({ kind, parent }) => kind === "schema" && parent !== "schema")
    .map(({ node, path }) => ({ node, path, problem: compileProblem(document, path) }))
    .filter(({ problem }) => problem !== undefined);
  const places = new Set(broken.map(({ path }) => path.join("/")));
  // A schema that refers to a broken one does not compile either; the one at fault is enough.
  const causes = broken.filter(({ node }) => !references(node).some((place) => places.has(place)));
  return (causes.length > 0 ? causes : broken).map(({ path, problem }) => ({
    message: `The schema does not compile: ${problem}. Correct it.`,
    path,
  }));
}

/** Where the references in a schema lead to. */
function references(node) {
  return [...JSON.stringify(node).matchAll(/"\$ref":"(#[^"]*)"/g)].map(([, reference]) =>
    tokensOf(reference).join("/"),
  );
}

export default rule("Every schema compiles.", check);
