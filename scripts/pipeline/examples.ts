/** The response examples of a document: where they are, and how they come inline. */
import { type Document, deref, type Example, type MediaType, operations, type Response } from "./document.ts";

/** The answers that an operation declares for one status, in document order. */
export interface DeclaredResponse {
  /** `200`, `4XX` or `default`. */
  status: string;
  response: Response;
}

export function responsesOf(document: Document, responses: Record<string, Response | { $ref: string }>) {
  return Object.entries(responses).map(
    ([status, response]): DeclaredResponse => ({ status, response: deref(document, response) }),
  );
}

/**
 * Puts every example that the bundler lifted into `components/examples` back to where it is used: there it has the
 * name that its author gave it, while the bundler names it after its file, of which two operations may have one
 * each. Examples that are referred to from elsewhere keep their component.
 *
 * @returns a document without those components; the given one is changed
 */
export function inlineExamples(document: Document): Document {
  const components = document.components?.["examples"];
  if (!components) return document;
  for (const media of mediaTypes(document)) {
    for (const [name, example] of Object.entries(media.examples ?? {})) {
      if (media.examples) media.examples[name] = structuredClone(deref<Example>(document, example));
    }
  }
  const rest = JSON.stringify({ ...document, components: { ...document.components, examples: undefined } });
  for (const name of Object.keys(components)) {
    if (!rest.includes(JSON.stringify(`#/components/examples/${name}`))) delete components[name];
  }
  if (Object.keys(components).length === 0) delete document.components?.["examples"];
  return document;
}

/** Every media type of requests and responses, those in components once. */
function* mediaTypes(document: Document): Generator<MediaType> {
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

/** Every response example of the document with its media type; shared responses once. */
export function* responseExamples(document: Document): Generator<{ media: MediaType; example: Example }> {
  for (const media of mediaTypes(document)) {
    for (const example of Object.values(media.examples ?? {}))
      yield { media, example: deref(document, example) };
  }
}
