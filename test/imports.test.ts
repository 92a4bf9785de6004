/** The layers of `scripts/`: which room may import from which. CONTRIBUTING.md has the same as prose. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** For each room, the rooms that it may import from, beside itself. The first entry that a path begins with counts. */
const ALLOWED: [room: string, from: string[]][] = [
  ["scripts/shared/", []],
  ["scripts/document/", ["scripts/shared/", "openapi/extensions/"]],
  ["scripts/openai/", ["scripts/document/", "scripts/shared/"]],
  ["scripts/client/", ["scripts/openai/", "scripts/shared/"]],
  ["scripts/mock/", ["scripts/openai/", "scripts/document/", "scripts/shared/"]],
  // Its requests are written as the client's.
  ["scripts/conformance/", ["scripts/client/", "scripts/openai/", "scripts/document/", "scripts/shared/"]],
  // Its checks are those of conformance.
  ["scripts/proxy/", ["scripts/conformance/", "scripts/openai/", "scripts/document/", "scripts/shared/"]],
  [
    "scripts/pipeline/",
    // The generator names the runtime's classes and options, samples have its queries, and lint loads the house rules.
    ["scripts/openai/", "scripts/document/", "scripts/shared/", "scripts/client/", "openapi/rules/"],
  ],
  [
    "scripts/package/",
    ["scripts/pipeline/", "scripts/mock/", "scripts/proxy/", "scripts/document/", "scripts/shared/"],
  ],
  [
    "scripts/cli/",
    [
      "scripts/package/",
      "scripts/pipeline/",
      "scripts/mock/",
      "scripts/conformance/",
      "scripts/proxy/",
      "scripts/document/",
      "scripts/openai/",
      "scripts/shared/",
      // `npm run mutate` runs the tests' checks of the contract on changed ones.
      "test/openapi/checks/",
    ],
  ],
  [
    "scripts/bench/",
    [
      "scripts/package/",
      "scripts/pipeline/",
      "scripts/mock/",
      "scripts/client/",
      "scripts/shared/",
      "generated/",
    ],
  ],
  ["openapi/rules/", ["openapi/extensions/"]],
  ["openapi/extensions/", []],
  ["generated/", ["scripts/client/"]],
];

/** Bundled into other people's pages: they run where there is no Node. */
const PORTABLE = ["scripts/openai/", "scripts/client/"];

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\bimport\()\s*"([^"]+)"/g;

/** What a file imports: paths relative to the repository, or names of packages. */
function importsOf(file: string, text = readFileSync(join(root, file), "utf8")): string[] {
  return [...text.matchAll(IMPORT)].map(([, name = ""]) =>
    name.startsWith(".") ? normalize(join(dirname(file), name)).replaceAll("\\", "/") : name,
  );
}

const files = ["scripts/**/*.ts", "openapi/{rules,extensions}/**/*.mjs", "generated/*.ts"].flatMap(
  (pattern) => globSync(pattern, { cwd: root }).map((file) => file.replaceAll("\\", "/")),
);
const isFile = (name: string) => files.includes(name);

/** What about an import breaks the layers; undefined for one that does not. */
function violation(file: string, imported: string): string | undefined {
  if (!/^(scripts|openapi|generated|test)\//.test(imported)) return undefined;
  const [room = "", from = []] = ALLOWED.find(([start]) => file.startsWith(start)) ?? [];
  if (room === "") return `${file} is in no room that this test knows`;
  const allowed = [room, ...from].some((start) => imported.startsWith(start));
  return allowed ? undefined : `${file} imports ${imported}`;
}

/** Every file that a file imports, directly or not. */
function reach(file: string, seen = new Set<string>()): Set<string> {
  for (const imported of importsOf(file)) {
    if (seen.has(imported)) continue;
    seen.add(imported);
    if (isFile(imported)) reach(imported, seen);
  }
  return seen;
}

describe("imports", () => {
  test("no file imports from a room that its own room may not know", () => {
    const problems = files.flatMap((file) =>
      importsOf(file).flatMap((imported) => violation(file, imported) ?? []),
    );
    expect(problems).toEqual([]);
  });

  test("the check finds an import that breaks the layers", () => {
    const text = 'import { build } from "../pipeline/build.ts";\nimport type { A } from "../cli/a.ts";\n';
    const found = importsOf("scripts/mock/index.ts", text).map((name) =>
      violation("scripts/mock/index.ts", name),
    );
    expect(found).toEqual([
      "scripts/mock/index.ts imports scripts/pipeline/build.ts",
      "scripts/mock/index.ts imports scripts/cli/a.ts",
    ]);
    expect(violation("scripts/elsewhere/a.ts", "scripts/shared/json.ts")).toMatch(/no room/);
  });

  test("no file imports itself, directly or through others", () => {
    // Types vanish at run time, but a circle of types still ties two files into one idea.
    expect(files.filter((file) => reach(file).has(file))).toEqual([]);
  });

  test("the client and the protocol import nothing of Node", () => {
    const portable = files.filter((file) => PORTABLE.some((room) => file.startsWith(room)));
    const found = portable.flatMap((file) =>
      [...reach(file)].filter((name) => name.startsWith("node:")).map((name) => `${file} reaches ${name}`),
    );
    expect(found).toEqual([]);
  });
});
