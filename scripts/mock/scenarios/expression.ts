/**
 * OpenAPI runtime expressions (OpenAPI 3.1, "Runtime Expressions"), over a request and what went wrong with it.
 * Two things go beyond: `$problem#/…`, and the index -1 in a pointer, the last item of a list.
 */
import type { Json } from "../../shared/json.ts";
import { memoize } from "../../shared/memoize.ts";
import { pointerTokens } from "../../shared/pointer.ts";

/** What expressions are evaluated over. */
export interface Context {
  method: string;
  /** The request's target, as it was sent. */
  url: string;
  path: Record<string, string>;
  query: Record<string, string | string[]>;
  /** By lower-case name. */
  headers: Record<string, string | string[]>;
  /** Undefined where the request has no body. */
  body: Json | undefined;
  /** A body that is not JSON, as it came. */
  raw?: string;
  problem?: Json;
  /** The answer, as far as it is filled. */
  response?: Json;
}

/** The part of a request that conditions are about. */
export type Subject = Pick<Context, "path" | "query" | "headers"> & { body?: Json };

/** What an expression yields; undefined where the request has no such thing. */
export function evaluate(expression: string, context: Context): Json | undefined {
  return expressions(expression)(context);
}

type Evaluator = (context: Context) => Json | undefined;

const expressions = memoize((expression: string): Evaluator => {
  const [, source = "", pointer = ""] = /^\$([^#]*)(?:#(.*))?$/.exec(expression) ?? [];
  if (source === "method") return ({ method }) => method;
  if (source === "url") return ({ url }) => url;
  if (source === "problem") return ({ problem }) => locate(problem, pointer);
  if (source === "response.body") return ({ response }) => locate(response, pointer);
  if (source === "request.body") return ({ body }) => locate(body, pointer);
  const [, kind, name = ""] = /^request\.(path|query|header)\.(.+)$/.exec(source) ?? [];
  if (kind === "path") return ({ path }) => own(path, name);
  if (kind === "query") return ({ query }) => own(query, name);
  if (kind === "header") return ({ headers }) => own(headers, name.toLowerCase());
  return () => undefined;
});

/** The text with every `{$expression}` replaced; undefined if one of them yields nothing that reads as text. */
export function interpolate(template: string, context: Context): string | undefined {
  let text = "";
  for (const [index, part] of templates(template).entries()) {
    // Every second part is an expression.
    const value = index % 2 === 0 ? part : evaluate(part, context);
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean")
      return undefined;
    text += value;
  }
  return text;
}

const templates = memoize((template: string) => template.split(/\{(\$[^{}]+)\}/));

/** The value at a JSON Pointer, in which -1 is the last item of a list. */
export function locate(root: Json | undefined, pointer: string): Json | undefined {
  let node = root;
  for (const token of pointerTokens(pointer)) {
    if (Array.isArray(node))
      node = node.at(/^-1$|^\d+$/.test(token) ? Number(token) : Number.POSITIVE_INFINITY);
    else if (typeof node === "object" && node !== null) node = own(node, token);
    else return undefined;
  }
  return node;
}

function own<T>(record: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
