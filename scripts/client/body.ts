/** The body of an answer. */
import { APIError } from "./errors.ts";

/** @returns undefined if it is not JSON */
export function parseJSON(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

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
  const parts: Uint8Array[] = [];
  let size = 0;
  // Read by a reader: not every runtime's streams can be iterated.
  const reader = body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.length;
    if (size > limit) {
      reader.cancel().catch(() => {});
      throw tooLarge();
    }
    parts.push(read.value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
