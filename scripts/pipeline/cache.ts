/** Keeps the results of stages by a digest of their inputs, so that a stage whose inputs did not change is skipped. */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { deserialize, serialize } from "node:v8";

/**
 * Gives the result that was made from these inputs before, or makes it.
 *
 * @param name of what is made: `types`
 * @param inputs all that it depends on, beside the code: JSON, maps and numbers of any kind
 * @param isKept whether a result may be given again; default: any
 */
export type Cache = <T>(
  name: string,
  inputs: readonly unknown[],
  make: () => Promise<T>,
  isKept?: (made: T) => boolean,
) => Promise<T>;

/** Keeps nothing. */
export const uncached: Cache = (_, __, make) => make();

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** Where results are kept. `npm ci` removes it together with the tools. */
const FOLDER = join(repository, "node_modules/.cache/routescope");

/** What the results depend on beside the inputs: the pipeline and the rules of lint, and the versions of the tools. */
const CODE = ["scripts", "openapi/rules", "openapi/extensions"];
const INSTALLED = "node_modules/.package-lock.json";

/** How many results of each name are kept: the latest ones. */
const KEPT = 8;

interface DiskCacheOptions {
  /** Default: below `node_modules/`. */
  folder?: string;
  /** Gives the digest of all that results depend on beside their inputs. Default: of our code and its tools. */
  codeDigest?: () => Promise<string>;
  /** False makes every result anew, and keeps it for the builds that follow. Default: true. */
  reads?: boolean;
}

/**
 * A cache on the disk. What cannot be read from it is made anew, and what cannot be written to it is not kept, so that it
 * never stops a build.
 */
export function diskCache({
  folder = FOLDER,
  codeDigest = digestOfCode,
  reads = true,
}: DiskCacheOptions = {}): Cache {
  let code: Promise<string | undefined> | undefined;
  const digests = new WeakMap<object, string>();

  function digestOf(value: unknown): string {
    const object = typeof value === "object" && value !== null ? value : undefined;
    const digest =
      (object && digests.get(object)) ?? createHash("sha256").update(textOf(value)).digest("hex");
    if (object) digests.set(object, digest);
    return digest;
  }

  return async (name, inputs, make, isKept = () => true) => {
    code ??= codeDigest().catch(() => undefined);
    const tools = await code;
    // Without their digest, a kept result may be that of other tools.
    if (tools === undefined) return make();
    const key = digestOf([tools, ...inputs.map(digestOf)].join(" "));
    const file = join(folder, `${name}-${key}`);
    const found = reads
      ? await readFile(file)
          .then(deserialize)
          .catch(() => undefined)
      : undefined;
    if (found !== undefined) return found;
    const made = await make();
    if (isKept(made)) await keep(folder, name, file, serialize(made)).catch(() => undefined);
    return made;
  };
}

/** A value as JSON, with the values that JSON does not have. V8's `serialize` may write equal values differently. */
function textOf(value: unknown): string {
  const text = JSON.stringify(value, (_, member: unknown) => {
    if (member instanceof Map) return { "\0map": [...member] };
    return typeof member === "number" && !Number.isFinite(member) ? { "\0number": String(member) } : member;
  });
  return String(text);
}

/** Writes a result, and removes the oldest ones of that name. */
async function keep(folder: string, name: string, file: string, content: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Another process may read it at any time, so it appears as a whole.
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, content);
  await rename(unfinished, file);
  const names = (await readdir(folder)).filter((other) => other.startsWith(`${name}-`));
  const dated = await Promise.all(
    names.map(async (other) => ({ other, made: (await stat(join(folder, other))).mtimeMs })),
  );
  const old = dated.sort((one, other) => other.made - one.made).slice(KEPT);
  for (const { other } of old) await rm(join(folder, other), { force: true });
}

/** A digest of the code, the versions of the tools and that of Node. */
export async function digestOfCode(root = repository): Promise<string> {
  const digest = createHash("sha256")
    .update(process.version)
    .update(await readFile(join(root, INSTALLED)));
  for (const folder of CODE) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    const contents = await Promise.all(files.sort().map((file) => readFile(file)));
    for (const [index, content] of contents.entries())
      digest.update(`\0${relative(root, files[index] ?? "")}\0${content.length}\0`).update(content);
  }
  return digest.digest("hex");
}
