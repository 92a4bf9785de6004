/** The `package.json` of each npm package, from that of this repository. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this repository. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** The file that errors about the manifest name. */
export const MANIFEST = join(ROOT, "package.json");

/**
 * How both packages get their declarations: from TypeScript 7, in a fifth of the time of 5.9. It writes those of every
 * file that its `tsconfig` names, and takes the folder of that file for the root.
 */
export const DECLARATIONS = { generator: "tsgo", tsconfig: join(ROOT, ".tsconfig.package.json") } as const;

/** The members of the repository's `package.json` that the packages use. */
export interface Manifest {
  version: string;
  exports: Record<string, string>;
  dependencies: Record<string, string>;
  [field: string]: unknown;
}

/** Where a part of `@routescope/testing` is, in the package. */
export interface TestingFiles {
  /** The compiled module that `import` loads, and its declarations. */
  module: string;
  types: string;
  /** The compiled command `routescope`. */
  command: string;
}

/** The members that both packages have in common with the repository. */
const SHARED = ["version", "license", "type", "engines"];

/** Reads the `package.json` of this repository. */
export function readManifest(): Manifest {
  return JSON.parse(readFileSync(MANIFEST, "utf8"));
}

/** Whether a file is compiled; any other is copied. */
export function isCode(file: string): boolean {
  return file.endsWith(".ts");
}

/** The `package.json` of `@routescope/api`: the entries of the repository's, compiled. */
export function apiManifest(manifest: Manifest): object {
  const compiled = (file: string, extension: string) => file.replace(/\.ts$/, extension);
  const exports = Object.entries(manifest.exports).map(([name, file]) => [
    name,
    isCode(file) ? { types: compiled(file, ".d.ts"), default: compiled(file, ".js") } : packedContract(file),
  ]);
  return {
    ...pick(manifest, ["name", "description", "keywords", "sideEffects", ...SHARED]),
    exports: Object.fromEntries(exports),
    dependencies: manifest.dependencies,
  };
}

/** The `package.json` of `@routescope/testing`. It has no dependencies: the bundle contains what it needs. */
export function testingManifest(manifest: Manifest, { module, types, command }: TestingFiles): object {
  return {
    name: "@routescope/testing",
    description: "A mock server of the Routescope API for tests, and the command routescope.",
    keywords: ["llm", "mock", "mock-server", "openai", "openai-compatible", "sse", "testing"],
    ...pick(manifest, SHARED),
    bin: { routescope: command },
    exports: { ".": { types: `./${types}`, default: `./${module}` } },
    files: ["lib", "generated", "CHANGELOG.md", "THIRD-PARTY", "Dockerfile"],
  };
}

/**
 * The file that is packed for a form of the contract. JSON is valid YAML (YAML 1.2.2, section 1.2), so both forms are one
 * file: a second one would be a quarter of the installed size.
 */
export function packedContract(file: string): string {
  return file.replace(/\.yaml$/, ".json");
}

function pick(manifest: Manifest, names: string[]): object {
  return Object.fromEntries(names.map((name) => [name, manifest[name]]));
}
