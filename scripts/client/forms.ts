/** Bodies that are forms. Generated clients import this only where an operation takes one. */
import { isObject } from "../shared/json.ts";

/** The media types of a form's parts that are not the default, by the part's name (OpenAPI 3.1, 4.8.15). */
export type PartTypes = Record<string, string>;

/**
 * Makes a form of an object: a list becomes several parts of the same name, bytes become a file, an object becomes JSON.
 *
 * @returns a function that leaves a `FormData` as it is
 */
export function formWriter(types: PartTypes = {}): (body: unknown) => FormData {
  return (body) => {
    if (body instanceof FormData) return body;
    const form = new FormData();
    for (const [name, value] of Object.entries(Object(body)))
      for (const item of Array.isArray(value) ? value : [value])
        if (item !== undefined && item !== null) form.append(name, part(item, types[name]));
    return form;
  };
}

/** A body that is sent as it is. */
export function asGiven(body: unknown): unknown {
  return body;
}

/** A list as lines of JSON; anything else stays as it is. */
export function jsonLines(body: unknown): unknown {
  return Array.isArray(body) ? body.map((item) => `${JSON.stringify(item)}\n`).join("") : body;
}

function part(value: unknown, type: string | undefined): string | Blob {
  if (value instanceof Blob) return value;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
    return new Blob([value as BlobPart], type ? { type } : {});
  const text =
    value instanceof Date ? value.toISOString() : isObject(value) ? JSON.stringify(value) : String(value);
  return type ? new Blob([text], { type }) : text;
}

/** Whether a member of a body, which may be a form, has one of these values. */
export function asksFor(body: unknown, member: string, ...values: unknown[]): boolean {
  if (body instanceof FormData) return values.some((value) => body.get(member) === String(value));
  return values.includes(isObject(body) ? body[member] : undefined);
}

/** The body of a request, a form included, with a member of this value. */
export function withMember(body: unknown, member: string, value: unknown): unknown {
  if (!(body instanceof FormData)) return { ...Object(body), [member]: value };
  const form = new FormData();
  body.forEach((part, name) => {
    if (name !== member) form.append(name, part);
  });
  form.set(member, String(value));
  return form;
}
