/** From a successful response to what the call returns. */
import { isErrorReport } from "../openai/error-words.ts";
import { isObject, parseJSON } from "../shared/json.ts";
import { essence, STREAM_TYPE } from "../shared/media-types.ts";
import type { Call } from "./call.ts";
import { ChunkReader, type StreamSource } from "./chunk-reader.ts";

/**
 * Opens a streamed answer.
 *
 * @throws {APIError} if it is something else, where the media type already tells
 */
export async function openStream(source: StreamSource): Promise<ChunkReader<unknown>> {
  const { response, deadline, report } = source;
  if (response.body === null) throw report(undefined, "The answer is empty, not a stream of events.");
  const reader = new ChunkReader<unknown>(source);
  const type = essence(response.headers.get("content-type") ?? "");
  // Under the name of another type it may be events all the same.
  if (type && type !== STREAM_TYPE) await reader.open();
  // A stream that nobody reads must not keep the process alive.
  deadline.stop();
  return reader;
}

/**
 * Reads an answer of JSON that came whole.
 *
 * @throws {APIError} if the text is not what was asked for, or reports an error although the status says success
 */
export async function readAnswer(source: StreamSource, text: string, call: Call): Promise<unknown> {
  const { stream, expects = [] } = call;
  const { response, report } = source;
  if (!text.trim()) throw report(undefined, "The answer is empty.");
  const answer = parseJSON(text);
  if (answer === undefined) {
    // Some relays stream although nobody asked them to.
    if (!stream || !/^\s*(data|event|:)/.test(text)) throw report(text, "The answer is not JSON:");
    const reader = new ChunkReader<unknown>({ ...source, response: new Response(text, response) });
    return new stream(reader, reader.controller).final();
  }
  if (!call.error && isErrorReport(answer, expects)) throw report(answer);
  // An empty list of models is null on some servers; an answer without choices is none.
  const missing = (name: string) =>
    !isObject(answer) || answer[name] === undefined || (stream && answer[name] === null);
  if (expects.length > 0 && expects.every(missing)) throw report(answer, `The answer has no ${expects[0]}:`);
  if (isObject(answer)) {
    stream?.rules.answer(answer);
    const value = response.headers.get("x-request-id");
    Object.defineProperty(answer, "_request_id", { value });
  }
  return answer;
}
