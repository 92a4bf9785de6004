/** The keys that were sent lately, to be taken out of what servers say about them. */

/** What is shorter is not a secret, and may be part of a word. */
const SHORTEST = 8;
/** A function may give another key for each request. */
const KEPT = 10;

export class Secrets {
  #sent: string[] = [];

  /** @param value of the header that carries the key */
  add(value: string): void {
    const secret = value.replace(/^(Bearer|Basic) /i, "");
    if (secret.length < SHORTEST || this.#sent.includes(secret)) return;
    this.#sent = [secret, ...this.#sent.slice(0, KEPT - 1)];
  }

  /** A text, JSON included, with `***` in place of each key. */
  readonly mask = (text: string): string => {
    let masked = text;
    for (const secret of this.#sent) {
      for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
        masked = masked.replaceAll(form, "***");
    }
    return masked;
  };
}
