/** What a change means for those who use the API. */
import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../shared/json.ts";

/** From the mildest to the most severe, as semantic versioning has them. @see https://semver.org */
export const LEVELS = ["none", "patch", "minor", "major"] as const;
export type Level = (typeof LEVELS)[number];

/** One change of a contract. */
export interface Change {
  level: Exclude<Level, "none">;
  /** `POST /v1/chat/completions`, or `webhook POST orderPaid`; null for what concerns the whole document. */
  operation: string | null;
  /** A JSON Pointer below the operation, or below the document; references are followed. */
  path: string;
  /** One sentence. */
  message: string;
  /** What was there, null where there was nothing. */
  was: Json;
  /** What is there, null where there is nothing. */
  is: Json;
}

/**
 * What a difference does to the set of values that a schema accepts: it is smaller, larger, or neither contains the
 * other. `added` is a member that the old contract did not speak of; `noted` changes no value at all.
 */
export type Effect = "narrowed" | "widened" | "changed" | "added" | "noted";

/** One difference between two parts of a contract, before it is known who sends the values. */
export interface Difference {
  effect: Effect;
  /** From the part that was compared. */
  path: readonly string[];
  message: string;
  was?: unknown;
  is?: unknown;
}

/** Who writes the values that a schema describes: of a request the consumer, of an answer the server. */
export type Sender = "consumer" | "server";

/**
 * The one rule of this folder. A request must be accepted if it was accepted before; an answer must be one that was
 * allowed before. So a consumer is broken by requests that narrow and by answers that widen.
 */
export function levelOf(effect: Effect, sender: Sender): Change["level"] {
  if (effect === "noted") return "patch";
  if (effect === "added") return "minor";
  if (effect === "changed") return "major";
  return (effect === "narrowed") === (sender === "consumer") ? "major" : "minor";
}

/** The most severe level of some changes. */
export function highest(changes: readonly { level: Level }[]): Level {
  return changes.reduce<Level>(
    (found, { level }) => (LEVELS.indexOf(level) > LEVELS.indexOf(found) ? level : found),
    "none",
  );
}

/** The same difference, seen from an object that the compared part is a member of. */
export function below(differences: readonly Difference[], ...path: string[]): Difference[] {
  return differences.map((difference) => ({ ...difference, path: [...path, ...difference.path] }));
}

/** The differences of a part whose values are those that must not be (`not`). */
export function inverted(differences: readonly Difference[]): Difference[] {
  const opposite = { narrowed: "widened", widened: "narrowed" } as const;
  return differences.map((difference) => {
    const { effect } = difference;
    return effect === "narrowed" || effect === "widened"
      ? { ...difference, effect: opposite[effect] }
      : difference;
  });
}

/** A value in a sentence: short, and on one line. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return `\`${text.length > 80 ? `${text.slice(0, 79)}…` : text}\``;
}

/** A keyword that came, went, or is another: a schema with it accepts less than one without. */
export function presence(keyword: string, was: unknown, is: unknown): Difference[] {
  if (was === undefined && is === undefined) return [];
  const effect = was === undefined ? "narrowed" : is === undefined ? "widened" : "changed";
  const verb = was === undefined ? "is new" : is === undefined ? "is gone" : "is another";
  return [{ effect, path: [keyword], message: `The condition in \`${keyword}\` ${verb}.`, was, is }];
}

/**
 * The members of these names that differ, and the extensions: texts and examples, which change no value.
 *
 * @param compared extensions that have a meaning there, and are compared by it
 */
export function notes(
  old: Record<string, unknown>,
  now: Record<string, unknown>,
  names: readonly string[],
  compared: readonly string[] = [],
): Difference[] {
  const extensions = [...Object.keys(old), ...Object.keys(now)].filter((name) => name.startsWith("x-"));
  return [...new Set([...names, ...extensions])]
    .filter((name) => !compared.includes(name) && !isDeepStrictEqual(old[name], now[name]))
    .map((name) => rewritten(name, old[name], now[name]));
}

/** A member that is written differently, which changes no value. */
export function rewritten(name: string, was: unknown, is: unknown): Difference {
  return { effect: "noted", path: [name], message: `\`${name}\` is written differently.`, was, is };
}
