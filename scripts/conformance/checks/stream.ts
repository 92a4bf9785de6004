/** A streamed answer, chunk by chunk, and what its chunks add up to. */
import { eventName, type StreamProtocol } from "../../document/stream-shape.ts";
import { DONE } from "../../openai/frames.ts";
import { joinChunks } from "../../openai/join.ts";
import { isObject, type Json, type Members } from "../../shared/json.ts";
import { essence, STREAM_TYPE } from "../../shared/media-types.ts";
import type { Contract, ContractOperation } from "../compiled-contract.ts";
import type { End } from "../exchange.ts";
import type { Findings } from "../findings.ts";
import { ChunkSequence } from "./chunks.ts";
import { type Asked, checkCompletion } from "./completion.ts";
import { type Answer, checkEncoding, checkHeaders, checkValue } from "./every-answer.ts";
import { type ParsedStream, parseStream, type StreamEvent } from "./sse-events.ts";
import { parsed } from "./tools.ts";

/** How a stream ended. */
export interface StreamedAnswer {
  end: End;
  /** How the connection failed, where it did. */
  problem?: string;
}

/** A text of that many characters is not tiny: a stream sends it in more than one chunk. */
const LONG_TEXT = 200;

/**
 * Checks a stream.
 *
 * @returns the answer in one piece; undefined where nothing in it is a chunk
 */
export function checkStream(
  contract: Contract,
  operation: ContractOperation,
  asked: Omit<Asked, "streamed">,
  answer: Answer & StreamedAnswer,
  found: Findings,
): Json | undefined {
  const declared = contract.answer(operation, answer.status);
  checkHeaders(answer, declared?.headers ?? {}, found);
  checkEncoding(answer, found);
  if (declared?.declared === "default")
    found.break(
      "",
      `The status ${answer.status} is not declared.`,
      contract.successes(operation).join(" or "),
      answer.status,
    );
  const type = answer.headers["content-type"] ?? "";
  if (essence(type) !== STREAM_TYPE) {
    const whole = parsed(answer.text) !== undefined;
    const what = whole
      ? `The answer to a request with ${askedFor(operation)} is not a stream.`
      : "The stream has another media type.";
    found.break("", what, STREAM_TYPE, type || "none");
    if (whole) return undefined;
  }
  const stream = parseStream(answer.text);
  const chunks = readChunks(contract, operation, stream, found);
  checkEnd(stream, operation, answer, found);
  if (chunks.length === 0) {
    found.break("", "The stream has no chunk.", "chunks", answer.text);
    return undefined;
  }
  const whole = joinChunks(chunks) as Json;
  if (!operation.chat) return whole;
  checkSequence(chunks, asked.request, found);
  checkCompletion(whole, { ...asked, streamed: true }, found);
  return whole;
}

/** The chunks up to the first that is none, each held to the schema. */
function readChunks(
  contract: Contract,
  { chunk: schema, protocol }: ContractOperation,
  { events, strange }: ParsedStream,
  found: Findings,
): Members[] {
  const chunks: Members[] = [];
  const [line] = strange;
  if (line !== undefined)
    found.break("", "A line of the stream is not a field of an event.", "data: …", line);
  const done = events.findIndex(({ data }) => data.trim() === DONE);
  for (const [index, event] of (done === -1 ? events : events.slice(0, done)).entries()) {
    const chunk = chunkOf(event, index, protocol, found);
    if (chunk === "error") break;
    if (chunk === undefined) continue;
    if (schema !== undefined) checkValue(contract, schema, chunk, found);
    chunks.push(chunk);
  }
  return chunks;
}

/** The chunk that an event carries; undefined for an event that carries none. */
function chunkOf(
  { name, data }: StreamEvent,
  index: number,
  protocol: StreamProtocol,
  found: Findings,
): Members | "error" | undefined {
  const value = parsed(data);
  const called = eventName(protocol, name, value ?? null);
  const failed =
    called === undefined
      ? name === "error" || (isObject(value) && value["error"] !== undefined && value["error"] !== null)
      : protocol.failure.includes(called);
  if (failed) {
    found.break(
      "",
      index === 0 ? "The stream begins with an error." : "The stream breaks off with an error.",
      "chunks",
      data,
    );
    return "error";
  }
  if (name !== undefined && name !== "message" && protocol.name === undefined) {
    found.undocumented("", `The contract has no event ${name}.`, data);
    return undefined;
  }
  if (isObject(value)) return value;
  found.break("", "The data of an event is not a JSON object.", "a chunk", data);
  return undefined;
}

