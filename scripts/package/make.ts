/**
 * Makes the npm package, in a folder that is ready for `npm pack` and `npm publish`.
 *
 * It mirrors the repository: what is `scripts/a.ts` here is `scripts/a.js` there, so that whatever finds a file by its
 * place finds it there too. What goes in follows from `exports` and `bin` of `package.json`, and from what those import.
 */
import { readFileSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build, type InlineConfig } from "tsdown";
import { type Files, readContract } from "../pipeline/read/contract.ts";
import { docs } from "../pipeline/stages/docs/stage.ts";
import { InputError } from "../shared/input-error.ts";
import { PACKED } from "../shared/static-folder.ts";
import { type Step, silently } from "../shared/step.ts";
import { counted, messageOf } from "../shared/text.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const MANIFEST = join(root, "package.json");
export const OUT = join(root, "dist");
/** The folder of the TypeScript sources, to which maps lead. */
const SOURCES = "src";

/** What runs anywhere, a browser included: a single file each, on `dependencies` alone. */
const PORTABLE = new Set([".", "./tools", "./schema"]);

export interface Manifest {
  version: string;
  exports: Record<string, string>;
  bin: Record<string, string>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  [field: string]: unknown;
}

/** What of `package.json` concerns who installs the package. */
const PUBLIC = [
  "name",
  "version",
  "description",
  "keywords",
  "license",
  "type",
  "sideEffects",
  "engines",
  "bin",
  "exports",
  "dependencies",
  "peerDependencies",
  "peerDependenciesMeta",
];

/**
 * Makes the package from the sources and `generated/` as they are.
 *
 * @param out the folder, which is emptied first
 * @param manifest default: `package.json`
 * @param step runs each step, and may show it
 * @throws {InputError} when the version is not the contract's, or a module imports what the package does not depend on
 */
export async function makePackage(
  out: string,
  manifest = readManifest(),
  step: Step = silently,
): Promise<void> {
  const contract = await readContract(join(root, "openapi/openapi.yaml"));
  checkVersion(manifest, contract.document.info.version);
  await rm(out, { recursive: true, force: true });
  await step(
    "code",
    () => compile(manifest, out),
    (sources) => counted(sources.length, "source"),
  );
  await step(
    "docs",
    async () => writeDocs(await docs(contract), out),
    (count) => counted(count, "file"),
  );
  for (const file of Object.values(manifest.exports).filter((file) => !isCode(file))) {
    await write(join(out, file), withoutSpace(file, await readFile(join(root, file), "utf8")));
  }
  await cp(join(root, "scripts/package/README.md"), join(out, "README.md"));
  for (const file of ["LICENSE", "CHANGELOG.md"]) await cp(join(root, file), join(out, file));
  await write(join(out, "package.json"), `${JSON.stringify(published(manifest), null, 2)}\n`);
}

export function readManifest(): Manifest {
  return JSON.parse(readFileSync(MANIFEST, "utf8"));
}

/** @throws {InputError} when the two differ: the package is versioned by the contract */
function checkVersion({ version }: Manifest, contract: string): void {
  if (version === contract) return;
  throw new InputError({
    place: { file: MANIFEST },
    message: `The version is ${version}, but the contract's \`info.version\` is ${contract}.`,
    advice: `Make them one: \`npm version ${contract} --no-git-tag-version\`, or correct openapi/openapi.yaml.`,
  });
}

/**
 * Compiles what `exports` and `bin` name, with declarations and maps, and copies the sources that the maps lead to.
 *
 * @returns the paths of these sources, relative to the repository
 */
async function compile(
  { exports, bin, dependencies, peerDependencies }: Manifest,
  out: string,
): Promise<string[]> {
  const sources = new Set<string>();
  const common: InlineConfig = {
    config: false,
    cwd: root,
    root,
    outDir: out,
    clean: false,
    fixedExtension: false,
    target: "node22",
    dts: false,
    sourcemap: true,
    outputOptions: {
      sourcemapExcludeSources: true,
      sourcemapPathTransform: (source, map) => {
        const file = relative(root, resolve(dirname(map), source));
        sources.add(file);
        return relative(dirname(map), join(out, SOURCES, file));
      },
    },
    report: false,
    logLevel: "error",
  };
  const targets = Object.entries(exports).filter(([, file]) => isCode(file));
  const modules = (portable: boolean) =>
    targets.filter(([name]) => PORTABLE.has(name) === portable).map(([, file]) => file);
  const onNode = {
    ...common,
    platform: "node",
    deps: { neverBundle: true, onlyImport: Object.keys({ ...dependencies, ...peerDependencies }) },
  } as const;
  await run({
    ...common,
    platform: "neutral",
    entry: entries(modules(true)),
    dts: { sourcemap: true },
    deps: { neverBundle: true, onlyImport: Object.keys(dependencies) },
  });
  await run({
    ...onNode,
    entry: entries(modules(false)),
    dts: { sourcemap: true, emitDtsOnly: true },
    // Declarations do nothing: an import that brings no type is of no use.
    treeshake: { moduleSideEffects: false },
  });
  await run({ ...onNode, entry: entries([...modules(false), ...Object.values(bin)]), unbundle: true });
  for (const file of sources) await cp(join(root, file), join(out, SOURCES, file));
  return [...sources];
}

async function run(options: InlineConfig): Promise<void> {
  try {
    await build(options);
  } catch (error) {
    const [, name, file] = /(\S+) is imported in (\S+) but is not included/.exec(messageOf(error)) ?? [];
    if (name === undefined) throw error;
    throw new InputError({
      place: { file: MANIFEST },
      message: `The package imports ${name}, in ${file}, but does not depend on it.`,
      advice:
        "Name it in `dependencies`, or in `peerDependencies` and `peerDependenciesMeta` if only the mock needs it.",
    });
  }
}

/** `./scripts/a.ts` by the name of what it becomes, `scripts/a`. */
function entries(files: string[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file.replace(/^\.\/|\.ts$/g, ""), file]));
}

function isCode(file: string): boolean {
  return file.endsWith(".ts");
}

/** The reference, compressed: it is many times the rest, and `routescope docs` alone reads it. */
async function writeDocs(files: Files, out: string): Promise<number> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 };
  for (const [name, content] of files) {
    await write(join(out, "generated", name + PACKED), brotliCompressSync(content, { params }));
  }
  return files.size;
}

/** `package.json` for those who install the package: the same entries, compiled, and nothing of the repository. */
function published(manifest: Manifest): object {
  const compiled = (file: string, extension: string) => file.replace(/\.ts$/, extension);
  const exports = Object.entries(manifest.exports).map(([name, file]) => [
    name,
    isCode(file) ? { types: compiled(file, ".d.ts"), default: compiled(file, ".js") } : file,
  ]);
  const bin = Object.entries(manifest.bin).map(([name, file]) => [name, compiled(file, ".js")]);
  const fields = Object.entries(manifest).filter(([field]) => PUBLIC.includes(field));
  return {
    ...Object.fromEntries(fields),
    bin: Object.fromEntries(bin),
    exports: Object.fromEntries(exports),
  };
}

/** JSON is for programs; whoever reads the contract reads the YAML. */
function withoutSpace(file: string, text: string): string {
  return file.endsWith(".json") ? JSON.stringify(JSON.parse(text)) : text;
}

async function write(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}
