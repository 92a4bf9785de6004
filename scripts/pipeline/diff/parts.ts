/** What the comparisons of an operation's parts share. */
import type { Document } from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import { isObject } from "../../shared/json.ts";
import type { Difference, Sender } from "./change.ts";
import { SchemaComparison } from "./schema.ts";

/** A difference, and who sends the values that it is about. */
export interface Sent {
  sender: Sender;
  differences: Difference[];
}

/** The two documents, with comparisons of their schemas that remember what they compared. */
export class Documents {
  readonly old: Document;
  readonly now: Document;
  readonly #comparisons = new Map<string, SchemaComparison>();

  constructor(old: Document, now: Document) {
    this.old = old;
    this.now = now;
  }

  /** @param text whether the values travel as text rather than as JSON */
  schemas(sender: Sender, text = false): SchemaComparison {
    const key = `${sender} ${text}`;
    const known = this.#comparisons.get(key);
    if (known) return known;
    const made = new SchemaComparison({ old: this.old, now: this.now, sender, text });
    this.#comparisons.set(key, made);
    return made;
  }

  /** Both behind their references; an absent one is an object without members. */
  resolved(old: unknown, now: unknown): [Record<string, unknown>, Record<string, unknown>] {
    return [
      isObject(old) ? deref<Record<string, unknown>>(this.old, old) : {},
      isObject(now) ? deref<Record<string, unknown>>(this.now, now) : {},
    ];
  }
}

/** A member that is an object; an empty one where it is absent. */
export function part(of: Record<string, unknown>, name: string): Record<string, unknown> {
  const found = of[name];
  return isObject(found) ? found : {};
}

/** Whether something that was optional is required now, or the other way round. */
export function requiredness(old: Record<string, unknown>, now: Record<string, unknown>): Difference[] {
  const [was, is] = [old["required"] === true, now["required"] === true];
  if (was === is) return [];
  const message = is ? "This is now required." : "This is no longer required.";
  return [{ effect: is ? "narrowed" : "widened", path: ["required"], message, was, is }];
}
