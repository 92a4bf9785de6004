/** The contract as Redoc is given it: the same document, in the terms that Redoc has a rendering for. */

import { responsesOf } from "../../../document/examples.ts";
import type {
  Document,
  Example,
  Header,
  MediaType,
  OperationEntry,
  RequestBody,
  Schema,
  SchemaObject,
} from "../../../document/model.ts";
import { deref, operations } from "../../../document/operations.ts";
import { choicesOf } from "../../../document/response-choice.ts";
import { streamText } from "../../../openai/published.ts";
import { isJsonLines, STREAM_TYPE } from "../../../shared/media-types.ts";
import { mapLinks, unwrapped } from "./links.ts";
import { titleOf } from "./markdown/operations.ts";
import { keyOf, operationPaths, type TextPage } from "./pages.ts";
import { exampleSamples } from "./samples/index.ts";
import { shortStream } from "./stream-example.ts";
import { joinTexts, shapeVariants } from "./variants.ts";
import { choiceWords, pageWords, paginationOf, streamWords } from "./words.ts";

/**
 * A copy of the document for the reference alone; the contract and its other views stay as they are.
 *
 * - A stream's events become visible. OpenAPI 3.1 describes them in `contentSchema`, which Redoc does not show;
 *   OpenAPI 3.2 describes them in `itemSchema`, which it does. So a 3.1 document is raised to 3.2, the members
 *   of an event around the chunk.
 * - The guides become sections before the operations, the named values one after them: search and sidebar have them.
 * - Every operation has an ID, which its address in Redoc's page is made of.
 * - Links to pages of the site lead to where Redoc shows the same, else to the page's HTML.
 * - A logo that a foreign document names is left out: the page loads nothing.
 * - Every request example has its samples, every body and schema the descriptions that Redoc would drop, and the examples of
 *   streams show what changes from chunk to chunk.
 *
 * @param preface Markdown to begin the introduction with
 * @see https://spec.openapis.org/oas/v3.2.0.html#sequential-media-types
 */
export function docsView(document: Document, pages: readonly TextPage[] = [], preface = ""): Document {
  const view = structuredClone(document);
  // The licence and the contact are the document's: the page would show them as the API's.
  for (const name of ["x-logo", "license", "contact"]) Reflect.deleteProperty(view.info, name);
  if (preface) view.info.description = `${preface}\n\n${view.info.description ?? ""}`;
  for (const entry of operations(view)) addSamples(document, entry);
  nameOperations(view);
  describeExtensions(view);
  shapeVariants(view);
  describeSchemas(document, view);
  addSections(view, pages);
  linkDescriptions(view, pages, routes(document, pages));
  // Earlier versions have no `contentSchema`, later ones have `itemSchema` themselves.
  if (!view.openapi.startsWith("3.1.")) return view;
  view.openapi = "3.2.0";
  for (const { operation } of operations(view)) {
    for (const { response } of responsesOf(view, operation.responses)) {
      for (const [type, media] of Object.entries(response.content ?? {})) {
        if (type !== STREAM_TYPE && !isJsonLines(type)) continue;
        describeItems(view, type, media);
        if (type === STREAM_TYPE) shortenExamples(view, media);
      }
    }
  }
  return view;
}

/** Where Redoc shows what a page of text is about: from the page's path to the address's hash. */
export function routes(document: Document, pages: readonly TextPage[]): Map<string, string> {
  const sections = pages.filter(({ kind }) => kind === "guide" || kind === "values");
  const found = new Map(sections.map(({ path }) => [path, `#/${sectionTag(path)}`]));
  const paths = operationPaths(document);
  for (const [key, route] of operationRoutes(document)) found.set(paths.get(key) ?? "", route);
  return found;
}

/** Where Redoc shows each operation, by `keyOf`: `#/chat/createchatcompletion`. */
export function operationRoutes(document: Document): Map<string, string> {
  const names = operationNames(document);
  return new Map(
    [...operations(document)].map((entry) => {
      const [tag = "other"] = entry.operation.tags ?? [];
      return [keyOf(entry), `#/${routeWord(tag)}/${routeWord(names.get(keyOf(entry)) ?? "")}`];
    }),
  );
}

