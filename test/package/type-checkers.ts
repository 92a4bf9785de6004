/** The compilers that users of the packages have, in the strictest settings. */
import { join } from "node:path";
import ts from "typescript";
import { type Project, repository } from "./support.ts";

interface TypeChecker {
  version: string;
  /** Compiles every `.ts` file in the folder of a project, once for each way to resolve modules. */
  check(project: Project): Promise<{ code: number; stdout: string }>;
}

export const typeCheckers: TypeChecker[] = [
  { version: "5.9", check: async (project) => checkInProcess(await configsOf(project)) },
  {
    version: "7",
    async check(project) {
      const compiler = join(repository, "node_modules/@typescript/native-preview/bin/tsgo");
      // `--build` compiles both by one process, which keeps what they have in common.
      const args = [compiler, "--build", "--force", ...(await configsOf(project)), "--pretty", "false"];
      return project.run(process.execPath, args);
    },
  },
];

function configsOf(project: Project): Promise<string[]> {
  const names = ["nodenext", "bundler"];
  return Promise.all(
    names.map((name) => project.write(`tsconfig.${name}.json`, JSON.stringify(settings(name)))),
  );
}

/** The packages of others, which TypeScript 7 checks too: to check them is two thirds of the work of 5.9. */
const OTHERS = /\/node_modules\/(?!@routescope\/)/;

/** Compiles by TypeScript's API, which, unlike its command, lets us choose the files whose insides are checked. */
function checkInProcess(configs: string[]): { code: number; stdout: string } {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} };
  const texts = configs.map((config) => {
    const {
      fileNames = [],
      options = {},
      errors = [],
    } = ts.getParsedCommandLineOfConfigFile(config, {}, host) ?? {};
    const program = ts.createProgram(fileNames, options);
    const files = program.getSourceFiles().filter(({ fileName }) => !OTHERS.test(fileName));
    const found = files.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]);
    return ts.formatDiagnostics([...errors, ...program.getOptionsDiagnostics(), ...found], {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: ts.sys.getCurrentDirectory,
      getNewLine: () => "\n",
    });
  });
  return { code: texts.join("") === "" ? 0 : 1, stdout: texts.join("") };
}

function settings(resolution: string): object {
  return {
    compilerOptions: {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      // The declarations are the same ones under both, so their insides are checked under one. TypeScript's own are not.
      skipLibCheck: resolution === "bundler",
      skipDefaultLibCheck: true,
      noEmit: true,
      target: "es2024",
      lib: ["es2024", "esnext.disposable", "dom", "dom.iterable", "dom.asynciterable"],
      module: resolution === "bundler" ? "esnext" : resolution,
      moduleResolution: resolution,
      resolveJsonModule: true,
      types: ["node"],
    },
    include: ["*.ts"],
  };
}
