/** The contract as Redoc is given it: the same document, in the terms that Redoc has a rendering for. */
import { type Document, deref, type MediaType, operations, type Schema } from "../document.ts";
import { responsesOf } from "../examples.ts";
import { STREAM_TYPE } from "../streams.ts";

/**
 * A copy of the document for the reference alone; the contract and its other views stay as they are.
 *
 * - A stream's events become visible. OpenAPI 3.1 describes them in `contentSchema`, which Redoc does not show;
 *   OpenAPI 3.2 describes them in `itemSchema`, which it does. So a 3.1 document is raised to 3.2, the members
 *   of an event around the chunk.
 * - A logo that a foreign document names is left out: the page asks nobody for anything.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html#sequential-media-types
 */
export function docsView(document: Document): Document {
  const view = structuredClone(document);
  Reflect.deleteProperty(view.info, "x-logo");
  // Earlier versions have no `contentSchema`, later ones `itemSchema` of their own.
  if (!view.openapi.startsWith("3.1.")) return view;
  view.openapi = "3.2.0";
  for (const { operation } of operations(view)) {
    for (const { response } of responsesOf(view, operation.responses)) {
      const stream = response.content?.[STREAM_TYPE];
      if (stream) describeEvents(view, stream);
    }
  }
  return view;
}

/** Puts an `itemSchema` in the place of a schema that says what the data of each event parses to. */
function describeEvents(document: Document, stream: MediaType & { itemSchema?: Schema }): void {
  if (typeof stream.schema !== "object") return;
  const { contentSchema, description } = deref(document, stream.schema);
  if (typeof contentSchema !== "object") return;
  const data = deref(document, contentSchema);
  stream.itemSchema = {
    title: "Event",
    type: "object",
    required: ["data"],
    properties: {
      data: { ...contentSchema, description: [description, data.description].filter(Boolean).join("\n\n") },
    },
  };
  delete stream.schema;
}

/** Every kind of code sample in a document, in the order of first appearance, then the bare request body. */
export function sampleLanguages(document: Document): { lang: string; label: string }[] {
  const samples = [...operations(document)].flatMap(({ operation }) => operation["x-codeSamples"] ?? []);
  const labels = new Map(samples.map(({ lang, label = lang }) => [label, { lang, label }]));
  return [...labels.values(), { lang: "payload", label: "Payload" }];
}
