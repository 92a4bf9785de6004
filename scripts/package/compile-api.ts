/** Compiles `@routescope/api`: one file for each entry, for every runtime, with declarations and source maps. */
import { cp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, normalize, relative, resolve } from "node:path";
import { build } from "tsdown";
import { InputError } from "../shared/input-error.ts";
import { messageOf } from "../shared/text.ts";
import { isCode, MANIFEST, type Manifest, ROOT } from "./manifests.ts";

/** The folder of the TypeScript sources in the package. The source maps refer to it. */
const SOURCES = "src";

/**
 * Compiles the code that `exports` names, and copies the sources that the maps refer to.
 *
 * @param out the folder of the package
 * @returns the paths of these sources, relative to the repository
 * @throws {InputError} when a module imports a package that is not in `dependencies`
 */
export async function compileApi({ exports, dependencies }: Manifest, out: string): Promise<string[]> {
  const sources = new Set<string>();
  const modules = Object.values(exports).filter(isCode);
  const compiling = build({
    config: false,
    cwd: ROOT,
    root: ROOT,
    entry: Object.fromEntries(modules.map((file) => [file.replace(/^\.\/|\.ts$/g, ""), file])),
    outDir: out,
    clean: false,
    fixedExtension: false,
    platform: "neutral",
    target: "node22",
    dts: { sourcemap: true },
    deps: { neverBundle: true, onlyImport: Object.keys(dependencies) },
    sourcemap: true,
    outputOptions: {
      sourcemapExcludeSources: true,
      sourcemapPathTransform: (source, map) => {
        const file = relative(ROOT, resolve(dirname(map), source));
        sources.add(file);
        return relative(dirname(map), join(out, SOURCES, file));
      },
    },
    report: false,
    logLevel: "error",
  });
  await compiling.catch((error: unknown) => {
    throw missingDependency(error) ?? error;
  });
  for (const file of modules) if (await isOnlyTypes(out, file)) sources.delete(await withoutMap(out, file));
  for (const file of sources) await cp(join(ROOT, file), join(out, SOURCES, file));
  return [...sources];
}

async function isOnlyTypes(out: string, module: string): Promise<boolean> {
  return (await stat(join(out, module.replace(/\.ts$/, ".js")))).size === 0;
}

/**
 * Removes the map of a module's declarations. Where a module has only types, its declarations are its source, and a map
 * would bring a copy of it along.
 *
 * @returns the path of the source, relative to the repository
 */
async function withoutMap(out: string, module: string): Promise<string> {
  const declarations = join(out, module.replace(/\.ts$/, ".d.ts"));
  const text = await readFile(declarations, "utf8");
  await writeFile(declarations, text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"));
  await rm(`${declarations}.map`);
  return normalize(module);
}

/** Explains tsdown's error about an import that `onlyImport` does not list; undefined for any other error. */
function missingDependency(error: unknown): InputError | undefined {
  const [, name, file] = /(\S+) is imported in (\S+) but is not included/.exec(messageOf(error)) ?? [];
  if (name === undefined) return undefined;
  return new InputError({
    place: { file: MANIFEST },
    message: `@routescope/api imports ${name}, in ${file}, but does not depend on it.`,
    advice: `Add ${name} to \`dependencies\`, or remove the import.`,
  });
}
