/** Forms as objects, so that conditions, fills and checks see them as they see JSON (OpenAPI 3.1, 4.8.15). */
import type { Document, MediaType, Schema } from "../../document/model.ts";
import { members, parts } from "../../document/schemas.ts";
import { isObject, type Json, type Members, setMember } from "../../shared/json.ts";
import { essence, isJson } from "../../shared/media-types.ts";
import { RequestProblem } from "../engine/request-problem.ts";

const FORMS = ["application/x-www-form-urlencoded", "multipart/form-data"];

const DELIMITERS: Record<string, string> = { form: ",", spaceDelimited: " ", pipeDelimited: "|" };

export function isForm(mediaType: string): boolean {
  return FORMS.includes(essence(mediaType));
}

/**
 * The fields of a form in the order in which they came. A file is there by its name.
 *
 * @param limits how many fields it may have, and how many brackets a name: `filter[date][from]` has two
 * @throws {RequestProblem} 400 for what is not a form of this type, or has a name of too many brackets, 413 for too many
 *   fields
 */
export async function readFields(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  { items, depth }: { items: number; depth: number },
): Promise<[name: string, value: string][]> {
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData().catch(() => {
    throw new RequestProblem(400, "invalid_form", `The body is not a form of the type ${essence(type)}.`);
  });
  const parts = [...form];
  if (parts.length > items)
    throw new RequestProblem(413, "request_too_large", `The form has more than ${items} fields.`);
  if (parts.some(([name]) => name.split("[", depth + 2).length > depth + 1))
    throw new RequestProblem(
      400,
      "invalid_form",
      `The form has a field that is nested deeper than ${depth} levels.`,
    );
  return Promise.all(parts.map(async ([name, value]) => [name, await textOf(value)]));
}

/** A part with a media type is a file in a `FormData`, though it may be a value: JSON, or a text without a file name. */
async function textOf(value: string | File): Promise<string> {
  if (typeof value === "string") return value;
  return isJson(value.type) || (value.name === "blob" && value.type.startsWith("text/"))
    ? value.text()
    : value.name;
}

/** What makes a form's fields an object whose members have the types that the schema gives them. */
export function formReader(
  document: Document,
  { schema, encoding = {} }: MediaType,
): (fields: readonly (readonly [name: string, value: string])[]) => Json {
  const known = new Map<string, Schema>(members(document, schema));
  // Members of an object that a style with `explode` spreads over the form.
  const spread = new Map(
    Object.entries(encoding)
      .filter(([, { style, explode = style === "form" }]) => style === "form" && explode)
      .flatMap(([name]) =>
        members(document, known.get(name)).map(([member, of]) => [member, { name, of }] as const),
      ),
  );

  // Lists and objects grow in place: a form may have thousands of fields of one name.
  return (fields) => {
    const form = new Map<string, Json>();
    for (const [field, text] of fields) {
      const [name, path] = placeOf(field, known);
      const inner = known.has(name) ? undefined : spread.get(name);
      if (inner) {
        const holder = objectOf(form.get(inner.name));
        setMember(holder, name, typed(document, inner.of, text));
        form.set(inner.name, holder);
        continue;
      }
      const member = known.get(name);
      if (path.length > 0) form.set(name, nested(form.get(name), path, text));
      else if (isList(document, member)) {
        const { style, explode = (style ?? "form") === "form" } = encoding[name] ?? {};
        const items = explode ? [text] : text.split(DELIMITERS[style ?? "form"] ?? ",");
        const whole = explode && text.startsWith("[") ? typed(document, member, text) : text;
        const list = listOf(form.get(name));
        if (Array.isArray(whole)) for (const item of whole) list.push(item);
        else for (const item of items) list.push(typed(document, itemOf(document, member), item));
        form.set(name, list);
      } else {
        const value = typed(document, member, text);
        const before = form.get(name);
        if (before === undefined) form.set(name, value);
        else {
          const list = listOf(before);
          list.push(value);
          form.set(name, list);
        }
      }
    }
    for (const [name, value] of form)
      if (isObject(value)) form.set(name, typedMembers(document, known.get(name), value));
    return Object.fromEntries(form);
  };
}

/** `filter[date][from]` as `filter` and the names below it; a field that is declared with its brackets stays one name. */
function placeOf(field: string, known: ReadonlyMap<string, Schema>): [name: string, path: string[]] {
  const start = field.indexOf("[");
  if (start < 1 || !field.endsWith("]") || known.has(field)) return [field, []];
  const path = field.slice(start + 1, -1).split("][");
  if (path.some((key) => /[[\]]/.test(key))) return [field, []];
  return [field.slice(0, start), path.length === 1 && path[0] === "" ? [] : path];
}

function nested(holder: Json | undefined, [key = "", ...rest]: readonly string[], text: string): Json {
  if (key === "" || (Array.isArray(holder) && /^\d+$/.test(key)) || (holder === undefined && key === "0")) {
    const list = listOf(holder);
    list.push(rest.length > 0 ? nested(undefined, rest, text) : text);
    return list;
  }
  const object = objectOf(holder);
  const inner = Object.hasOwn(object, key) ? object[key] : undefined;
  setMember(object, key, rest.length > 0 ? nested(inner, rest, text) : text);
  return object;
}

/** The list itself, or a new one with what is there. */
function listOf(value: Json | undefined): Json[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** The object itself, or a new one. */
function objectOf(value: Json | undefined): Members {
  return isObject(value) ? value : {};
}

/** The texts in a nested value, typed. */
function typedMembers(document: Document, schema: Schema | undefined, value: Json): Json {
  if (typeof value === "string") return typed(document, schema, value);
  if (Array.isArray(value))
    return value.map((item) => typedMembers(document, itemOf(document, schema), item));
  if (!isObject(value)) return value;
  const known = new Map<string, Schema>(members(document, schema));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      typedMembers(document, known.get(name), member as Json),
    ]),
  );
}

/** A text as the type that its schema asks for; what cannot be that stays text, for the check to refuse. */
function typed(document: Document, schema: Schema | undefined, text: string): Json {
  const types = new Set(
    [...parts(document, schema)].flatMap(({ type, properties, items }) => [
      ...[type ?? []].flat(),
      ...(properties ? ["object"] : []),
      ...(items ? ["array"] : []),
    ]),
  );
  // What may be a text or an object is an object if it looks like one.
  const isObjectText = types.has("object") && text.startsWith("{");
  if (types.size === 0 || (types.has("string") && !isObjectText)) return text;
  const isNumber = types.has("number") || types.has("integer");
  // A double has no more digits.
  if (isNumber && /^-?\d{1,400}(\.\d{1,1100})?([eE][-+]?\d{1,3})?$/.test(text)) return Number(text);
  if (types.has("boolean") && (text === "true" || text === "false")) return text === "true";
  if (types.has("null") && text === "") return null;
  if (types.has("object") || types.has("array"))
    try {
      return JSON.parse(text) as Json;
    } catch {
      return text;
    }
  return text;
}

function isList(document: Document, schema: Schema | undefined): boolean {
  return itemOf(document, schema) !== undefined || typesOf(document, schema).includes("array");
}

function itemOf(document: Document, schema: Schema | undefined): Schema | undefined {
  return [...parts(document, schema)].find(({ items }) => items !== undefined)?.items;
}

function typesOf(document: Document, schema: Schema | undefined): string[] {
  return [...parts(document, schema)].flatMap(({ type }) => type ?? []);
}
