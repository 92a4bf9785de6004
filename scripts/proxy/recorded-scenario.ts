/** From an exchange that has passed to the scenario with which the mock gives the same answer. */

import { checkValue } from "../conformance/checks/every-answer.ts";
import { type ParsedStream, parseStream } from "../conformance/checks/sse-events.ts";
import type { Contract, ContractOperation } from "../conformance/compiled-contract.ts";
import { Findings, type Found } from "../conformance/findings.ts";
import type { Schema } from "../document/model.ts";
import { DONE } from "../openai/frames.ts";
import { joinChunks } from "../openai/join.ts";
import { completionToChunks } from "../openai/split.ts";
import { copy, isObject, type Json, type Members, member, objectsIn } from "../shared/json.ts";
import { isJson, STREAM_TYPE } from "../shared/media-types.ts";
import { holdsKey, masked } from "./mask.ts";
import { type Conditions, conditionsOf } from "./recorded-conditions.ts";

/** An exchange as text, its keys gone. */
export interface ReadExchange {
  operation: ContractOperation;
  url: string;
  /** The request's body; undefined where it had none that is JSON. */
  asked: Json | undefined;
  status: number;
  headers: Record<string, string>;
  text: string;
  /** The keys that the request carried, which no recording may hold. */
  keys: readonly string[];
  end: "complete" | "cut" | "cancelled";
  first: number;
  last: number;
}

/** A scenario in the form that the mock reads, with what a person should know about it. */
export interface RecordedScenario {
  /** Whether it answers streamed requests alone. */
  stream: boolean;
  comments: string[];
  form: Members;
}

export interface RecordOptions {
  /** Names of members, and JSON Pointers, whose values are masked. */
  mask: readonly string[];
  /** Whether the speed is recorded. */
  pace: boolean;
}

/** Headers that belong to the answer rather than to the connection or the server. */
const KEPT_HEADERS = ["retry-after", "retry-after-ms", "x-should-retry"];

/**
 * The scenarios of an exchange: one that answers whole and streamed, and a second for streams where the mock's own
 * chunks would not add up to the same answer.
 */
export function scenariosOf(
  contract: Contract,
  exchange: ReadExchange,
  options: RecordOptions,
): RecordedScenario[] {
  const { operation, asked, url } = exchange;
  const request = asked === undefined ? undefined : masked(copy(asked), options.mask);
  const when = conditionsOf(operation, url, request);
  const streamed = isStream(exchange) ? parseStream(exchange.text) : undefined;
  const chunks = streamed && operation.chat ? chunksOf(streamed) : undefined;
  const common = { exchange, when, options };
  if (streamed === undefined) return [whole(contract, common)];
  // Pieces may spell out a key that no piece holds whole.
  const spelled = chunks !== undefined && holdsKey(JSON.stringify(folded(chunks)), exchange.keys);
  const value = chunks === undefined || exchange.end !== "complete" ? undefined : joined(chunks);
  if (value === undefined)
    return spelled
      ? []
      : [raw(common, streamed, "The stream is recorded as it came: it is not a whole answer.")];
  const scenario = answering(contract, common, masked(value, options.mask), ["A stream, its chunks joined."]);
  if (spelled || (isDone(streamed) && returns(value, asked))) return [scenario];
  return [scenario, raw(common, streamed, "The stream as it came: other chunks would not say the same.")];
}

interface Common {
  exchange: ReadExchange;
  when: Conditions;
  options: RecordOptions;
}

/** An answer that is not a stream. */
function whole(contract: Contract, common: Common): RecordedScenario {
  const { exchange, options } = common;
  const type = exchange.headers["content-type"] ?? "";
  const body = isJson(type) || type === "" ? parse(exchange.text) : undefined;
  const marks = exchange.end === "complete" ? [] : [`Broken off ${byWhom(exchange)}: this is what had come.`];
  if (body !== undefined) return answering(contract, common, masked(body, options.mask), marks);
  const form = formOf(common, exchange.text, {
    headers: { "content-type": type || "text/plain" },
    check: false,
    ...(exchange.end === "cut" && { fault: "reset:1" }),
  });
  return { stream: false, comments: [...marks, ...statusMark(exchange), "The answer is not JSON."], form };
}

/** A scenario with an answer in one piece. */
function answering(contract: Contract, common: Common, value: Json, comments: string[]): RecordedScenario {
  const { exchange } = common;
  const problems = problemsOf(contract, exchange, value);
  const form = formOf(common, value, problems.length > 0 ? { check: false } : {});
  const reasons = problems.map((problem) => `Not as the contract says: ${problem}`);
  return { stream: false, comments: [...comments, ...statusMark(exchange), ...reasons], form };
}

