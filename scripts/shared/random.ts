/** Random numbers that can be repeated. No Node imports: `scripts/openai/` uses them, and the client bundles that. */

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** An ID like the example: its prefix (`task_`, `chatcmpl-`), then as many random letters and digits. */
  id(example: string): string;
}

/** A seed: a 32-bit number that is the same for the same texts (FNV-1a, then the finalizer of MurmurHash3). */
export function seedOf(...texts: string[]): number {
  let hash = 0x811c9dc5;
  for (const text of texts) {
    for (let index = 0; index < text.length; index++)
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    // Keeps ("ab", "c") apart from ("a", "bc").
    hash = Math.imul(hash ^ 0xffff, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
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
    let text = prefix;
    for (const _ of example.slice(prefix.length)) text += ALPHABET[Math.floor(next() * ALPHABET.length)];
    return text;
  };
  return { next, id };
}
