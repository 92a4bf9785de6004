/** Compiles `@routescope/api`: one module for each entry, for every runtime, with declarations. */
import { build } from "tsdown";
import { InputError } from "../shared/input-error.ts";
import { messageOf } from "../shared/text.ts";
import { DECLARATIONS, isCode, MANIFEST, type Manifest, ROOT } from "./manifests.ts";

/**
 * Compiles the code that `exports` names. The result is not minified and keeps its comments, so that a stack trace leads
 * to code that one can read. Source maps would need the sources beside them, a fifth of the installed size.
 *
 * @param out the folder of the package
 * @returns the compiled sources, relative to the repository
 * @throws {InputError} when a module imports a package that is not in `dependencies`
 */
export async function compileApi({ exports, dependencies }: Manifest, out: string): Promise<string[]> {
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
    dts: DECLARATIONS,
    deps: { neverBundle: true, onlyImport: Object.keys(dependencies) },
    report: false,
    logLevel: "error",
  });
  await compiling.catch((error: unknown) => {
    throw missingDependency(error) ?? error;
  });
  return modules;
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
