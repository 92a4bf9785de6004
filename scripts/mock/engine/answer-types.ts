/** Which media type of a response answers a request: what `x-when` selects, a stream that is asked for, else `Accept`. */
import { responsesOf } from "../../document/examples.ts";
import type { Document, Example, MediaType, OperationEntry } from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import { choicesOf } from "../../document/response-choice.ts";
import { type StreamProtocol, streamProtocol } from "../../document/stream-shape.ts";
import type { Json } from "../../shared/json.ts";
import { covers, essence, isJson, JSON_TYPE, STREAM_TYPE } from "../../shared/media-types.ts";
import type { Context, Subject } from "../scenarios/expression.ts";
import type { Compiler } from "./schemas.ts";

/** A media type of a response. */
export interface AnswerType {
  /** As the contract writes it. */
  name: string;
  /** Whether its `x-when` selects it for a request; absent for a media type without one. */
  when?: (request: Subject) => boolean;
  /** How its events are written, where it is a stream. */
  protocol?: StreamProtocol;
  /** Whether it is a stream with examples that are lists of events, or that stand for the only type there is. */
  hasEvents: boolean;
  /** Whether the response has other types beside it. */
  isAlternative: boolean;
}

/** The media types of each response of an operation, by the status as it is declared. */
export type AnswerTypes = ReadonlyMap<string, readonly AnswerType[]>;

export function answerTypes(
  document: Document,
  { operation }: OperationEntry,
  { matcher }: Compiler,
): AnswerTypes {
  return new Map(
    responsesOf(document, operation.responses).map(({ status, response }) => [
      status,
      choicesOf(response).map(({ mediaType, media, when }, _, all): AnswerType => {
        const isStream = essence(mediaType) === STREAM_TYPE;
        return {
          name: mediaType,
          ...(when !== undefined && { when: matcher(when) }),
          ...(isStream && { protocol: streamProtocol(media) }),
          isAlternative: all.length > 1,
          hasEvents: isStream && (all.length === 1 || hasLists(document, media)),
        };
      }),
    ]),
  );
}

/** A text is not a list of events: it shows a stream that is made from the whole answer. */
function hasLists(document: Document, { examples = {} }: MediaType): boolean {
  return Object.values(examples).some((one) => Array.isArray(deref<Example>(document, one).value));
}

/**
 * @param types those of one response
 * @param asksForStream whether the body asks for a stream by the conventions of the operation
 * @returns undefined for a response without content
 */
export function selectType(
  types: readonly AnswerType[],
  request: Pick<Context, "path" | "query" | "headers"> & { body?: Json | undefined },
  asksForStream: boolean,
): AnswerType | undefined {
  if (types.length < 2) return types[0];
  const selected = types.find(({ when }) => when?.(request as Subject));
  if (selected) return selected;
  const stream = types.find(({ when, protocol }) => !when && protocol);
  if (asksForStream && stream) return stream;
  const whole = types.filter(({ when, protocol }) => !when && !protocol);
  if (whole.length === 0) return stream ?? types[0];
  return whole.length === 1 ? whole[0] : negotiated(whole, String(request.headers["accept"] ?? "*/*"));
}

/** The type that `Accept` wants most (RFC 9110, 12.5.1). JSON comes first among equals, and where none is wanted. */
function negotiated(types: readonly AnswerType[], accept: string): AnswerType | undefined {
  const ranges = accept.split(",").map((text) => {
    const quality = Number(/;\s*q=([\d.]+)/i.exec(text)?.[1] ?? 1);
    return { range: essence(text), quality: Number.isNaN(quality) ? 0 : quality };
  });
  // What is written out says more than a range that covers it.
  const precision = (range: string) => 3 - (range.match(/\*/g)?.length ?? 0);
  const wanted = (name: string) =>
    ranges
      .filter(({ range }) => covers(range, name) || covers(name, range))
      .toSorted((a, b) => precision(b.range) - precision(a.range))[0]?.quality ?? 0;
  const jsonFirst = types.toSorted((a, b) => Number(isJson(b.name)) - Number(isJson(a.name)));
  return jsonFirst.toSorted((a, b) => wanted(b.name) - wanted(a.name))[0];
}

/** A type that can be sent, for a range such as `image/*` that a contract declares. */
export function concreteType(declared: string, body: unknown): string {
  if (!declared.includes("*")) return declared;
  if (declared.startsWith("text/")) return "text/plain";
  if (declared.startsWith("image/")) return "image/png";
  if (declared.startsWith("audio/")) return "audio/mpeg";
  if (declared.startsWith("video/")) return "video/mp4";
  return typeof body === "string" ? "text/plain" : JSON_TYPE;
}
