/**
 * What an operation's requests and answers mean beyond their schemas: how a stream is asked for, how an answer is split
 * into chunks, how its usage is counted. `conventionsOf` in `detect.ts` chooses the conventions of an operation.
 */
import type { Json } from "../shared/json.ts";
import type { Random } from "../shared/random.ts";

/** What an answer is finished with. */
export interface Finishing {
  /** The body of the request that is answered. */
  request: Json | undefined;
  random: Random;
  /** Milliseconds since 1970-01-01; undefined keeps the times of the answer. */
  now?: number | undefined;
  /** The part of the answer that its author wrote. It is sent as it is; only the rest is made up or counted. */
  stated?: Json | undefined;
}

/** Where the turns of a conversation are counted from: its first message, or the last one of the user. */
export type TurnsFrom = "start" | "last-user";

/** The tokens of a request and its answer. */
export interface TokenCount {
  input: number;
  output: number;
}

export interface Conventions {
  /** Whether the request asks for a stream. */
  wantsStream(request: Json | undefined): boolean;
  /** The request without the members that only say how its answer is delivered: what the content depends on. */
  essence(request: Json | undefined): Json | undefined;
  /** The model that the request names. */
  modelOf(request: Json | undefined): string | undefined;
  /** The request with this model, if it names none. */
  withModel(request: Json | undefined, model: string): Json | undefined;
  /** The answer in chunks. */
  chunks(answer: Json, request?: Json): Json[];
  /** Whether a chunk carries tokens. One that only opens a stream does not, and takes no time. */
  carriesTokens(chunk: Json): boolean;
  /** The frame of an error in the middle of a stream. */
  errorFrame(error: Json): string;
  /** The last frame of a complete stream; undefined where the stream just ends. */
  doneFrame: string | undefined;
  /** Does what the parameters of the request ask for, and gives the answer IDs, times and usage. */
  finish(answer: Json, finishing: Finishing): Json;
  /** About how many bytes the parameters of the request add to the answer: further choices, scores, frames. */
  addedSize(answer: Json, request: Json | undefined): number;
  /** The tokens that a finished answer reports; undefined where it reports none. */
  tokensOf(answer: Json): TokenCount | undefined;
  /** About how many tokens a request is. */
  requestTokens(request: Json | undefined): number;
  /** A value whose text is `tokens` tokens long, to be merged into an answer. */
  textOfLength(tokens: number): Json | undefined;
  /** How many answers a conversation already holds. */
  turnOf(request: Json | undefined, from: TurnsFrom): number;
  /** The text of a value of the request, such as a message; undefined where it has none. */
  textOf(value: Json): string | undefined;
}
