/** Puts examples back to where their author named them. */
import { mediaTypes } from "../../document/examples.ts";
import type { Document, Example } from "../../document/model.ts";
import { deref } from "../../document/operations.ts";

/**
 * Puts every example that the bundler lifted into `components/examples` back to where it is used: there it has the
 * name that its author gave it, while the bundler names it after its file, of which two operations may have one
 * each. A parameter's examples stay where they were lifted to, and those that the author put there stay as well.
 *
 * @param lifted the names that the bundler added
 * @returns the document, changed
 */
export function inlineExamples(document: Document, lifted: ReadonlySet<string>): Document {
  const components = document.components?.["examples"];
  if (!components) return document;
  const inlined = new Set<string>();
  for (const media of mediaTypes(document)) {
    for (const [name, example] of Object.entries(media.examples ?? {})) {
      const component =
        "$ref" in example ? /^#\/components\/examples\/([^/]+)$/.exec(example.$ref)?.[1] : undefined;
      if (!component || !lifted.has(component) || !media.examples) continue;
      media.examples[name] = structuredClone(deref<Example>(document, example));
      inlined.add(component);
    }
  }
  const rest = JSON.stringify(document);
  for (const name of inlined) {
    if (!rest.includes(`"#/components/examples/${name}"`)) delete components[name];
  }
  if (Object.keys(components).length === 0) delete document.components?.["examples"];
  return document;
}
