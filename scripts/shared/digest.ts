/** Digests of texts: short keys for texts of any length. */
import { hash } from "node:crypto";

/** The SHA-256 of some texts, in hexadecimal. Different lists of texts have different digests. */
export function digestOf(...texts: string[]): string {
  return hash("sha256", texts.map((text) => `${text}\0`).join(""), "hex");
}
