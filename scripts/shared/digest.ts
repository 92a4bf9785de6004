/** Digests of texts: short keys for texts of any length. */
import { createHash } from "node:crypto";

/** The SHA-256 of some texts, in hexadecimal. Different lists of texts have different digests. */
export function digestOf(...texts: string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text).update("\0");
  return hash.digest("hex");
}
