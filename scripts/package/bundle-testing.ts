/** Bundles `@routescope/testing` for Node: the mock and the command `routescope`, with the packages that they use. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type InlineConfig } from "tsdown";
import { DECLARATIONS, ROOT, type TestingFiles } from "./manifests.ts";
import { CORRECTED, REDIRECTED, REPLACED, type Replaced } from "./replaced.ts";
import { prismAjvModule, validatorsModule } from "./validators.ts";

type Plugin = NonNullable<Extract<InlineConfig["plugins"], { name: string }>>;

/**
 * The folder of the bundle's files. It is two levels deep, as the sources are, so that `../../generated` is the same
 * folder for both.
 */
const FOLDER = "lib/node";

export interface Bundled {
  files: TestingFiles;
  /** The folders of the packages that the bundle contains. */
  packages: string[];
}

/**
 * Bundles the package. Its code has the validators of the contract, `generated/openapi.json`.
 *
 * @param out the folder of the package
 */
export async function bundleTesting(out: string): Promise<Bundled> {
  const packages = new Set<string>();
  const contract = JSON.parse(await readFile(join(ROOT, "generated/openapi.json"), "utf8"));
  const compiled = [
    { module: /\/ready\.ts$/, source: validatorsModule(contract) },
    { module: /^ajv$/, from: /\/prism-http\//, source: prismAjvModule() },
  ];
  const common: InlineConfig = {
    config: false,
    cwd: ROOT,
    root: ROOT,
    outDir: join(out, FOLDER),
    clean: false,
    fixedExtension: false,
    platform: "node",
    target: "node22",
    report: false,
    logLevel: "error",
  };
  await build({
    ...common,
    entry: { routescope: "scripts/cli/routescope.ts", testing: "scripts/package/testing.ts" },
    dts: false,
    deps: { alwaysBundle: () => true, onlyBundle: false, onlyImport: [] },
    plugins: [substitutions([...REPLACED, ...compiled]), workers(), collectPackages(packages)],
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  });
  await build({
    ...common,
    entry: { testing: "scripts/package/testing.ts" },
    dts: { ...DECLARATIONS, emitDtsOnly: true },
    deps: { neverBundle: true, onlyImport: [] },
    // Declarations have no effects: an import that brings no type is dropped.
    treeshake: { moduleSideEffects: false },
  });
  return {
    files: {
      module: `${FOLDER}/testing.js`,
      types: `${FOLDER}/testing.d.ts`,
      command: `${FOLDER}/routescope.js`,
    },
    packages: [...packages].sort(),
  };
}

/** Applies `replaced.ts`. The filters keep the bundler from asking about each of 2,000 modules. */
function substitutions(replaced: Replaced[]): Plugin {
  const PREFIX = "\0replaced:";
  return {
    name: "substitutions",
    resolveId: {
      filter: { id: [...REDIRECTED, ...replaced].map(({ module }) => module) },
      handler(id, importer = "") {
        const redirected = REDIRECTED.find(({ module }) => module.test(id));
        if (redirected) return this.resolve(redirected.to, importer);
        const index = replaced.findIndex(
          ({ module, from }) => module.test(id) && (!from || from.test(importer)),
        );
        return index < 0 ? undefined : `${PREFIX}${index}`;
      },
    },
    load: {
      filter: { id: new RegExp(`^${PREFIX}`) },
      handler: (id) => replaced[Number(id.slice(PREFIX.length))]?.source,
    },
    transform: {
      filter: { id: CORRECTED.map(({ file }) => file) },
      handler(code, id) {
        const correction = CORRECTED.find(({ file }) => file.test(id));
        if (!correction) return undefined;
        if (!code.includes(correction.from))
          throw new Error(`${id} has changed: adapt CORRECTED in replaced.ts.`);
        return code.replace(correction.from, correction.to);
      },
    },
  };
}

/** Code that names its own file, to run it in a worker thread. */
const OWN_FILE = /new URL\(import\.meta\.url\)/;
/** Code that names another source file, which is somewhere else in the bundle. */
const OTHER_FILE = /new URL\(\s*["'`](\.[^"'`]*\.[mc]?[jt]s)["'`]/;

/** Gives each module that runs itself in a worker its own file, so that the worker loads what it needs and no more. */
function workers(): Plugin {
  return {
    name: "workers",
    transform: {
      filter: { id: { exclude: /\/node_modules\// }, code: /new URL\(/ },
      handler(code, id) {
        const [, other] = OTHER_FILE.exec(code) ?? [];
        if (other !== undefined)
          throw new Error(
            `${id} starts ${other}: let that file export \`new URL(import.meta.url)\`, and start that.`,
          );
        if (OWN_FILE.test(code)) this.emitFile({ type: "chunk", id });
      },
    },
  };
}

/** Adds the folder of every package that the bundle contains. */
function collectPackages(folders: Set<string>): Plugin {
  return {
    name: "collect-packages",
    generateBundle(_, files) {
      for (const file of Object.values(files))
        for (const id of file.type === "chunk" ? file.moduleIds : []) {
          const [folder] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll("\\", "/")) ?? [];
          if (folder !== undefined && !id.startsWith("\0")) folders.add(folder);
        }
    },
  };
}
