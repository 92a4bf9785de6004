/** The order of the chunks of one chat completion: one identity, one role, one reason, and texts that continue. */
import { isObject, type Json, type Members, member, objectsIn } from "../../shared/json.ts";
import type { Findings } from "../findings.ts";

/** What has come of one choice. */
interface Progress {
  role: boolean;
  reason: Json | undefined;
  /** The pieces of the text and of the reasoning, in order. */
  pieces: string[];
  /** The tool calls by their index; those without one have negative numbers. */
  calls: Map<number, Call>;
}

/** What has come of one tool call; empty texts count as none. */
interface Call {
  id: string;
  name: string;
}

/** The same in every chunk. */
const IDENTITY = ["id", "created", "model"] as const;
/** Members of a delta that hold text. */
const TEXTS = ["content", "reasoning_content", "reasoning", "refusal"];
/** The number of pieces that shows a pattern; fewer may be chance. */
const PATTERN = 4;

export class ChunkSequence {
  private readonly identity = new Map<string, Json>();
  private readonly choices = new Map<number, Progress>();
  private readonly found: Findings;

  constructor(found: Findings) {
    this.found = found;
  }

  add(chunk: Members): void {
    const { object, choices } = chunk;
    if (typeof object === "string" && object !== "" && object !== "chat.completion.chunk")
      this.found.break("/object", "object names another kind of chunk.", "chat.completion.chunk", object);
    const list = Array.isArray(choices) ? choices : [];
    const isEmpty = list.every(saysNothing);
    for (const name of IDENTITY) this.identify(name, chunk[name], isEmpty);
    for (const choice of list) if (isObject(choice)) this.continueChoice(choice);
  }

  /** Some upstreams begin, or end, with a chunk that says nothing and has an empty identity. */
  private identify(name: string, value: Json | undefined, isEmpty: boolean): void {
    if (value === undefined || value === null) return;
    if (value === "" || value === 0) {
      if (!isEmpty)
        this.found.break(`/${name}`, `${name} is empty in a chunk.`, this.identity.get(name), value);
      return;
    }
    const before = this.identity.get(name);
    if (before === undefined) this.identity.set(name, value);
    else if (before !== value)
      this.found.break(`/${name}`, `${name} changes in the middle of the stream.`, before, value);
  }

  private continueChoice(choice: Members): void {
    const index = typeof choice["index"] === "number" ? choice["index"] : 0;
    const at = `/choices/${index}`;
    const delta = isObject(choice["delta"]) ? choice["delta"] : {};
    const known = this.choices.get(index);
    const progress: Progress = known ?? { role: false, reason: undefined, pieces: [], calls: new Map() };
    this.choices.set(index, progress);
    this.checkRole(delta["role"], `${at}/delta/role`, progress, known === undefined);
    const texts = TEXTS.map((name) => delta[name]).filter((text) => typeof text === "string" && text !== "");
    const calls = objectsIn(delta["tool_calls"]);
    if (progress.reason !== undefined && (texts.length > 0 || calls.length > 0))
      this.found.break(
        `${at}/delta`,
        "More comes of a choice after its finish_reason.",
        "an empty delta",
        delta,
      );
    if (typeof delta["content"] === "string" && delta["content"] !== "")
      progress.pieces.push(delta["content"]);
    for (const call of calls) this.continueCall(call, `${at}/delta/tool_calls`, progress);
    this.finish(choice["finish_reason"], `${at}/finish_reason`, progress);
  }

  private checkRole(role: Json | undefined, at: string, progress: Progress, first: boolean): void {
    if (role === undefined || role === null || role === "") return;
    if (role !== "assistant")
      this.found.break(at, "The role is another one than assistant.", "assistant", role);
    else if (progress.role)
      this.found.note(at, "The role comes more than once.", "the role in the first chunk only", role);
    else if (!first)
      this.found.note(at, "The role does not come in the first chunk.", "the role first", "later");
    progress.role = true;
  }

