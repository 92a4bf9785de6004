/** The compilers that users of the packages have, in the strictest settings. */
import { join } from "node:path";
import { type Outcome, type Project, repository } from "./support.ts";

interface TypeChecker {
  version: string;
  /** Compiles every `.ts` file in the folder of a project, once for each way to resolve modules. */
  check(project: Project): Promise<Outcome>;
}

const COMPILERS = [
  ["5.9", "typescript/bin/tsc"],
  ["7", "@typescript/native-preview/bin/tsgo"],
] as const;

export const typeCheckers: TypeChecker[] = COMPILERS.map(([version, compiler]) => ({
  version,
  async check(project) {
    const configs = await Promise.all(
      ["nodenext", "bundler"].map((resolution) =>
        project.write(`tsconfig.${resolution}.json`, JSON.stringify(settings(resolution))),
      ),
    );
    // `--build` compiles both by one process, which keeps what they have in common.
    const command = [join(repository, "node_modules", compiler), "--build", "--force", ...configs];
    return project.run(process.execPath, [...command, "--pretty", "false"]);
  },
}));

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