/** What asks for the stream, in words. */
function askedFor({ streamedBy: { name, values } }: ContractOperation): string {
  return `${name}: ${values.join(" or ")}`;
}

/** `[DONE]`, or the event that the contract names, comes once and last, and then the connection ends. */
function checkEnd(
  { events, unfinished }: ParsedStream,
  { protocol }: ContractOperation,
  { end, problem }: StreamedAnswer,
  found: Findings,
): void {
  if (!protocol.done) {
    checkNamedEnd(events, protocol, { end, problem }, found);
    return;
  }
  const done = events.findIndex(({ data }) => data.trim() === DONE);
  const after = done === -1 ? undefined : events[done + 1];
  if (end === "cut") found.break("", "The stream is cut: the connection broke.", "[DONE]", problem);
  else if (end === "stalled")
    found.break("", "The stream stalls: nothing more comes, and it stays open.", "[DONE]");
  else if (done === -1 && unfinished?.trim() === DONE)
    found.note(
      "",
      "The last event lacks its empty line.",
      "an empty line after [DONE]",
      "the end of the stream",
    );
  else if (done === -1)
    found.break("", "The stream has no [DONE].", "[DONE] at the end", events.at(-1)?.data);
  if (end === "open")
    found.break("", "The stream stays open after [DONE].", "the end of the answer", "nothing");
  if (after) found.break("", "Something follows [DONE].", "the end of the stream", after.data);
}

/** The events after which a stream is whole come last. */
function checkNamedEnd(
  events: StreamEvent[],
  protocol: StreamProtocol,
  { end, problem }: Pick<StreamedAnswer, "end"> & { problem: string | undefined },
  found: Findings,
): void {
  const ends = [...protocol.end, ...protocol.failure];
  const called = events.map(({ name, data }) => eventName(protocol, name, parsed(data) ?? null));
  const last = called.findIndex((name) => name !== undefined && ends.includes(name));
  const wanted = protocol.end.join(" or ") || "the end of the answer";
  if (last !== -1 && last < events.length - 1)
    found.break("", `Something follows ${called[last]}.`, "the end of the stream", events[last + 1]?.data);
  if (end === "cut") found.break("", "The stream is cut: the connection broke.", wanted, problem);
  else if (end === "stalled" && last === -1)
    found.break("", "The stream stalls: nothing more comes, and it stays open.", wanted);
  else if (last === -1 && ends.length > 0)
    found.break("", "The stream has no event that ends it.", wanted, events.at(-1)?.data);
}

function checkSequence(chunks: Members[], request: Members, found: Findings): void {
  const sequence = new ChunkSequence(found);
  for (const chunk of chunks) sequence.add(chunk);
  sequence.end();
  const options = request["stream_options"];
  if (isObject(options) && options["include_usage"] === true) checkUsageChunk(chunks, found);
  const texts = sequence.texts();
  for (const { text, pieces, at } of texts) {
    if (text.length > LONG_TEXT && pieces === 1)
      found.note(at, "The whole text comes in one chunk.", "pieces", `${text.length} characters at once`);
  }
}

/** The usage that was asked for comes in a chunk without choices, after all others. */
function checkUsageChunk(chunks: Members[], found: Findings): void {
  const holders = chunks.filter(({ usage }) => isObject(usage));
  const isOwn = ({ choices }: Members) => Array.isArray(choices) && choices.length === 0;
  if (holders.length === 0)
    found.break("/usage", "The usage was asked for, and no chunk has it.", "a chunk with the usage", "none");
  else if (!holders.some(isOwn))
    found.break(
      "/usage",
      "The usage does not come in a chunk without choices.",
      "choices: []",
      holders.at(-1)?.["choices"],
    );
  else if (!chunks.slice(-1).some(isOwn))
    found.break(
      "/usage",
      "The chunk with the usage is not the last.",
      "the usage before [DONE]",
      chunks.at(-1),
    );
}
