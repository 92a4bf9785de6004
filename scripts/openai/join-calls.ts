/** Pieces of tool calls, joined by what identifies a call: its index, its ID, else its order. Relays mix up all three. */
import { isObject } from "../shared/json.ts";
import type { ListJoiner } from "./join-lists.ts";

type Members = Record<string, unknown>;
type Join = (target: Members, piece: Members) => void;

/** A call of which more may come. */
interface Open {
  call: Members;
  /** What the arguments so far are as JSON. */
  text: JsonText;
}

/** One piece, taken apart. Empty and null members count as absent. */
interface Piece {
  index: number | undefined;
  id: string | undefined;
  name: string | undefined;
  /** The piece of the arguments or the input. */
  text: string;
  members: Members;
}

/** Joins the pieces of one message's `tool_calls`. */
export class CallJoiner implements ListJoiner {
  readonly #list: unknown[];
  readonly #join: Join;
  readonly #opened: Open[] = [];
  readonly #byIndex = new Map<number, Open>();
  readonly #byId = new Map<string, Open>();

  /** @param list the calls so far, which is appended to */
  constructor(list: unknown[], join: Join) {
    this.#list = list;
    this.#join = join;
  }

  /** @param pieces the `tool_calls` of one delta */
  add(pieces: unknown[]): void {
    const used = new Set<Open>();
    for (const [place, members] of pieces.entries()) {
      if (!isObject(members)) continue;
      const piece = read(members);
      const known = this.#find(piece, place, pieces.length);
      // Two named pieces of one delta are never one call.
      const begins = !known || (used.has(known) && piece.name !== undefined) || this.#begins(piece, known);
      const open = begins ? this.#open() : known;
      used.add(open);
      if (piece.index !== undefined) this.#byIndex.set(piece.index, open);
      if (piece.id !== undefined) this.#byId.set(piece.id, open);
      this.#extend(open, piece);
    }
  }

  /** The calls in the order of their index, without it. A call always has a type and an ID, which a result refers to. */
  finish(): unknown[] {
    const indexes = this.#opened.map(({ call }) => call["index"]);
    const distinct =
      new Set(indexes).size === indexes.length && indexes.every((index) => typeof index === "number");
    const calls = this.#opened.map(({ call }) => call);
    if (distinct) calls.sort((a, b) => (a["index"] as number) - (b["index"] as number));
    return calls.map((call, place) => {
      const { index: _, ...rest } = call;
      rest["id"] ||= `call_${place}`;
      rest["type"] ||= isObject(rest["custom"]) ? "custom" : "function";
      return rest;
    });
  }

  #find({ index, id, name, text }: Piece, place: number, count: number): Open | undefined {
    const last = this.#opened.at(-1);
    const byId = id === undefined ? undefined : this.#byId.get(id);
    if (byId) return byId;
    const byIndex = index === undefined ? undefined : this.#byIndex.get(index);
    // A relay that sends the same index for every piece means the call that is not complete yet.
    if (byIndex?.text.complete && !name && text.trim() && last && !last.text.complete) return last;
    if (byIndex) return byIndex;
    return index === undefined && id === undefined && !name && count > 1 ? this.#opened[place] : last;
  }

  /** Whether a piece is the first of another call than the one that its index, ID or order leads to. */
  #begins({ index, id, name, text }: Piece, { call, text: before }: Open): boolean {
    const known = { id: call["id"], name: nameOf(call) };
    const sameIndex = index !== undefined && this.#byIndex.get(index)?.call === call;
    const newId = id !== undefined && Boolean(known.id) && known.id !== id && !this.#byId.has(id);
    if (!name) {
      // Some relays invent an ID, or count the index, for every piece of one call.
      return !sameIndex && (newId || (index !== undefined && id !== undefined && !this.#byId.has(id)))
        ? !known.name || before.complete
        : false;
    }
    if (!known.name) return newId && !sameIndex;
    if (id !== undefined && known.id === id) return index !== undefined && !sameIndex && before.complete;
    if (before.complete)
      return newId || name !== known.name || text !== "" || (index !== undefined && !sameIndex);
    if (before.begun) return name !== known.name || (index !== undefined && !sameIndex && newId);
    return newId ? !sameIndex || name !== known.name : !sameIndex;
  }

  #open(): Open {
    const open: Open = { call: {}, text: new JsonText() };
    this.#opened.push(open);
    this.#list.push(open.call);
    return open;
  }

  #extend({ call, text: json }: Open, { name, text, members }: Piece): void {
    const { index, id, ...rest } = members;
    if (typeof index === "number") call["index"] ??= index;
    if (id) call["id"] ||= id;
    const before = nameOf(call);
    // A name can come in two pieces, but only before any arguments.
    const joined =
      !before || !name || json.begun ? before || name : name.startsWith(before) ? name : before + name;
    // Nothing can follow a whole object: some relays begin with `{}`, or repeat the call when it is complete.
    if (json.complete && /^\s*\{/.test(text)) {
      json.restart();
      if (isObject(call["function"])) call["function"]["arguments"] = "";
    }
    this.#join(call, rest);
    json.add(text);
    if (joined !== undefined) heldBy(call)["name"] = joined;
  }
}

function read(members: Members): Piece {
  const held = heldBy(members);
  const text = held["arguments"] ?? held["input"];
  return {
    index: typeof members["index"] === "number" ? members["index"] : undefined,
    id: nonEmpty(members["id"]),
    name: nonEmpty(held["name"]),
    text: typeof text === "string" ? text : "",
    members,
  };
}

/** What holds a call's name and its arguments or input. */
function heldBy({ function: called, custom }: Members): Members {
  return [called, custom].find(isObject) ?? {};
}

function nameOf(call: Members): string | undefined {
  return nonEmpty(heldBy(call)["name"]);
}

function nonEmpty(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Tells whether an object or a list of JSON that comes in pieces is complete, by looking at each character once. */
class JsonText {
  /** Whether anything but white space has come. */
  begun = false;
  /** Whether the last bracket is closed. A number or a text alone can always go on. */
  complete = false;
  #depth = 0;
  #quoted = false;
  #escaped = false;

  restart(): void {
    this.begun = false;
    this.complete = false;
  }

  add(text: string): void {
    this.begun ||= text.trim() !== "";
    for (let at = 0; at < text.length; at++) {
      const char = text[at];
      if (this.#escaped) this.#escaped = false;
      else if (this.#quoted && char === "\\") this.#escaped = true;
      else if (char === '"') this.#quoted = !this.#quoted;
      else if (this.#quoted) continue;
      else if (char === "{" || char === "[") this.#depth += 1;
      else if (char === "}" || char === "]") {
        this.#depth -= 1;
        this.complete ||= this.#depth === 0;
      }
    }
  }
}
