/** What a check finds where the API differs from its contract, and the report of a run. */
import type { Json } from "../shared/json.ts";

/**
 * `break` contradicts what the contract states. `undocumented` is something that the contract does not know. `note`
 * cannot be decided from outside, such as a parameter that the model may not support.
 */
export type Kind = "break" | "undocumented" | "note";

/** A finding of one check. */
export interface Found {
  kind: Kind;
  /** A JSON Pointer into the answer's body; for a request that should have been refused, into the request's body. */
  pointer: string;
  message: string;
  expected: string;
  actual: string;
  /** Whether the model's will may be the cause: then only a finding that comes at every try counts. */
  whim?: boolean;
  /** For a member that the contract does not know: where it would be documented. */
  member?: UnknownMember;
}

/** A member that the contract does not know. */
export interface UnknownMember {
  /** The component schema that would have the member, or the place of a schema without a name. */
  schema: string;
  name: string;
  value: Json;
}

/** A finding with where it came from. */
export interface Finding {
  kind: Kind;
  /** The operation's `operationId`. */
  operation: string;
  case: string;
  pointer: string;
  message: string;
  expected: string;
  actual: string;
  /** A command that sends the request again; the API key is a variable in it. */
  curl: string;
}

/** The longest text of an expected or actual value, in characters. */
const PREVIEW = 200;

/** Collects what checks find. */
export class Findings {
  readonly list: Found[] = [];

  break(pointer: string, message: string, expected: unknown = "", actual: unknown = undefined): void {
    this.add("break", pointer, message, expected, actual);
  }

  undocumented(pointer: string, message: string, actual: unknown, member?: UnknownMember): void {
    this.add("undocumented", pointer, message, "", actual);
    const last = this.list.at(-1);
    if (last && member) last.member = member;
  }

  note(pointer: string, message: string, expected: unknown = "", actual: unknown = undefined): void {
    this.add("note", pointer, message, expected, actual);
  }

  /** A break that may come from the model's will once, but not at every try. */
  whim(pointer: string, message: string, expected: unknown = "", actual: unknown = undefined): void {
    this.break(pointer, message, expected, actual);
    this.markWhim();
  }

  /** Something the model is free to do, and strange only when it does so at every try. */
  whimNote(pointer: string, message: string, expected: unknown = "", actual: unknown = undefined): void {
    this.note(pointer, message, expected, actual);
    this.markWhim();
  }

  private markWhim(): void {
    const last = this.list.at(-1);
    if (last) last.whim = true;
  }

  private add(kind: Kind, pointer: string, message: string, expected: unknown, actual: unknown): void {
    this.list.push({ kind, pointer, message, expected: preview(expected), actual: preview(actual) });
  }
}

/** A value as one short line; a text stands as it is, a missing value is the empty text. */
function preview(value: unknown): string {
  const text = typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
  return text.length > PREVIEW ? `${text.slice(0, PREVIEW)}…` : text;
}

/** The same finding at another item of a list is the same finding. */
export function keyOf({ kind, pointer, message }: Found, operation: string): string {
  return [kind, operation, pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*"), message.replaceAll(/\d+/g, "#")].join(
    "\n",
  );
}