/** A scenario that writes the frames of a stream as they came. */
function raw(common: Common, { events }: ParsedStream, why: string): RecordedScenario {
  const { exchange } = common;
  const cut =
    exchange.end === "complete" ? [] : [`Broken off ${byWhom(exchange)} after ${events.length} events.`];
  const stream: Schema = { const: true };
  const form = formOf({ ...common, when: { ...common.when, "/body/stream": stream } }, exchange.text, {
    headers: { "content-type": STREAM_TYPE },
    check: false,
  });
  return { stream: true, comments: [...cut, ...statusMark(exchange), why], form };
}

function formOf({ exchange, when, options }: Common, value: Json, more: Members): Members {
  const { operation, status, headers } = exchange;
  const own = Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])),
  );
  const { headers: others, ...rest } = more;
  const allHeaders = { ...own, ...(isObject(others) && others) };
  return {
    operation: operation.name,
    // A scenario without conditions would answer only requests that ask for it by name.
    ...(Object.keys(when).length > 0 ? { when: when as Members } : { "x-when": {} }),
    ...(status !== 200 && { status }),
    ...(Object.keys(allHeaders).length > 0 && { headers: allHeaders }),
    // The answer is whole; nothing of the contract's examples belongs to it.
    extends: false,
    ...rest,
    ...(options.pace && { pace: paceOf(exchange) }),
    value,
  };
}

function paceOf({ text, first, last }: ReadExchange): Members {
  const events = parseStream(text).events.length;
  const seconds = (last - first) / 1000;
  return { ttft: Math.round(first), ...(events > 1 && seconds > 0 && { tps: Math.round(events / seconds) }) };
}

function statusMark({ status }: ReadExchange): string[] {
  return status >= 400 ? [`An error answer, ${status}.`] : [];
}

function byWhom({ end }: ReadExchange): string {
  return end === "cut" ? "by the upstream" : "by the client";
}

/** What about a value is not as the contract says, in words. */
function problemsOf(contract: Contract, { operation, status }: ReadExchange, value: Json): string[] {
  const declared = contract.answer(operation, status);
  if (!declared?.json) return ["it declares no such answer."];
  const found = new Findings();
  checkValue(contract, declared.json, value, found);
  return [...new Set(found.list.map(({ message }: Found) => message))];
}

function isStream({ headers, text, asked }: ReadExchange): boolean {
  if ((headers["content-type"] ?? "").startsWith(STREAM_TYPE)) return true;
  // Some relays label a stream as JSON.
  return member(asked, "stream") === true && /^\uFEFF?(:.*\n|\s)*data:/.test(text);
}

/** Whether a stream has its `[DONE]`. */
function isDone({ events, unfinished }: ParsedStream): boolean {
  return events.some(({ data }) => data.trim() === DONE) || unfinished?.trim() === DONE;
}

/** The chunks of a stream that is nothing but chunks; undefined for any other. */
function chunksOf({ events, strange, unfinished }: ParsedStream): Members[] | undefined {
  const chunks = events.filter(({ data }) => data.trim() !== DONE).map(({ data }) => parse(data));
  const isCut = unfinished !== undefined && unfinished.trim() !== DONE;
  if (isCut || strange.length > 0 || chunks.length === 0) return undefined;
  const objects = objectsIn(chunks.map((chunk) => chunk ?? null));
  const clean = objects.length === chunks.length && objects.every((chunk) => !chunk["error"]);
  return clean ? objects : undefined;
}

function folded(chunks: Members[]): Json {
  return joinChunks(chunks) as Json;
}

/** The answer that the chunks make; undefined where a choice has no end. */
function joined(chunks: Members[]): Json | undefined {
  const value = folded(chunks);
  const choices = objectsIn(member(value, "choices"));
  const ended = choices.length > 0 && choices.every((choice) => choice["finish_reason"]);
  if (!isObject(value) || !ended) return undefined;
  if (value["usage"] === null) delete value["usage"];
  return value;
}

/** Whether the mock's own chunks of an answer add up to the same answer. */
function returns(value: Json, asked: Json | undefined): boolean {
  const includeUsage = member(member(asked, "stream_options"), "include_usage") === true;
  const chunks = completionToChunks(copy(value), { includeUsage });
  const again = joined(objectsIn(chunks));
  return essence(again) === essence(value);
}

/** What must come back: texts, reasoning, calls, usage, reasons. */
function essence(value: Json | undefined): string {
  const choices = objectsIn(member(value, "choices")).map((choice) => {
    const message = isObject(choice["message"]) ? choice["message"] : {};
    const said = Object.entries(message)
      .filter(([, held]) => held !== null && held !== "")
      .sort();
    return { said, reason: choice["finish_reason"] };
  });
  return JSON.stringify({ choices, usage: member(value, "usage") ?? null });
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) as Json;
  } catch {
    return undefined;
  }
}
