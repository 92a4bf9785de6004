/** The response examples of a document: where they are, and how they come inline. */
import { type Document, deref, type Example, type MediaType, operations, type Response } from "./document.ts";

/** The answers that an operation declares for one status, in document order. */
export interface DeclaredResponse {
  /** `200`, `4XX` or `default`. */
  status: string;
  response: Response;
}

export function responsesOf(document: Document, responses: Record<string, Response | { $ref: string }> = {}) {
  return Object.entries(responses).map(
    ([status, response]): DeclaredResponse => ({ status, response: deref(document, response) }),
  );
}

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

/** Every media type of requests and responses, those in components once. */
export function* mediaTypes(document: Document): Generator<MediaType> {
  const seen = new Set<MediaType>();
  for (const { operation } of operations(document)) {
    const body = operation.requestBody && deref(document, operation.requestBody);
    const responses = responsesOf(document, operation.responses).map(({ response }) => response.content);
    for (const media of [body?.content, ...responses].flatMap((content) => Object.values(content ?? {}))) {
      if (!seen.has(media)) yield media;
      seen.add(media);
    }
  }
}

/** Every named example of requests and responses, those of shared responses once. */
export function* namedExamples(document: Document): Generator<Example> {
  for (const media of mediaTypes(document)) {
    for (const example of Object.values(media.examples ?? {})) yield deref(document, example);
  }
}
