/** How a call's parameters and body are written, as code: the helpers of the runtime where openapi-fetch is not enough. */
import type { Document, MediaType, OperationEntry, Parameter, Schema } from "../../../document/model.ts";
import { styleOf } from "../../../document/parameter-style.ts";
import { members, parts } from "../../../document/schemas.ts";
import { essence, isJsonLines } from "../../../shared/media-types.ts";

export const FORM = "multipart/form-data";
export const URL_ENCODED = "application/x-www-form-urlencoded";

/** The names that generated code can import, by the file of the runtime that has them. */
export const HELPERS: Record<string, readonly string[]> = {
  "parameters.ts": ["cookieValues", "headerValues", "pathWriter", "queryWriter"],
  "forms.ts": ["asGiven", "asksFor", "formWriter", "jsonLines", "withMember"],
  "event-stream.ts": ["eventStream"],
  "pages.ts": ["listPages"],
  "json-lines.ts": ["readLines"],
  "other-answer.ts": ["readOther"],
  "keys.ts": ["basicCredentials", "keyInQuery"],
};

/** The types that generated code can import and export again, by the file that declares them. */
export const TYPES: Record<string, readonly string[]> = {
  "event-stream.ts": ["EventStream", "NamedEvent"],
  "pages.ts": ["Page", "PagePromise"],
};

/** The path without what stands behind its `?` and `#`, as some documents have it; and the query of it. */
export function splitPath(path: string): { path: string; query: string } {
  const [whole = ""] = path.split("#");
  const [bare = "", ...query] = whole.split("?");
  return { path: bare, query: query.join("?") };
}

/** The query's serializer; undefined where openapi-fetch's own does what the document says. */
export function querySerializer(document: Document, entry: OperationEntry): string | undefined {
  const declared = entry.parameters.filter((parameter) => parameter.in === "query");
  const { query } = splitPath(entry.path);
  const styles = stylesOf(declared, "form");
  const objects = declared.some(({ schema }) => typesOf(document, schema).has("object"));
  if (styles === "{}" && query === "" && !objects) return undefined;
  return `queryWriter(${styles}${query && `, ${JSON.stringify(query)}`})`;
}

/** The path's serializer; undefined where openapi-fetch's own does what the document says. */
export function pathSerializer(entry: OperationEntry): string | undefined {
  const styles = stylesOf(
    entry.parameters.filter((parameter) => parameter.in === "path"),
    "simple",
  );
  return styles === "{}" ? undefined : `pathWriter(${styles})`;
}

/** Whether a body of this type is written as lines of JSON. In a JSON text sequence a control character begins each. */
export function isWrittenInLines(mediaType: string): boolean {
  return isJsonLines(mediaType) && !essence(mediaType).endsWith("json-seq");
}

/** The values of the header parameters in the variable `headers`, and of the cookies in `cookies`, as headers. */
export function allHeaders(
  entry: OperationEntry,
  has: { headers: boolean; cookies: boolean },
): string | undefined {
  if (!has.cookies) return has.headers ? headers(entry) : undefined;
  return has.headers ? `{ ...${headers(entry)}, ...cookieValues(cookies) }` : "cookieValues(cookies)";
}

function headers(entry: OperationEntry): string {
  const styles = stylesOf(
    entry.parameters.filter((parameter) => parameter.in === "header"),
    "simple",
  );
  return `headerValues(headers${styles === "{}" ? "" : `, ${styles}`})`;
}

/** The body's serializer; undefined where openapi-fetch's own does what the document says. */
export function bodySerializer(document: Document, mediaType: string, media: MediaType): string | undefined {
  const kind = essence(mediaType);
  const encodings = Object.entries(media.encoding ?? {});
  if (kind === FORM) {
    const types = encodings.flatMap(([name, { contentType }]) =>
      contentType && !/[,*]/.test(contentType)
        ? [`${JSON.stringify(name)}: ${JSON.stringify(contentType)}`]
        : [],
    );
    return types.length > 0 ? `formWriter({ ${types.join(", ")} })` : "formWriter()";
  }
  if (isWrittenInLines(kind)) return "jsonLines";
  if (kind !== URL_ENCODED || !members(document, media.schema).some(([, each]) => !isScalar(document, each)))
    return undefined;
  const parameters = members(document, media.schema).map(([name, schema]): StyledValue => {
    const { style, explode } = media.encoding?.[name] ?? {};
    // Without a style, an object is written by its media type, which is JSON by default (OpenAPI 3.1, 4.8.15.1.1).
    const json = style === undefined && explode === undefined && typesOf(document, schema).has("object");
    return {
      name,
      ...(json && { content: {} }),
      ...(style && { style }),
      ...(explode !== undefined && { explode }),
    };
  });
  return `queryWriter(${stylesOf(parameters, "form")})`;
}

type StyledValue = Pick<Parameter, "name" | "style" | "explode" | "content">;

/** The styles that are not the default of the place, as an object literal. */
function stylesOf(parameters: readonly StyledValue[], usual: "form" | "simple"): string {
  const entries = parameters.flatMap(({ name, ...parameter }) => {
    const { style, explode } = styleOf(parameter, usual);
    if (style === usual && explode === (usual === "form")) return [];
    return [`${JSON.stringify(name)}: { style: ${JSON.stringify(style)}, explode: ${explode} }`];
  });
  return entries.length > 0 ? `{ ${entries.join(", ")} }` : "{}";
}

function typesOf(document: Document, schema: Schema | undefined): Set<string> {
  return new Set(
    [...parts(document, schema)].flatMap(({ type, properties }) => type ?? (properties ? "object" : [])),
  );
}

function isScalar(document: Document, schema: Schema | undefined): boolean {
  const types = typesOf(document, schema);
  return !types.has("array") && !types.has("object");
}