  /** The first part of a call has its ID and its name; readers append what comes twice. */
  private continueCall(part: Members, at: string, { calls }: Progress): void {
    const held = part["function"] ?? part["custom"];
    const name = textOf(member(held, "name"));
    const id = textOf(part["id"]);
    const index = typeof part["index"] === "number" ? part["index"] : indexOf(calls, id, name);
    const call = calls.get(index) ?? { id: "", name: "" };
    if (call.id !== "" && id !== "" && call.id !== id)
      this.found.break(`${at}/0/id`, "The ID of a tool call changes in the middle of the call.", call.id, id);
    else if (call.name !== "" && name !== "")
      this.found.break(
        `${at}/0/function/name`,
        "The name of a tool call comes more than once.",
        "the name in the first part of the call",
        `${call.name}, ${name}`,
      );
    calls.set(index, { id: call.id || id, name: call.name || name });
  }

  private finish(reason: Json | undefined, at: string, progress: Progress): void {
    if (reason === undefined || reason === null) return;
    if (reason === "") {
      this.found.break(at, "finish_reason is empty before the choice has ended.", null, reason);
      return;
    }
    if (progress.reason !== undefined)
      this.found.break(at, "A choice ends twice.", "one finish_reason", [progress.reason, reason]);
    progress.reason = reason;
  }

  /** Checks what only the whole stream shows. */
  end(): void {
    if (this.choices.size === 0)
      this.found.break("/choices", "No chunk has a choice.", "at least one choice", "none");
    for (const [index, { role, reason, pieces, calls }] of this.choices) {
      const at = `/choices/${index}`;
      if (!role)
        this.found.break(`${at}/delta/role`, "The role never comes.", "assistant in the first chunk", "none");
      if (reason === undefined)
        this.found.break(
          `${at}/finish_reason`,
          "A choice has no finish_reason.",
          "a reason in its last chunk",
          "none",
        );
      for (const { id, name } of calls.values()) {
        const part = `${at}/delta/tool_calls/0`;
        if (id === "") this.found.break(`${part}/id`, "A tool call has no ID.", "an ID", name || "none");
        if (name === "")
          this.found.break(`${part}/function/name`, "A tool call has no name.", "a name", id || "none");
      }
      if (isCumulative(pieces))
        this.found.break(
          `${at}/delta/content`,
          "Each piece repeats the text so far.",
          "the next piece alone",
          pieces.at(-1),
        );
      else if (isDoubled(pieces))
        this.found.break(
          `${at}/delta/content`,
          "Each piece of the text comes twice.",
          "each piece once",
          pieces.slice(0, 4),
        );
    }
  }

  /** The text of each choice with the number of its pieces. */
  texts(): { text: string; pieces: number; at: string }[] {
    return [...this.choices].map(([index, { pieces }]) => ({
      text: pieces.join(""),
      pieces: pieces.length,
      at: `/choices/${index}/delta/content`,
    }));
  }
}

/** Whether a choice of a chunk adds nothing: no text, no call, no reason. */
function saysNothing(choice: Json): boolean {
  if (!isObject(choice) || choice["finish_reason"]) return false;
  const delta = choice["delta"];
  return !isObject(delta) || Object.keys(delta).length === 0;
}

/** The number of a call without an index: an ID tells it, else a name begins the next one. */
function indexOf(calls: Map<number, Call>, id: string, name: string): number {
  const entries = [...calls];
  const known = id === "" ? undefined : entries.find(([, call]) => call.id === id)?.[0];
  const last = entries.at(-1)?.[0];
  return known ?? (name === "" && last !== undefined ? last : -1 - calls.size);
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function isCumulative(pieces: string[]): boolean {
  return (
    pieces.length >= PATTERN &&
    pieces.every((piece, index) => index === 0 || piece.startsWith(pieces[index - 1] ?? "")) &&
    pieces.some((piece, index) => index > 0 && piece !== pieces[index - 1])
  );
}

function isDoubled(pieces: string[]): boolean {
  return (
    pieces.length >= PATTERN * 2 &&
    pieces.length % 2 === 0 &&
    pieces.every((piece, index) => index % 2 === 0 || piece === pieces[index - 1])
  );
}
