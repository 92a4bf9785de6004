/**
 * The parts of an OpenAPI 3.1 document that this project reads. Everything else in a document is carried along untouched.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
import type { Json } from "../shared/json.ts";

/** A JSON Schema 2020-12. Its type is loose, since the tools that interpret schemas have their own types. */
export type Schema = boolean | SchemaObject;
export interface SchemaObject {
  $ref?: string;
  type?: string | string[];
  title?: string;
  description?: string;
  enum?: Json[];
  const?: Json;
  default?: Json;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  contentSchema?: Schema;
  [keyword: string]: unknown;
}

export interface Reference {
  $ref: string;
}

/** A named example: a tab in the docs, an answer of the mock and a test case in one. */
export interface Example {
  summary?: string;
  description?: string;
  value?: Json;
  /** A `data:` URL with the bytes of an example of a type that is not text. */
  externalValue?: string;
  /** A JSON Schema over `{path, query, headers, body}`: which requests this example answers. */
  "x-when"?: Schema;
  /** Maps a JSON Pointer into `value` to what the answer takes from the request there. */
  "x-fill"?: Record<string, Json>;
}

/** How a part of a form is written. */
interface Encoding {
  contentType?: string;
  style?: string;
  explode?: boolean;
}

export interface Server {
  url: string;
  description?: string;
  variables?: Record<string, { default: string; enum?: string[] }>;
}

export interface MediaType {
  schema?: Schema;
  /** Of a form, by the part's name. */
  encoding?: Record<string, Encoding>;
  example?: Json;
  examples?: Record<string, Example | Reference>;
  /** Of a response's media type, a JSON Schema over `{path, query, headers, body}`: which requests it answers. */
  "x-when"?: unknown;
  /** Of a response's media type, how its events are read; see `stream.ts`. */
  "x-stream"?: unknown;
}

export type Header = Omit<Parameter, "name" | "in" | "style">;

export interface Response {
  description: string;
  headers?: Record<string, Header | Reference>;
  content?: Record<string, MediaType>;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  description?: string;
  required?: boolean;
  schema?: Schema;
  example?: Json;
  examples?: Record<string, Example | Reference>;
  style?: string;
  explode?: boolean;
  /** One media type, in place of a style. */
  content?: Record<string, MediaType>;
}

export interface RequestBody {
  description?: string;
  required?: boolean;
  content: Record<string, MediaType>;
}

export interface CodeSample {
  lang: string;
  label?: string;
  source: string;
}

interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  deprecated?: boolean;
  parameters?: (Parameter | Reference)[];
  requestBody?: RequestBody | Reference;
  /** May be left out since 3.1. */
  responses?: Record<string, Response | Reference>;
  security?: Record<string, string[]>[];
  servers?: Server[];
  /** The client's name for this operation, dotted: `chat.completions.create`. Else its `operationId`. */
  "x-sdk-method"?: string;
  /** How its list comes page by page; see `pagination.ts`. */
  "x-pagination"?: unknown;
  "x-codeSamples"?: CodeSample[];
}

export const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
type Method = (typeof METHODS)[number];

export type PathItem = { $ref?: string; parameters?: (Parameter | Reference)[]; servers?: Server[] } & {
  [M in Method]?: Operation;
};

export interface Server {
  url: string;
  description?: string;
  variables?: Record<string, { default: string; enum?: string[] }>;
}

export interface Document {
  openapi: string;
  jsonSchemaDialect?: string;
  info: { title: string; version: string; description?: string; summary?: string };
  servers?: Server[];
  security?: Record<string, string[]>[];
  tags?: { name: string; description?: string }[];
  paths?: Record<string, PathItem>;
  components?: Record<string, Record<string, unknown>>;
}

/** Where pages have their items and the way to the next one. Pointers lead into an answer, -1 is a list's last item. */
export interface Pagination {
  /** Where the items are. */
  items: string;
  /** The query parameter of the next request, and where in an answer its value is. */
  cursor: { parameter: string; value: string };
  /** The query parameter that says how many items a page has at most. */
  limit?: string;
  /** Where a boolean says whether more pages follow. */
  more?: string;
}

/** An operation, with its path and method. */
export interface OperationEntry {
  path: string;
  method: Method;
  operation: Operation;
  /** The operation's parameters after those of its path item, which it may override. */
  parameters: Parameter[];
  /** Where it is served: the operation's servers, else those of its path item, else the document's. */
  servers: Server[];
}
