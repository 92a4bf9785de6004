/** The body of an answer. */
import { APIError } from "./errors.ts";

/** The bytes of a body, in the parts in which they came. @throws {APIError} if there are more than allowed: the rest is not read */
export async function readBody(response: Response, limit: number): Promise<Uint8Array<ArrayBuffer>[]> {
  const { status, headers } = response;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = readerOf(response);
  for (let read = await reader.read(); !read.done && read.value; read = await reader.read()) {
    parts.push(read.value);
    size += read.value.length;
    if (size > limit) {
      reader.cancel().catch(() => {});
      throw new APIError(status, undefined, `${status} The answer is larger than ${limit} bytes.`, headers);
    }
  }
  return parts;
}

/** What reading a body needs. */
export interface BodyReader {
  read(): Promise<{ done?: boolean; value?: Uint8Array<ArrayBuffer> | undefined }>;
  cancel(): Promise<unknown>;
}

/** Reads a body. That of another `fetch`, such as node-fetch's, may be a stream of Node's; React Native has none. */
export function readerOf(response: Response): BodyReader {
  const { body } = response;
  // Not every runtime's streams can be iterated.
  if (body?.getReader) return body.getReader();
  const parts: AsyncIterator<Uint8Array<ArrayBuffer>> = (body ?? wholeBody(response))[Symbol.asyncIterator]();
  return { read: () => parts.next(), cancel: async () => parts.return?.() };
}

async function* wholeBody(response: Response): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield new TextEncoder().encode(await response.text());
}

/** Whether a value is a stream, which not every runtime has. */
export function isStream(value: unknown): value is ReadableStream {
  return typeof ReadableStream !== "undefined" && value instanceof ReadableStream;
}
