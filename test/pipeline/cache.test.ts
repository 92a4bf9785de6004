/** What the build skips, and that it writes the same as one that skips nothing. */
import { appendFile, mkdir, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, it, vi } from "vitest";
import { type BuildOptions, build } from "../../scripts/pipeline/build.ts";
import { type Cache, digestOfCode, diskCache } from "../../scripts/pipeline/cache.ts";
import type { Finding } from "../../scripts/pipeline/stages/lint.ts";
import { contents, folder, HEAD } from "./fixture.ts";

/** In place of Redocly, which takes a second for each document, and of the page around it: what they would be given. */
vi.mock("../../scripts/pipeline/stages/docs/redoc.ts", () => ({
  renderReference: async (...given: unknown[]) => given,
}));
vi.mock("../../scripts/pipeline/stages/docs/page.ts", () => ({
  page: (parts: object) => JSON.stringify(parts),
}));
vi.mock("../../scripts/pipeline/stages/score.ts", () => ({ score: async () => ({ agentReadiness: 1 }) }));

const FILES = {
  "api.yaml": `${HEAD}x-limit: 1
paths:
  /pets:
    get:
      description: {$ref: pets.md}
      responses: {"200": {description: The pets., content: {application/json: {schema: {$ref: Pet.yaml}}}}}
`,
  "Pet.yaml": "type: object\nproperties:\n  name: {type: string}\n  age: {type: integer}\n",
  "pets.md": "All pets.\n",
  "guides/10-start.md": "# Start\n\nHow to start.\n",
  "CHANGELOG.md": "# Changelog\n\n## 1.0.0 (2026-01-01)\n\n- Pets.\n",
};
const ALL = ["bundle", "client", "docs", "score", "types"];

/** A cache in a folder, and the names of what it did not have. */
function recording(at: string, code = "1"): { cache: Cache; made: () => string[] } {
  const names: string[] = [];
  const disk = diskCache({ folder: join(at, "cache"), codeDigest: async () => code });
  return {
    cache: (name, inputs, make, isKept) =>
      disk(
        name,
        inputs,
        () => {
          names.push(name);
          return make();
        },
        isKept,
      ),
    made: () => names.splice(0).sort(),
  };
}

type Change = [what: string, made: string[], change: (at: string) => unknown, options?: BuildOptions];

const put = (name: string, content: string) => async (at: string) => {
  await mkdir(dirname(join(at, name)), { recursive: true });
  await writeFile(join(at, name), content);
};
const replace = (name: keyof typeof FILES, from: string, to: string) =>
  put(name, FILES[name].replace(from, to));

const CHANGES: Change[] = [
  ["nothing", [], () => undefined],
  ["a comment", [], (at) => appendFile(join(at, "api.yaml"), "# A comment.\n")],
  ["the title", ALL, replace("api.yaml", "Pets API", "Cats API")],
  ["a schema in another file", ALL, replace("Pet.yaml", "integer", "number")],
  [
    "the order of properties",
    ALL,
    put("Pet.yaml", "type: object\nproperties:\n  age: {type: integer}\n  name: {type: string}\n"),
  ],
  ["a text in another file", ALL, put("pets.md", "Every pet.\n")],
  ["a value that JSON has no word for", ALL, replace("api.yaml", "x-limit: 1", "x-limit: .inf")],
  ["nothing, once more", [], () => undefined],
  ["the folder of the client", ["client"], () => undefined, { out: "deeper/out" }],
  ["a guide", ["docs"], put("guides/10-start.md", "# Start\n\nHow to begin.\n")],
  ["a new guide", ["docs"], put("guides/20-more.md", "# More\n\nWhat else there is.\n")],
  ["a guide that is gone", ["docs"], (at) => rm(join(at, "guides"), { recursive: true })],
  ["the changelog", ["docs"], replace("CHANGELOG.md", "2026-01-01", "2026-02-01")],
  ["the address of the site", ["docs"], () => undefined, { site: "https://pets.example/" }],
  ["requests from the docs", ["docs"], () => undefined, { tryIt: true }],
];

it("A build skips the stages whose inputs did not change, and writes what one without a cache does, after every kind of change", async () => {
  const base = await folder(FILES);
  const { cache, made } = recording(base);
  const run = async (at: string, options: BuildOptions = {}) => {
    const out = join(at, options.out ?? "out");
    await rm(out, { recursive: true, force: true });
    await build({ ...options, input: join(at, "api.yaml"), out, lint: false });
    return contents(out);
  };
  await run(base, { cache });
  expect(made()).toEqual(ALL);
  for (const [what, expected, change, options] of CHANGES) {
    const at = await folder(FILES);
    await change(at);
    const files = await run(at, { ...options, cache });
    // Another folder at the same depth: the client imports its code from the same path.
    expect({ what, made: made() }).toEqual({ what, made: expected });
    const anew = await run(at, options);
    expect({ what, files: Object.keys(files) }).toEqual({ what, files: Object.keys(anew) });
    for (const [name, content] of Object.entries(files))
      expect(content === anew[name], `${name} after a change of ${what}`).toBe(true);
  }
  const { cache: newer, made: madeByNewer } = recording(base, "2");
  await run(base, { cache: newer });
  expect(madeByNewer()).toEqual(ALL);
});

