/** Programs of a consumer, compiled against the new types: what breaks there breaks even where the values stay. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { operations } from "../../document/operations.ts";
import type { Contract } from "../read/contract.ts";
import { types } from "../stages/types/stage.ts";
import type { Change } from "./change.ts";

/** A program that was published with the old contract. */
export interface Program {
  /** Its path in the repository. */
  name: string;
  text: string;
}

/**
 * Compiles the samples of the old release, and a program that sends each old request and takes each new answer as an
 * old one, against the new types.
 *
 * @param repository where `@routescope/api` is the client of the new contract
 * @returns a change for each program that no longer compiles, and for each type that it misses
 */
export async function brokenPrograms(
  repository: string,
  old: Contract,
  now: Contract,
  samples: readonly Program[],
): Promise<Change[]> {
  const parent = join(repository, ".tmp");
  await mkdir(parent, { recursive: true });
  // Inside the repository, so that the package's name leads to its sources.
  const folder = await mkdtemp(join(parent, "diff-"));
  try {
    const files = [
      ...samples.map(({ name, text }, index) => ({ file: `${index}-${basename(name)}`, name, text })),
      { file: "consumer.ts", name: "a consumer's program", text: consumer(old, now) },
    ];
    for (const [file, contract] of [
      ["old.ts", old],
      ["new.ts", now],
    ] as const)
      await writeFile(join(folder, file), String((await types(contract)).get("schema.ts")));
    for (const { file, text } of files) await writeFile(join(folder, file), text);
    const problems = await compile(
      folder,
      files.map(({ file }) => file),
    );
    return problems.flatMap(({ file, message }): Change[] => {
      const program = files.find((one) => one.file === basename(file));
      if (!program) return [];
      return [
        {
          level: "major",
          operation: null,
          path: "",
          message: `Type check: ${program.name} no longer compiles: ${message}`,
          was: null,
          is: null,
        },
      ];
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A program that uses every type of the old contract where the new one has the same operation. */
function consumer(old: Contract, now: Contract): string {
  const kept = new Set([...operations(now.document)].map(({ path, method }) => `${method} ${path}`));
  const lines = [...operations(old.document)]
    .filter(({ path, method }) => kept.has(`${method} ${path}`))
    .flatMap(({ path, method }) => {
      const at = (side: string) => `${side}.paths[${JSON.stringify(path)}][${JSON.stringify(method)}]`;
      return [
        `export const request = (sent: Body<${at("Old")}>): Body<${at("New")}> => sent;`,
        `export const answer = (come: Answer<${at("New")}>): Answer<${at("Old")}> => come;`,
      ];
    });
  const named = Object.keys(old.document.components?.["schemas"] ?? {}).map(
    (name, index) => `export type Named${index} = New.components["schemas"][${JSON.stringify(name)}];`,
  );
  return [
    'import type * as Old from "./old.ts";',
    'import type * as New from "./new.ts";',
    'type JsonOf<T> = T extends { content: { "application/json": infer Value } } ? Value : undefined;',
    "type Body<T> = T extends { requestBody?: infer Sent } ? JsonOf<NonNullable<Sent>> : undefined;",
    "type Answer<T> = T extends { responses: { 200: infer Come } } ? JsonOf<Come> : undefined;",
    ...lines.map((line, index) => line.replace(/const (\w+)/, `const $1${index}`)),
    ...named,
    "",
  ].join("\n");
}

/** Compiles files in one folder, by the native compiler since it takes a fifth of the time. */
async function compile(folder: string, files: string[]): Promise<{ file: string; message: string }[]> {
  const compilerOptions = {
    target: "es2024",
    module: "nodenext",
    types: ["node"],
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  const compiler = createRequire(import.meta.url).resolve("@typescript/native-preview/package.json");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(dirname(compiler), "bin/tsgo"), "--project", folder, "--pretty", "false"],
    { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
  ).catch((failed: { stdout?: string } & Error) => {
    if (!failed.stdout) throw failed;
    return { stdout: failed.stdout };
  });
  return [...stdout.matchAll(DIAGNOSTIC)].map(([, file = "", message = ""]) => ({
    file,
    message: sentence(message),
  }));
}

/** A line of the compiler's, as in `a.ts(3,7): error TS2322: Type …`; lines that explain it are indented. */
const DIAGNOSTIC = /^(.+)\(\d+,\d+\): error TS\d+: (.*)$/gm;

/** The compiler's message without a type that fills the screen. */
function sentence(text: string): string {
  const short = text.replace(/ on type '.{80,}'\.$/, ".");
  return short.endsWith(".") ? short : `${short}.`;
}
