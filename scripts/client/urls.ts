/** Addresses. */

/** `URL.parse`, which older runtimes lack. */
export function parseURL(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
