/**
 * A contract of six endpoints of kinds that our own does not have: `openapi/` here holds what a contributor would add to
 * it. They are not part of the product.
 */
import { existsSync } from "node:fs";
import { cp, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const own = fileURLToPath(new URL("openapi", import.meta.url));
const ours = fileURLToPath(new URL("../../openapi", import.meta.url));

/**
 * Writes the contract into a folder, with the errors and headers of ours that it refers to, and our rules beside it.
 *
 * @returns its root file
 */
export async function writeEndpoints(folder: string): Promise<string> {
  await cp(own, folder, { recursive: true });
  await cp(join(ours, "rules"), join(folder, "rules"), { recursive: true });
  const root = join(folder, "openapi.yaml");
  const files = new Set([root]);
  for (const file of files) {
    if (!file.endsWith(".yaml")) continue;
    if (!existsSync(file)) await cp(join(ours, file.slice(folder.length)), file);
    for (const [, name = ""] of (await readFile(file, "utf8")).matchAll(/\$ref: ([\w./-]+)$/gm))
      files.add(join(dirname(file), name));
  }
  return root;
}
