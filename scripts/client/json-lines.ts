/** Answers of JSON values that come one by one. Generated clients import this only where an operation has such. */
import { parseJSON } from "../shared/json.ts";
import { readerOf, textDecoder } from "./body.ts";
import type { StreamSource } from "./chunk-reader.ts";
import { APIConnectionError, APIError, errorFromAbort } from "./errors.ts";

/**
 * Reads JSON Lines, or JSON text sequences (RFC 7464), as they come.
 *
 * @returns the values; reading them ends with an APIError if one is not JSON, if the connection is lost, or if nothing
 *   comes for longer than the timeout
 */
export async function readLines(source: StreamSource): Promise<AsyncIterableIterator<unknown>> {
  source.deadline.stop();
  return values(source);
}

async function* values({ response, deadline, report, limit }: StreamSource): AsyncGenerator<unknown> {
  const { headers } = response;
  const separator = /json-seq/.test(headers.get("content-type") ?? "") ? "\u001e" : "\n";
  const reader = readerOf(response);
  const decode = textDecoder();
  let rest = "";
  try {
    for (let done = false; !done; ) {
      deadline.wait();
      const read = await deadline.race(reader.read());
      deadline.rest();
      done = read.done ?? false;
      const texts = decode(read.value).split(separator);
      // Only what is new is searched: a long line comes in many pieces.
      texts[0] = rest + texts[0];
      rest = done ? "" : (texts.pop() ?? "");
      if (rest.length > limit)
        throw report(undefined, `A line of the answer is longer than ${limit} characters.`);
      for (const text of texts) {
        if (!text.trim()) continue;
        const value = parseJSON(text);
        if (value === undefined) throw report(text, "A line of the answer is not JSON:");
        yield value;
      }
    }
  } catch (cause) {
    if (cause instanceof APIError) throw cause;
    if (deadline.signal.aborted) throw errorFromAbort(deadline.signal);
    const message = "The connection was lost in the middle of the answer.";
    throw new APIConnectionError({ message, cause, headers });
  } finally {
    deadline.close();
    reader.cancel().catch(() => {});
  }
}
