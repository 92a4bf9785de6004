/**
 * Parameters in the styles that a document declares for them (OpenAPI 3.1, 4.8.12). Generated clients import this only where
 * an operation needs more than openapi-fetch does by itself.
 */
import { isObject } from "../shared/json.ts";

/** How a parameter is written. `json`: as JSON, for a parameter that has a media type in place of a style. */
export interface Style {
  style: "form" | "spaceDelimited" | "pipeDelimited" | "deepObject" | "simple" | "label" | "matrix" | "json";
  explode: boolean;
}

/** By the parameter's name; a parameter that is not there has the default style of its place. */
export type Styles = Record<string, Style>;

const FORM: Style = { style: "form", explode: true };
const SIMPLE: Style = { style: "simple", explode: false };
const DELIMITERS: Partial<Record<Style["style"], string>> = { spaceDelimited: "%20", pipeDelimited: "%7C" };

/**
 * Writes a query, or a body of the type `application/x-www-form-urlencoded`.
 *
 * @param styles of parameters that are not written in the default style, `form` with `explode`
 * @param fixed what the path itself has behind its `?`
 * @returns a function from the parameters to the text behind the `?`
 */
export function queryWriter(styles: Styles, fixed = ""): (query: unknown) => string {
  return (query) =>
    [
      fixed,
      ...Object.entries(Object(query)).flatMap(([name, value]) => pairs(name, value, styles[name] ?? FORM)),
    ]
      .filter(Boolean)
      .join("&");
}

/**
 * Writes the parameters of a path.
 *
 * @param styles of parameters that are not written in the default style, `simple` without `explode`
 * @returns a function from the path with its `{names}` to the path with values
 */
export function pathWriter(styles: Styles): (path: string, values: Record<string, unknown>) => string {
  return (path, values) =>
    path.replace(/\{([^{}]+)\}/g, (_, name: string) => segment(name, values[name], styles[name] ?? SIMPLE));
}

/**
 * Header parameters as the values of headers, in the style `simple`.
 *
 * @param styles of parameters with `explode`, or that are JSON
 */
export function headerValues(headers: object | undefined, styles: Styles = {}): Record<string, string> {
  const values = Object.entries(headers ?? {}).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(
    values.map(([name, value]) => {
      const { style, explode } = styles[name] ?? SIMPLE;
      return [name, style === "json" ? JSON.stringify(value) : listed(value, explode, String).join(",")];
    }),
  );
}

/** Cookie parameters as the header that carries them. */
export function cookieValues(cookies: object | undefined): Record<string, string> {
  const found = Object.entries(cookies ?? {}).flatMap(([name, value]) => pairs(name, value, FORM));
  return found.length > 0 ? { cookie: found.join("; ") } : {};
}

function pairs(name: string, value: unknown, { style, explode }: Style): string[] {
  if (value === undefined || value === null) return [];
  if (style === "json") return [pair(name, JSON.stringify(value))];
  if (style === "deepObject") return deepPairs(name, value);
  if (!explode && typeof value === "object")
    return [`${encode(name)}=${listed(value, false, encode).join(DELIMITERS[style] ?? ",")}`];
  if (Array.isArray(value)) return value.flatMap((item) => pairs(name, item, FORM));
  // The members of an object take the place of its name.
  if (isPlain(value)) return Object.entries(value).flatMap(([key, item]) => pairs(key, item, FORM));
  return [pair(name, value)];
}

/** Each leaf, named by the way to it: `filter[date][from]=…`. OpenAPI leaves open what is nested; this is how forms do it. */
function deepPairs(name: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) && !isPlain(value)) return [pair(name, value)];
  return Object.entries(value).flatMap(([key, item]) => deepPairs(`${name}[${key}]`, item));
}

function segment(name: string, value: unknown, { style, explode }: Style): string {
  if (style === "json") return encode(JSON.stringify(value));
  const values = listed(value, explode, encode);
  if (style === "label") return `.${values.join(explode ? "." : ",")}`;
  if (style !== "matrix") return values.join(",");
  if (!explode) return `;${encode(name)}=${values.join(",")}`;
  return values.map((item) => (isPlain(value) ? `;${item}` : `;${encode(name)}=${item}`)).join("");
}

/** The items of a list; of an object, its names and values, as `name=value` if it is exploded; any other value alone. */
function listed(value: unknown, explode: boolean, write: (value: unknown) => string): string[] {
  if (Array.isArray(value)) return value.map(write);
  if (!isPlain(value)) return [write(value)];
  const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
  return entries.flatMap(([key, item]) =>
    explode ? [`${write(key)}=${write(item)}`] : [write(key), write(item)],
  );
}

/** A date is a value. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !(value instanceof Date);
}

function pair(name: string, value: unknown): string {
  return `${encode(name)}=${encode(value)}`;
}

function encode(value: unknown): string {
  const text =
    value instanceof Date ? value.toISOString() : isObject(value) ? JSON.stringify(value) : String(value);
  return encodeURIComponent(text);
}
