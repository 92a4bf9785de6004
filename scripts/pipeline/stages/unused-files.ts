/** Files beside a contract that it does not refer to: nobody reads what they say. */
import { globSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Contract } from "../read/contract.ts";

/** The folders of a contract that hold nothing but its parts. */
const PARTS = ["components", "examples", "guides", "paths", "samples"];

/** @returns each file in the folders of a contract that reading it did not need, by absolute path, in order */
export function unusedFiles({ root, files }: Pick<Contract, "root" | "files">): string[] {
  const folder = dirname(root);
  return globSync(`{${PARTS.join(",")}}/**/*`, { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !files.includes(file))
    .sort();
}
