/** Randomness that can be repeated. */
import { createHash } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** An ID like the example: its prefix (`task_`, `chatcmpl-`), then as many random letters and digits. */
  id(example: string): string;
}

/** A number from texts, the same for the same texts: a seed. */
export function seedOf(...texts: string[]): number {
  return digestOf(...texts).readUInt32BE();
}

/** What stands for texts of any length: no others have the same. */
export function digestOf(...texts: string[]): Buffer {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text).update("\0");
  return hash.digest();
}

/** A generator of numbers (xorshift32, G. Marsaglia 2003), the same for the same seed. */
export function random(seed: number): Random {
  let state = seed || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const id = (example: string) => {
    const prefix = /^[A-Za-z]+[_-]/.exec(example)?.[0] ?? "";
    const letters = Array.from(
      example.slice(prefix.length),
      () => ALPHABET[Math.floor(next() * ALPHABET.length)],
    );
    return prefix + letters.join("");
  };
  return { next, id };
}
