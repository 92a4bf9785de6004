/** Answers that may be something else than JSON or events. Generated clients import this only where an operation has such. */
import { essence, isJson, isTextType, JSON_TYPE, STREAM_TYPE } from "../shared/media-types.ts";
import { openStream, readAnswer } from "./answer.ts";
import type { Call } from "./call.ts";
import type { StreamSource } from "./chunk-reader.ts";

/**
 * Reads an answer by its media type: the one that is declared, or, where one of several may come, the one that came.
 *
 * @returns an object, a text, a `Blob`, chunks, or undefined where no answer is declared or none came that may be left out
 * @throws {APIError} if the body is not what was asked for
 */
export async function readOther(source: StreamSource, call: Call): Promise<unknown> {
  const { response } = source;
  const { accept = JSON_TYPE, others, optional } = call;
  const type = (others && essence(response.headers.get("content-type") ?? "")) || accept;
  if (type === STREAM_TYPE) return openStream(source);
  // An answer that is not read would hold the connection.
  const data = !type || isTextType(type) ? await response.text() : await response.blob();
  const size = typeof data === "string" ? data.length : data.size;
  if (!type || (size === 0 && optional)) return undefined;
  return typeof data === "string" && isJson(type) ? readAnswer(source, data, call) : data;
}
