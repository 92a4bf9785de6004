/** What the parts of a comparison of schemas need of each other. */
import type { Document } from "../../document/model.ts";
import type { Difference, Sender } from "./change.ts";

/** The documents that are compared, and how the values travel. */
export interface SchemaPair {
  old: Document;
  now: Document;
  /** Who sends the values: `readOnly` members are not part of a request, `writeOnly` ones not of an answer. */
  sender: Sender;
  /** Whether values travel as text, as in a query or a form: then any scalar is a string as well. */
  text: boolean;
}

/** A comparison of schemas in progress. */
export interface Comparison {
  readonly pair: SchemaPair;
  /** What the new schema accepts otherwise than the old one; an absent schema accepts any value. */
  compare(old: unknown, now: unknown): Difference[];
}

/** Whether two schemas accept the same. */
export function isSame(comparison: Comparison, old: unknown, now: unknown): boolean {
  return comparison.compare(old, now).every(({ effect }) => effect === "noted");
}
