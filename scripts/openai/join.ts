/**
 * From the chunks of a stream to the answer that a call without streaming gives. It knows OpenAI's conventions for deltas,
 * and none of the members that a contract has. Its cost grows with the bytes that come, never with their square.
 */
import { copy, isObject, type Json } from "../shared/json.ts";
import { CHAT_CHUNKS } from "./chunk.ts";
import { CallJoiner } from "./join-calls.ts";
import { BLOCKS, blockList, type ListJoiner, unionList } from "./join-lists.ts";

type Members = Record<string, unknown>;

/** Members that say what something is: a later piece repeats or replaces them. Other texts of a delta continue. */
const LABEL = /(^|_)(id|name|type|role|object|model|format|status|signature|language|reason|provider)$/;
/** Lists of which each chunk has the next items. Any other list may come whole in each chunk. */
const APPENDED = new Set(["logprobs", "token_ids"]);

/** Members of a chunk, and of a choice, that are joined apart from the others. */
const OF_CHUNK = ["choices"];
const OF_CHOICE = ["delta", "message"];

/** How the members of an object are joined: as pieces of a delta, as lists to append to, or the latest value wins. */
type Mode = "delta" | "append" | "latest";

/**
 * Joins the chunks of a chat completion that has come whole.
 *
 * @param chunks in their order; they are not changed
 * @returns the answer that a call without streaming gives; undefined without chunks
 */
export function joinChunks(chunks: readonly Json[]): Json | undefined {
  const joiner = new CompletionJoiner();
  let begun = false;
  for (const chunk of chunks.map((one) => copy(one))) {
    if (isObject(chunk)) begun = CHAT_CHUNKS.chunk(chunk, begun);
    joiner.add(chunk);
  }
  return joiner.finish() as Json | undefined;
}

/** Joins the chunks of one stream. */
export class CompletionJoiner {
  /** The answer so far; undefined before the first chunk. It is changed by each chunk. */
  snapshot: Members | undefined;
  readonly #choices = new Map<number, Members>();
  /** The same in the order in which they came. */
  readonly #listed: Members[] = [];
  /** What is known of a list beyond its items. */
  readonly #lists = new WeakMap<unknown[], ListJoiner>();

  /** @param chunk as `normalize` of `CHAT_CHUNKS` leaves it */
  add(chunk: unknown): void {
    if (!isObject(chunk)) return;
    const { choices } = chunk;
    this.snapshot ??= { choices: this.#listed };
    this.#members(this.snapshot, chunk, "latest", OF_CHUNK);
    if (!Array.isArray(choices)) return;
    for (let place = 0; place < choices.length; place++)
      if (isObject(choices[place])) this.#choice(choices[place], place);
  }

  /** The answer of all chunks, with the choices in the order of their index. */
  finish(): unknown {
    const answer = this.snapshot;
    if (!answer) return undefined;
    answer["object"] ||= "chat.completion";
    const choices = [...this.#choices].sort(([a], [b]) => a - b);
    answer["choices"] = choices.map(([index, choice]) => this.#finished(choice, index));
    // Some relays report the usage within the choice.
    answer["usage"] ??= choices.map(([, { usage }]) => usage).find(isObject);
    if (answer["usage"] === undefined) delete answer["usage"];
    return answer;
  }

  #choice(piece: Members, place: number): void {
    const { delta, message } = piece;
    // Choices without an index are told apart by their place.
    const index = typeof piece["index"] === "number" ? piece["index"] : place;
    let choice = this.#choices.get(index);
    if (!choice) {
      choice = {};
      this.#choices.set(index, choice);
      this.#listed.push(choice);
    }
    const finish = choice["finish_reason"];
    this.#members(choice, piece, "latest", OF_CHOICE);
    // Some relays add a `stop` after the reason proper.
    if (finish && piece["finish_reason"] === "stop") choice["finish_reason"] = finish;
    if (!isObject(delta)) return;
    choice["message"] ??= {};
    const whole = choice["message"] as Members;
    // Without a delta, a message may be the text so far, not the next piece of it.
    if (delta === message && repeats(whole["content"], delta["content"])) whole["content"] = "";
    this.#members(whole, delta, "delta");
  }

  #finished(choice: Members, index: number): Members {
    if (typeof choice["index"] !== "number") choice["index"] = index;
    const { message } = choice;
    const calls = isObject(message) && message["tool_calls"];
    if (!isObject(message) || !Array.isArray(calls) || calls.length === 0) return choice;
    message["tool_calls"] = this.#lists.get(calls)?.finish?.() ?? calls;
    // Beside calls, the empty text that a stream begins with is none.
    if (message["content"] === "") message["content"] = null;
    return choice;
  }

  /** @param except members that are left out */
  #members(target: Members, pieces: Members, mode: Mode, except: readonly string[] = []): void {
    for (const name in pieces) {
      // Most members of a chunk are those of the chunk before.
      if (except.includes(name) || (mode === "latest" && target[name] === pieces[name])) continue;
      const before = Object.hasOwn(target, name) ? target[name] : undefined;
      const joined = this.#value(before, pieces[name], name, mode);
      // `__proto__` is a member like any other here.
      if (name === "__proto__")
        Object.defineProperty(target, name, {
          value: joined,
          writable: true,
          enumerable: true,
          configurable: true,
        });
      else target[name] = joined;
    }
  }

  #value(before: unknown, piece: unknown, name: string, mode: Mode): unknown {
    if (piece === null || piece === undefined) return before === undefined ? piece : before;
    if (Array.isArray(piece)) return this.#list(Array.isArray(before) ? before : [], piece, name, mode);
    if (isObject(piece)) {
      const target = isObject(before) ? before : {};
      this.#members(target, piece, APPENDED.has(name) ? "append" : mode);
      return target;
    }
    if (typeof piece === "string") {
      const text = name === "object" && piece.endsWith(".chunk") ? piece.slice(0, -6) : piece;
      if (typeof before !== "string") return text;
      return mode === "delta" && !LABEL.test(name) ? before + text : text || before;
    }
    // Chunks that some relays add themselves have no time.
    return name === "created" && piece === 0 && before ? before : piece;
  }

  #list(whole: unknown[], pieces: unknown[], name: string, mode: Mode): unknown[] {
    if (mode === "append" || APPENDED.has(name)) {
      for (const piece of pieces) whole.push(piece);
      return whole;
    }
    const joiner = this.#lists.get(whole) ?? this.#joiner(whole, name, mode);
    this.#lists.set(whole, joiner);
    joiner.add(pieces);
    return whole;
  }

  #joiner(whole: unknown[], name: string, mode: Mode): ListJoiner {
    const join = (of: Mode) => (target: Members, piece: Members) => this.#members(target, piece, of);
    if (mode === "delta" && name === "tool_calls") return new CallJoiner(whole, join(mode));
    if (mode === "delta" && BLOCKS.has(name)) return blockList(whole, join(mode));
    return unionList(whole, join("latest"));
  }
}

/** Whether a piece is the text so far rather than what follows it. Compares no more than the piece has. */
function repeats(before: unknown, piece: unknown): boolean {
  return (
    typeof before === "string" &&
    before !== "" &&
    typeof piece === "string" &&
    piece.length > before.length &&
    piece.startsWith(before)
  );
}
