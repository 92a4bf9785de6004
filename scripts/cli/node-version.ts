/** Whether this Node is one that the package can run on. */
import { readFileSync } from "node:fs";
import { InputError } from "../shared/input-error.ts";

/**
 * Refuses a Node that is too old before anything fails on it in words that say less.
 *
 * @param version default: that of the running Node
 * @param needed a range of the form `>=22.12`; default: `engines.node` of the package
 * @throws {InputError} naming both versions
 */
export function assertNode(version = process.versions.node, needed = engine()): void {
  const parts = (text: string) => text.replace(/^\D+/, "").split(".").map(Number);
  const [has, wants] = [parts(version), parts(needed)];
  const differing = wants.findIndex((part, index) => part !== (has[index] ?? 0));
  if (differing === -1 || (has[differing] ?? 0) > (wants[differing] ?? 0)) return;
  throw new InputError({
    message: `This is Node ${version}, and Node ${needed.replace(/^\D+/, "")} or newer is needed.`,
    advice: "Install a newer one from nodejs.org, or with your version manager.",
  });
}

function engine(): string {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return JSON.parse(manifest).engines.node;
}
