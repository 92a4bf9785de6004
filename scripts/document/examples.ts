/** The responses, media types and examples of a document. */
import type { Document, Example, MediaType, Response } from "./model.ts";
import { deref, isExtension, operations } from "./operations.ts";

/** A response that an operation declares. */
export interface DeclaredResponse {
  /** `200`, `4XX` or `default`. */
  status: string;
  response: Response;
}

/** The responses that an operation declares, in document order, behind their references. */
export function responsesOf(document: Document, responses: Record<string, Response | { $ref: string }> = {}) {
  return Object.entries(responses)
    .filter(([status]) => !isExtension(status))
    .map(([status, response]): DeclaredResponse => ({ status, response: deref(document, response) }));
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

/** Every named example of requests and responses, those of shared responses once. */
export function* namedExamples(document: Document): Generator<Example> {
  for (const media of mediaTypes(document)) {
    for (const example of Object.values(media.examples ?? {})) yield deref(document, example);
  }
}

/** A status is declared by itself, by its range (`4XX`) or by `default`, in this order (OpenAPI 3.1, Responses). */
export function declaredFor(statuses: string[], status: number): string | undefined {
  return [String(status), `${String(status)[0]}XX`, "default"].find((key) => statuses.includes(key));
}

/** The bytes of an example that is not text, in base64: the pipeline reads them from a file into a `data:` URL (RFC 2397). */
export function encodedBytes({ externalValue = "" }: Example): string | undefined {
  return /^data:[^,]*;base64,(.*)$/s.exec(externalValue)?.[1];
}
