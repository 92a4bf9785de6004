/** The compilers that users of the packages have, in the strictest settings. */
import { join } from "node:path";
import { type Outcome, type Project, repository } from "./support.ts";

interface TypeChecker {
  version: string;
  resolution: string;
  /** Compiles every `.ts` file in the folder of a project. */
  check(project: Project): Promise<Outcome>;
}

const COMPILERS = [
  ["5.9", "typescript/bin/tsc"],
  ["7", "@typescript/native-preview/bin/tsgo"],
] as const;

export const typeCheckers: TypeChecker[] = COMPILERS.flatMap(([version, compiler]) =>
  ["nodenext", "bundler"].map((resolution) => ({
    version,
    resolution,
    async check(project) {
      const config = await project.write(`tsconfig.${resolution}.json`, JSON.stringify(settings(resolution)));
      const command = join(repository, "node_modules", compiler);
      return project.run(process.execPath, [command, "--project", config, "--pretty", "false"]);
    },
  })),
);

function settings(resolution: string): object {
  return {
    compilerOptions: {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
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
