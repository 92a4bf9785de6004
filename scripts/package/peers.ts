/**
 * The optional peers of this package: what the mock stands on. Whoever only wants the client never installs them, and
 * whoever starts the mock without them is told how to.
 */
import { readFileSync } from "node:fs";
import { InputError } from "../shared/input-error.ts";

const MANIFEST = new URL("../../package.json", import.meta.url);

/** What of this package's own `package.json` its commands tell. */
export function manifest(): { version: string; peerDependencies: Record<string, string> } {
  return JSON.parse(readFileSync(MANIFEST, "utf8"));
}

/**
 * @param error what an import failed with, or anything else that was thrown
 * @returns what to say if it failed because a peer is not installed: all those that are missing, and the command that
 *   installs them. Undefined for any other error
 */
export function missingPeers(error: unknown): InputError | undefined {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "ERR_MODULE_NOT_FOUND")
    return undefined;
  const { peerDependencies } = manifest();
  const missing = Object.entries(peerDependencies).filter(([name]) => !isInstalled(name));
  if (missing.length === 0) return undefined;
  const wanted = missing.map(([name, range]) => `"${name}@${range}"`);
  return new InputError({
    message: `The mock needs packages that are not installed: ${missing.map(([name]) => name).join(", ")}.`,
    advice: `npm install --save-dev ${wanted.join(" ")}`,
  });
}

function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}
