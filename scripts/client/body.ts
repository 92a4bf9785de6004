/** The body of an answer. */
import { APIError } from "./errors.ts";

/** The bytes of a body. @throws {APIError} if there are more than allowed: the rest is not read */
export async function readBody(response: Response, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const { status, headers, body } = response;
  const tooLarge = () =>
    new APIError(status, undefined, `${status} The answer is larger than ${limit} bytes.`, headers);
  // React Native has no body to read, but this.
  if (!body) {
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length > limit) throw tooLarge();
    return bytes;
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  // Read by a reader: not every runtime's streams can be iterated.
  const reader = readerOf(body);
  for (let read = await reader.read(); !read.done && read.value; read = await reader.read()) {
    size += read.value.length;
    if (size > limit) {
      reader.cancel().catch(() => {});
      throw tooLarge();
    }
    parts.push(read.value);
  }
  if (parts.length === 1 && parts[0]) return parts[0];
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** What reading a body needs. */
export interface BodyReader {
  read(): Promise<{ done: boolean; value?: Uint8Array<ArrayBuffer> | undefined }>;
  cancel(): Promise<unknown>;
}

/** Reads a body. That of another `fetch`, such as node-fetch's, may be a stream of Node's. */
export function readerOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): BodyReader {
  if (body.getReader) return body.getReader();
  const parts = body[Symbol.asyncIterator]();
  return {
    read: () => parts.next() as ReturnType<BodyReader["read"]>,
    cancel: async () => parts.return?.(),
  };
}

/** Whether a value is a stream, which not every runtime has. */
export function isStream(value: unknown): value is ReadableStream {
  return typeof ReadableStream !== "undefined" && value instanceof ReadableStream;
}
