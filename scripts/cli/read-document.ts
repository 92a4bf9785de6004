/** The contract that a command works on: this package's own, or the one that `--input` names. */
import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Document } from "../document/model.ts";
import type { Access } from "../pipeline/read/files.ts";
import { InputError } from "../shared/input-error.ts";
import type { Follow } from "../shared/watch.ts";

const CONTRACT = new URL("../../generated/openapi.json", import.meta.url);

/**
 * Reads a contract.
 *
 * @param input the path of an OpenAPI document; undefined for the contract of this package
 * @param access what the document may refer to beyond its folder
 * @param follow told of each file that is read
 * @returns the contract in one piece
 * @throws {InputError} naming the file that cannot be used
 */
export async function readDocument(
  input: string | undefined,
  access: Access = {},
  follow: Follow = () => {},
): Promise<Document> {
  if (input !== undefined) {
    // What bundles a contract takes a while to load, and most do not need it.
    const { readContract } = await import("../pipeline/read/contract.ts");
    const { printWarnings } = await import("../pipeline/report.ts");
    const { document, warnings } = await readContract(resolve(input), follow, access);
    printWarnings(warnings);
    return document;
  }
  const file = fileURLToPath(CONTRACT);
  const place = { file };
  const advice = `\`npm run build\` writes ${relative("", file)}.`;
  follow(file);
  const text = await readFile(file, "utf8").catch(() => {
    throw new InputError({ place, message: "There is no such file.", advice });
  });
  try {
    return JSON.parse(text) as Document;
  } catch {
    throw new InputError({ place, message: "This is not JSON.", advice });
  }
}
