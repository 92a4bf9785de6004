/** A whole answer as a stream that `x-stream` describes. */
import type { StreamProtocol } from "../../document/stream-shape.ts";
import { isObject, type Json, type Members } from "../../shared/json.ts";
import { parsePointer } from "../../shared/pointer.ts";

/**
 * A whole answer as the one event that holds it.
 *
 * @returns undefined for a stream whose answer is not in one event
 */
export function resultEvent({ name, result }: StreamProtocol, answer: Json): Json | undefined {
  if (!result || "join" in result) return undefined;
  const data = nested(result.pointer, answer);
  if (name === "event") return { event: result.event, data };
  return name === undefined || !isObject(data)
    ? data
    : { ...(nested(name, result.event) as Members), ...data };
}

/** An object that holds a value at a pointer. */
function nested(pointer: string, value: Json): Json {
  return parsePointer(pointer).reduceRight<Json>((inner, token) => ({ [token]: inner }), value);
}