it("Findings of lint are kept, and stand where the document has them now", async () => {
  const at = await folder({ ...FILES, "api.yaml": `${HEAD}paths:\n  /pets:\n    get: {responses: {}}\n` });
  const { cache, made } = recording(at);
  const lint = async () => {
    const found: Finding[] = [];
    const report = (findings: readonly Finding[]) => void found.push(...findings);
    await build({ input: join(at, "api.yaml"), stage: "lint", cache }, { report });
    return found;
  };
  const first = await lint();
  expect(made()).toEqual(["lint"]);
  await writeFile(join(at, "api.yaml"), `# A comment.\n${HEAD}paths:\n  /pets:\n    get: {responses: {}}\n`);
  const moved = first.map(({ place, ...rest }) => ({
    ...rest,
    place: { ...place, line: (place.line ?? 0) + 1 },
  }));
  expect(first.length).toBeGreaterThan(1);
  const below = ({ place }: Finding) => (place.line ?? 0) > 2;
  expect((await lint()).filter(below)).toEqual(moved.filter(below));
  expect(made()).toEqual([]);
});

it("Warnings are given each time", async () => {
  const loop = "components:\n  schemas:\n    A: {allOf: [{$ref: '#/components/schemas/A'}]}\n";
  const at = await folder({ "api.yaml": `${HEAD}paths: {}\n${loop}` });
  const { cache } = recording(at);
  for (let count = 0; count < 2; count++) {
    const warnings: string[] = [];
    const warn = (problems: readonly { message: string }[]) => {
      warnings.push(...problems.map(({ message }) => message));
    };
    await build({ input: join(at, "api.yaml"), out: join(at, "out"), stage: "types", cache }, { warn });
    expect(warnings).toEqual([expect.stringContaining("A consists of itself")]);
  }
});

it("A result that cannot be read is made anew, and one that cannot be kept stops nothing; the last eight of a name are kept", async () => {
  const at = await folder({ file: "" });
  const codeDigest = async () => "1";
  const disk = diskCache({ folder: join(at, "cache"), codeDigest });
  expect(await disk("name", ["a"], async () => "made")).toBe("made");
  expect(await disk("name", ["a"], async () => "anew")).toBe("made");
  const [name = ""] = await readdir(join(at, "cache"));
  await writeFile(join(at, "cache", name), "broken");
  expect(await disk("name", ["a"], async () => "anew")).toBe("anew");
  for (let count = 0; count < 12; count++) await disk("name", [count], async () => count);
  expect(await readdir(join(at, "cache"))).toHaveLength(8);
  expect(await diskCache({ folder: join(at, "file"), codeDigest })("name", [], async () => "made")).toBe(
    "made",
  );
});

it("The result that goes first is the one that was made longest ago", async () => {
  const cache = join(await folder({}), "cache");
  const disk = diskCache({ folder: cache, codeDigest: async () => "1" });
  for (let count = 0; count < 8; count++) {
    const before = new Set(await readdir(cache).catch(() => []));
    await disk("name", [count], async () => count);
    const [made = ""] = (await readdir(cache)).filter((name) => !before.has(name));
    await utimes(join(cache, made), 1000 + count, 1000 + count);
  }
  await disk("name", [8], async () => 8);
  for (let count = 1; count <= 8; count++)
    expect(await disk("name", [count], async () => "anew")).toBe(count);
  expect(await disk("name", [0], async () => "anew")).toBe("anew");
});

it("Nothing is kept where the code that makes it cannot be read, and maps with other contents are other inputs", async () => {
  const cache = join(await folder({}), "cache");
  const blind = diskCache({ folder: cache, codeDigest: () => Promise.reject(new Error("no code")) });
  for (const made of ["first", "second"]) expect(await blind("name", [], async () => made)).toBe(made);
  const disk = diskCache({ folder: cache, codeDigest: async () => "1" });
  for (const made of ["cat", "dog"])
    expect(await disk("name", [{ pets: new Map([["name", made]]) }], async () => made)).toBe(made);
});

it("A cache that is not read gives nothing, and keeps what is made for one that is", async () => {
  const options = { folder: join(await folder({}), "cache"), codeDigest: async () => "1" };
  const unread = diskCache({ ...options, reads: false });
  for (const made of ["first", "second"]) expect(await unread("name", [], async () => made)).toBe(made);
  expect(await diskCache(options)("name", [], async () => "third")).toBe("second");
});

it("The digest of the code changes with each file of it, and with what is installed", async () => {
  const files = {
    "scripts/pipeline/build.ts": "",
    "openapi/rules/index.mjs": "",
    "openapi/extensions/x-when.mjs": "",
    "node_modules/.package-lock.json": "{}",
  };
  const digests = new Set([await digestOfCode(await folder(files))]);
  for (const name of Object.keys(files))
    digests.add(await digestOfCode(await folder({ ...files, [name]: "changed" })));
  digests.add(await digestOfCode(await folder({ ...files, "scripts/new.css": "" })));
  expect(digests.size).toBe(6);
  expect(digests).toContain(await digestOfCode(await folder(files)));
});
