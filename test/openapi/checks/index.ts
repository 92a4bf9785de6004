/** All checks of the contract, in groups. */
import type { Document } from "../../../scripts/document/model.ts";
import type { CheckGroup } from "../../../scripts/pipeline/mutate/mutate.ts";
import { answerChecks } from "./answers.ts";
import { constraints } from "./constraints.ts";
import { exampleChecks } from "./examples.ts";
import { facts } from "./facts.ts";
import { guides } from "./guides.ts";
import { mockAnswers } from "./mock.ts";
import { prose } from "./prose.ts";
import { requests } from "./requests.ts";

type Path = (string | number)[];

/** What the mock reads, beside the schemas, which the requests check. */
const MOCKED = ["x-when", "x-fill", "security", "examples", "securitySchemes"];

/** The groups in the order in which a mutant is tried: the quick ones first, since a mutant is noticed once. */
export const checks: CheckGroup[] = [
  { name: "facts", checks: facts },
  { name: "prose", checks: prose },
  { name: "constraints", checks: constraints },
  { name: "examples", checks: exampleChecks },
  { name: "guides", checks: guides },
  { name: "requests", checks: requests, sees: below("ChatCompletionCreateParams") },
  {
    name: "answers",
    checks: answerChecks,
    sees: below("ChatCompletion", "ChatCompletionChunk", "ErrorResponse", "ModelList"),
  },
  { name: "mock", checks: mockAnswers, sees: (path) => path.some((key) => MOCKED.includes(String(key))) },
];

/** Whether a path is in one of the component schemas, or in one that they refer to. */
function below(...roots: string[]) {
  return ([, section, name]: Path, document: Document) =>
    section === "schemas" && reachable(document, roots).has(String(name));
}

function reachable(document: Document, roots: readonly string[]): Set<string> {
  const schemas = (document.components?.["schemas"] ?? {}) as Record<string, unknown>;
  const found = new Set(roots);
  for (const name of found) {
    const text = JSON.stringify(schemas[name] ?? {});
    for (const [, other = ""] of text.matchAll(/#\/components\/schemas\/([^"/]+)/g)) found.add(other);
  }
  return found;
}
