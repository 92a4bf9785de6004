/**
 * The parts of an OpenAPI 3.1 document that this project reads, and how to walk them.
 * Everything else in a document is carried along untouched.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON Schema 2020-12, kept loose: the tools that interpret schemas bring their own types. */
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

/** A named scenario: a tab in the docs, an answer of the mock and a test case in one. */
export interface Example {
  summary?: string;
  description?: string;
  value?: Json;
  /** A JSON Schema over `{path, query, headers, body}`: which requests this example answers. */
  "x-when"?: Schema;
  /** From a JSON Pointer into `value` to what an answer takes from the request. */
  "x-fill"?: Record<string, Json>;
}

export interface MediaType {
  schema?: Schema;
  example?: Json;
  examples?: Record<string, Example | Reference>;
}

export interface Header {
  description?: string;
  required?: boolean;
  schema?: Schema;
  example?: Json;
}

export interface Response {
  description: string;
  headers?: Record<string, Header | Reference>;
  content?: Record<string, MediaType>;
}

interface Parameter {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  description?: string;
  required?: boolean;
  schema?: Schema;
  example?: Json;
  examples?: Record<string, Example | Reference>;
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
  /** The client's name for this operation, dotted: `chat.completions.create`. Else its `operationId`. */
  "x-sdk-method"?: string;
  "x-codeSamples"?: CodeSample[];
}

export const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
type Method = (typeof METHODS)[number];

type PathItem = { $ref?: string; parameters?: (Parameter | Reference)[] } & { [M in Method]?: Operation };

export interface Document {
  openapi: string;
  jsonSchemaDialect?: string;
  info: { title: string; version: string; description?: string; summary?: string };
  servers?: { url: string; description?: string }[];
  security?: Record<string, string[]>[];
  tags?: { name: string; description?: string }[];
  paths?: Record<string, PathItem>;
  components?: Record<string, Record<string, unknown>>;
}

/** One operation of a document, with where it stands. */
export interface OperationEntry {
  path: string;
  method: Method;
  operation: Operation;
  /** The operation's parameters after those of its path item, which it may override. */
  parameters: Parameter[];
}

/** Every operation of the document, in document order. */
export function* operations(document: Document): Generator<OperationEntry> {
  for (const [path, referring] of Object.entries(document.paths ?? {})) {
    const item = deref(document, referring);
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation) continue;
      const merged = new Map<string, Parameter>();
      for (const parameter of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
        const resolved = deref(document, parameter);
        merged.set(`${resolved.in}:${resolved.name}`, resolved);
      }
      yield { path, method, operation, parameters: [...merged.values()] };
    }
  }
}

/**
 * What a reference stands for; anything else is returned as it is.
 *
 * @throws {Error} when the reference leaves the document or points at nothing: a contract that was read by
 *   `readContract` has neither.
 */
export function deref<T extends object>(document: Document, node: T | Reference): T {
  let current: unknown = node;
  for (let hops = 0; isReference(current); hops++) {
    if (hops > 100) throw new Error(`The reference ${current.$ref} leads back to itself.`);
    current = at(document, current.$ref);
    if (current === undefined) throw new Error(`Nothing is at ${(node as Reference).$ref}.`);
  }
  return current as T;
}

/** The value at a JSON Pointer (RFC 6901), with or without a leading `#`; undefined where there is none. */
export function at(root: unknown, pointer: string): unknown {
  let current = root;
  for (const token of parsePointer(pointer)) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, token)) return undefined;
    current = (current as Record<string, unknown>)[token];
  }
  return current;
}

/** The tokens of a JSON Pointer (RFC 6901); a leading `#` marks its URI fragment form. */
export function parsePointer(pointer: string): string[] {
  const text = pointer.startsWith("#") ? decodeURIComponent(pointer.slice(1)) : pointer;
  return text
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function isReference(node: unknown): node is Reference {
  return typeof node === "object" && node !== null && typeof (node as Reference).$ref === "string";
}
