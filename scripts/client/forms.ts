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

function part(value: unknown, type: string | undefined): string | Blob {
  if (value instanceof Blob) return value;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
    return new Blob([value as BlobPart], type ? { type } : {});
  const text =
    value instanceof Date ? value.toISOString() : isObject(value) ? JSON.stringify(value) : String(value);
  return type ? new Blob([text], { type }) : text;
}

/** Whether a body asks for a stream, where the body may be a form. */
export function asksForStream(body: unknown): boolean {
  const flag =
    body instanceof FormData ? body.get("stream") : (body as { stream?: unknown } | undefined)?.stream;
  return flag === true || flag === "true";
}

/** The body of a request, a form included, that asks for a stream. */
export function withStream(body: unknown): unknown {
  if (!(body instanceof FormData)) return { ...Object(body), stream: true };
  body.set("stream", "true");
  return body;
}
