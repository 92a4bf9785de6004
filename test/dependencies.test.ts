/** What we build on: exact versions, hashes, licences. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const read = (name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8"));
const manifest = read("package.json");
const lock: {
  packages: Record<string, { version: string; integrity?: string; license?: string; dev?: boolean }>;
} = read("package-lock.json");
const installed = Object.entries(lock.packages).filter(([path]) => path !== "");

/** Licences that let anybody use, change and pass on what is under them, in any product. */
const PERMISSIVE = [
  ...[
    "0BSD",
    "Apache-2.0",
    "BlueOak-1.0.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
  ],
  ...["Python-2.0", "Unlicense", "Zlib", "WTFPL"],
];
/** Others, of tools that are not part of what is published. */
const TOOLS_ONLY = ["CC-BY-4.0", "MPL-2.0", "OFL-1.1", "PSF-2.0"];
/** Packages whose manifests name their licences in an older form, which the lockfile leaves out: all are MIT. */
const UNSTATED = /^node_modules\/(compute-(gcd|lcm)|reserved|validate\.io-[a-z-]+)$/;

/** Whether one of the alternatives of an SPDX expression is among the licences. */
function allows(licences: readonly string[], expression: string): boolean {
  return expression
    .replace(/[()]/g, "")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((name) => licences.includes(name.trim())));
}

describe("dependencies", () => {
  test("have exact versions in package.json", () => {
    const versions = Object.entries<string>({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  test("are held by a hash each in the lockfile", () => {
    const held = installed.filter(([, { integrity }]) => !/^sha(512|384|256)-/.test(integrity ?? ""));
    expect(held.map(([path]) => path)).toEqual([]);
  });

  test("have licences that our users can live with", () => {
    const foreign = installed.filter(
      ([path, { license = UNSTATED.test(path) ? "MIT" : "none", dev }]) =>
        !allows(dev ? [...PERMISSIVE, ...TOOLS_ONLY] : PERMISSIVE, license),
    );
    expect(foreign.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
  });
});