/** The ID of each operation, by `keyOf`; for one that has none, the name of its page. */
function operationNames(document: Document): Map<string, string> {
  const paths = operationPaths(document);
  return new Map(
    [...operations(document)].map((entry) => {
      const page = paths.get(keyOf(entry))?.replace(/^.*\//, "");
      return [keyOf(entry), entry.operation.operationId ?? page ?? ""];
    }),
  );
}

/** Gives operations without an ID one, so that their addresses are known, and keeps what Redoc shows as their title. */
function nameOperations(view: Document): void {
  const names = operationNames(view);
  for (const entry of operations(view)) {
    entry.operation.summary ??= titleOf(entry);
    entry.operation.operationId ??= names.get(keyOf(entry)) ?? "";
  }
}

/** A name in one of Redoc's addresses. */
function routeWord(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
}

/** The tag that a page is given; none has the address of one of the document's own tags. */
function sectionTag(path: string): string {
  return `page-${path.replace("/", "-")}`;
}

/**
 * Adds the pages that are not operations as sections: tags without operations, in groups; both are extensions of Redoc's.
 * A document whose operations are not all under a tag gets no groups, for Redoc would hide those.
 */
function addSections(view: Document, pages: readonly TextPage[]): void {
  const tags = [...operations(view)].map(({ operation }) => operation.tags?.[0]);
  const own = new Set([
    ...(view.tags ?? []).map(({ name }) => name),
    ...tags.filter((tag) => tag !== undefined),
  ]);
  const sections = (kind: TextPage["kind"]) =>
    pages
      .filter((page) => page.kind === kind)
      .map(({ path, title, text }) => ({
        name: sectionTag(path),
        "x-displayName": title,
        "x-traitTag": true,
        // Its title is the section's.
        description: text.replace(/^# .*\n+/, ""),
      }));
  const [guides, values] = [sections("guide"), sections("values")];
  if (guides.length + values.length > 0) view.tags = [...guides, ...(view.tags ?? []), ...values];
  if (guides.length === 0 || tags.includes(undefined)) return;
  const names = (list: { name: string }[]) => list.map(({ name }) => name);
  Object.assign(view, {
    "x-tagGroups": [
      { name: "Guides", tags: names(guides) },
      { name: "Reference", tags: [...own, ...names(values)] },
    ],
  });
}

/** Changes the links in every description. */
function linkDescriptions(
  node: unknown,
  pages: readonly TextPage[],
  shown: ReadonlyMap<string, string>,
): void {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key !== "description" || typeof value !== "string") {
      linkDescriptions(value, pages, shown);
      continue;
    }
    const text = mapLinks(unwrapped(value), "", ({ path, hash }) => {
      const page = pages.find((each) => `${each.path}.md` === path);
      const route = page && shown.get(page.path);
      if (!route) return page && `${page.path}.html${hash}`;
      return page.kind === "operation" ? route : route + hash.replace("#", "/");
    });
    if (text !== value) Object.assign(node, { description: text });
  }
}

/**
 * Adds to the description of a body, a parameter or a header that of its schema, which Redoc shows nowhere: once in an
 * operation, since most errors have the same schema.
 */
function describeSchemas(document: Document, view: Document): void {
  for (const { operation, parameters } of operations(view)) {
    const told = new Set<string>();
    const tell = (part: { description?: string }, schema: Schema | undefined) => {
      if (typeof schema !== "object") return;
      const text = deref<SchemaObject>(document, schema as { $ref: string }).description?.trim();
      if (!text || told.has(text)) return;
      told.add(text);
      // Operations share responses.
      if (!part.description?.includes(text)) part.description = joinTexts(part.description, text);
    };
    const body = operation.requestBody && deref<RequestBody>(view, operation.requestBody);
    const responses = responsesOf(view, operation.responses).map(({ response }) => response);
    for (const parameter of parameters) tell(parameter, parameter.schema);
    for (const part of body ? [body, ...responses] : responses)
      for (const [type, { schema }] of Object.entries(part.content ?? {})) {
        tell(part, schema);
        if (isJsonLines(type) && typeof schema === "object") tell(part, schema.contentSchema);
      }
    for (const { headers = {} } of responses)
      for (const reference of Object.values(headers)) {
        const header = deref<Header>(view, reference);
        tell(header, header.schema);
      }
  }
}

/** Puts an `itemSchema` in the place of a schema that says what the data of each event, or each line, parses to. */
function describeItems(document: Document, type: string, media: MediaType & { itemSchema?: Schema }): void {
  if (typeof media.schema !== "object") return;
  const { contentSchema } = deref(document, media.schema);
  if (typeof contentSchema !== "object") return;
  const event = { title: "Event", type: "object", required: ["data"], properties: { data: contentSchema } };
  media.itemSchema = type === STREAM_TYPE ? event : contentSchema;
  delete media.schema;
}

/** Says in sentences what the extensions say, which Redoc does not know. */
function describeExtensions(view: Document): void {
  const described = new Set<object>();
  for (const entry of operations(view)) {
    const pagination = paginationOf(entry);
    if (pagination) addText(entry.operation, pageWords(pagination));
    for (const { response } of responsesOf(view, entry.operation.responses)) {
      if (described.has(response)) continue;
      described.add(response);
      for (const choice of choicesOf(response)) {
        const words = choiceWords(choice);
        if (words) addText(response, `The answer comes as \`${choice.mediaType}\`, ${words}.`);
        addText(response, streamWords(choice.media));
      }
    }
  }
}

function addText(node: { description?: string }, text: string): void {
  if (text) node.description = [node.description, text].filter(Boolean).join("\n\n");
}

function shortenExamples(view: Document, media: MediaType): void {
  for (const reference of Object.values(media.examples ?? {})) {
    const example = deref<Example>(view, reference);
    if (Array.isArray(example.value)) example.value = streamText(media, example.value);
    if (typeof example.value === "string") example.value = shortStream(example.value);
  }
}

/**
 * Puts the samples of all request examples into an operation. `source` then is an object, from an example's name to
 * its sample, which the script of the page knows how to read: see `withSamplePerExample`.
 */
function addSamples(document: Document, entry: OperationEntry): void {
  entry.operation["x-codeSamples"] = exampleSamples(document, entry).map(({ lang, label, sources }) => ({
    lang,
    label,
    source: (sources.size > 1 ? Object.fromEntries(sources) : [...sources.values()][0]) as string,
  }));
}

/** Every kind of code sample in a document, in the order of first appearance, then the bare request body. */
export function sampleLanguages(document: Document): { lang: string; label: string }[] {
  const samples = [...operations(document)].flatMap((entry) => exampleSamples(document, entry));
  const labels = new Map(samples.map(({ lang, label }) => [label, { lang, label }]));
  return [...labels.values(), { lang: "payload", label: "Payload" }];
}
