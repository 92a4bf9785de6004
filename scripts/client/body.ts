/** The body of an answer. */
import { APIError } from "./errors.ts";

/** A part of a body: text where the runtime has no bytes to give. */
type Part = Uint8Array<ArrayBuffer> | string;

/** What reading a body needs. */
export interface BodyReader {
  read(): Promise<{ done?: boolean; value?: Part | undefined }>;
  cancel(): Promise<unknown>;
}

/** Reads a body. That of another `fetch`, such as node-fetch's, may be a stream of Node's; React Native has none. */
export function readerOf(response: Response): BodyReader {
  const { body } = response;
  // Not every runtime's streams can be iterated.
  if (body?.getReader) return body.getReader();
  const parts: AsyncIterator<Part> = (body ?? textAlone(response))[Symbol.asyncIterator]();
  return { read: () => parts.next(), cancel: async () => parts.return?.() };
}

async function* textAlone(response: Response): AsyncGenerator<string> {
  yield response.text();
}

/** Turns the parts of one body into text, each as it comes. Without a part: what is left at the end. */
export function textDecoder(): (part?: Part) => string {
  // Made when it is needed: React Native may lack it.
  let decoder: TextDecoder | undefined;
  return (part) => {
    if (typeof part === "string") return part;
    if (part) decoder ??= new TextDecoder();
    return decoder?.decode(part, { stream: part !== undefined }) ?? "";
  };
}

/**
 * The ways to read a body whole.
 *
 * @param limit bytes; both ways throw an `APIError` if there are more, and do not read the rest
 */
export function bounded(response: Response, limit: number): Pick<Response, "text" | "blob"> {
  const { status, headers, body, text, blob } = response;
  // Where there is no body to read, all of the answer is there already.
  if (!body) return { text: () => text.call(response), blob: () => blob.call(response) };
  const read = async () => {
    const parts: Part[] = [];
    let size = 0;
    const reader = readerOf(response);
    for (let part = await reader.read(); !part.done && part.value !== undefined; part = await reader.read()) {
      parts.push(part.value);
      size += part.value.length;
      if (size > limit) {
        reader.cancel().catch(() => {});
        throw new APIError(status, undefined, `${status} The answer is larger than ${limit} bytes.`, headers);
      }
    }
    return parts;
  };
  return {
    text: async () => {
      const decode = textDecoder();
      return (await read()).map((part) => decode(part)).join("") + decode();
    },
    blob: async () => new Blob(await read(), { type: headers.get("content-type") ?? "" }),
  };
}

/** Whether a value is a stream, which not every runtime has. */
export function isStream(value: unknown): value is ReadableStream {
  return typeof ReadableStream !== "undefined" && value instanceof ReadableStream;
}
