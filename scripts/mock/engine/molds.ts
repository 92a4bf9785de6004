/** Answers that were given before, kept as texts with holes for what differs each time: IDs and times. */
import { escapeRegExp } from "../../shared/text.ts";
import type { Making } from "../scenarios/fill.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import type { Reply } from "./reply.ts";

/** How many are kept, and how long a request and an answer may be: a load test repeats a few requests. */
const KEPT = 200;
const LONGEST_REQUEST = 2000;
const LONGEST_ANSWER = 50_000;
/** An ID with at least this many random characters stands nowhere else in an answer by chance. */
const RANDOM_ENOUGH = 12;

/** What differs from one answer to the next. */
export type Variables = Pick<Making, "random" | "now">;

/** What decides over an answer, IDs and times apart. */
export interface Origin {
  scenario: Scenario;
  /** How the answer is streamed; undefined where it is not. */
  protocol: unknown;
  /** The request, as far as its answer depends on it. */
  request: string;
}

interface Mold extends Origin {
  reply: Reply;
  /** The frames of the reply: texts, and between them the numbers of the values that stand there. */
  frames: Piece[][];
  /** Examples of the IDs that were made, in their order. */
  ids: string[];
}

type Piece = string | number;

export class Molds {
  readonly #molds = new Map<string, Mold>();

  /**
   * The answer to a request, from its mold if it has one.
   *
   * @param make makes the answer anew; everything in it but IDs and times depends on the origin alone
   */
  async answer(
    origin: Origin,
    variables: Variables,
    make: (variables: Variables) => Promise<Reply>,
  ): Promise<Reply> {
    const { scenario, protocol, request } = origin;
    if (request.length > LONGEST_REQUEST) return make(variables);
    const known = this.#molds.get(request);
    if (known?.scenario === scenario && known.protocol === protocol) return cast(known, variables);
    const { random, now } = variables;
    const made: [example: string, id: string][] = [];
    const id = (example: string) => {
      const fresh = random.id(example);
      made.push([example, fresh]);
      return fresh;
    };
    const reply = await make({ random: { next: random.next, id }, now });
    const [fresh, times] = [made.map(([, value]) => value), timesOf(now)];
    if (!canBeKept(origin, reply, fresh, times)) return reply;
    const values = [...fresh, ...times];
    const frames = reply.frames.map((frame) => piecesOf(String(frame), values));
    if (isSplit(frames, values)) return reply;
    if (this.#molds.size >= KEPT) this.#molds.clear();
    this.#molds.set(request, { ...origin, reply, frames, ids: made.map(([example]) => example) });
    return reply;
  }
}

function canBeKept(
  { scenario, request }: Origin,
  { frames }: Reply,
  ids: readonly string[],
  times: readonly string[],
): boolean {
  const size = frames.reduce((sum, { length }) => sum + length, 0);
  if (size > LONGEST_ANSWER || frames.some((frame) => typeof frame !== "string")) return false;
  if (ids.some((id) => lastWordOf(id).length < RANDOM_ENOUGH)) return false;
  const written = JSON.stringify(scenario.example);
  // Headers are not part of a request here, and a time that someone wrote stays as it is.
  return !written.includes("$request.header") && !times.some((time) => (request + written).includes(time));
}

/** Whether a value stands somewhere in parts, as a text does that is streamed word by word. */
function isSplit(frames: readonly Piece[][], values: readonly string[]): boolean {
  const words = values.map(lastWordOf);
  return frames
    .flat()
    .some((piece) => typeof piece === "string" && words.some((word) => piece.includes(word)));
}

/** What of an ID or a time no stream splits: all random characters of an ID, the seconds of a time. */
function lastWordOf(value: string): string {
  return /[A-Za-z0-9.]*$/.exec(value)?.[0] ?? "";
}

/** The forms in which answers have a time. */
const TIME_FORMS: ((now: number) => string)[] = [
  (now) => new Date(now).toISOString(),
  (now) => String(now),
  (now) => String(Math.floor(now / 1000)),
];

function timesOf(now: number | undefined): string[] {
  return now === undefined ? [] : TIME_FORMS.map((form) => form(now));
}

function piecesOf(text: string, values: readonly string[]): Piece[] {
  if (values.length === 0) return [text];
  const anyValue = new RegExp(`(${values.map(escapeRegExp).join("|")})`);
  return text.split(anyValue).map((part, index) => (index % 2 === 0 ? part : values.indexOf(part)));
}

function cast({ reply, frames, ids }: Mold, { random, now }: Variables): Reply {
  const values = ids.map((example) => random.id(example));
  // Only the forms of a time that the answer has: to write a date takes long.
  const valueAt = (piece: number) => {
    if (now !== undefined) values[piece] ??= TIME_FORMS[piece - ids.length]?.(now) ?? "";
    return values[piece];
  };
  return {
    ...reply,
    frames: frames.map((pieces) => {
      let text = "";
      for (const piece of pieces) text += typeof piece === "string" ? piece : valueAt(piece);
      return text;
    }),
  };
}
