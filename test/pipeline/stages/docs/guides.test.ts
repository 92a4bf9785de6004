import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readChangelog, readGuides } from "../../../../scripts/pipeline/read/guides.ts";
import { textPages } from "../../../../scripts/pipeline/stages/docs/pages.ts";
import { docsView } from "../../../../scripts/pipeline/stages/docs/view.ts";
import { contractOf, fixture } from "./fixture.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "guides-"));
  await mkdir(join(folder, "guides"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = (name: string, ...lines: string[]) => writeFile(join(folder, name), lines.join("\n"));
const read = (onFile: (file: string) => void = () => {}) => readGuides(join(folder, "guides"), onFile);
/** Problems as they are printed, the folder left out. */
const problems = (run: Promise<unknown>) =>
  run.then(
    () => [],
    (error: Error) => error.message.replaceAll(folder, "").split("\n"),
  );

describe("guides", () => {
  test("come in the order of their numbers, each with title, summary and text", async () => {
    await file("guides/20-b.md", "# Second", "", "It is", "second.", "", "More.");
    await file("guides/10-a-b.md", "# First", "", "It is first.");
    await file("guides/notes.txt", "no guide");
    expect(await read()).toMatchObject([
      { slug: "a-b", title: "First", summary: "It is first.", text: "It is first." },
      { slug: "b", title: "Second", summary: "It is second.", text: "It is\nsecond.\n\nMore." },
    ]);
  });

  test("need not be there", async () => {
    expect(await readGuides(join(folder, "none"), () => {})).toEqual([]);
  });

  test("have the code in them that they name, whole or one value of it, and say what they were read from", async () => {
    await file("sample.ts", "const a = 1;", "");
    await file("example.yaml", "value: { list: [1, { b: two }] }");
    await file(
      "guides/1-a.md",
      "# A",
      "",
      "About.",
      "",
      "```ts ../sample.ts",
      "```",
      "",
      "````json ../example.yaml#/value/list",
      "````",
    );
    const files: string[] = [];
    const [guide] = await read((name) => files.push(name.replace(folder, "")));
    expect(guide!.text).toBe(
      'About.\n\n```ts\nconst a = 1;\n```\n\n````json\n[\n  1,\n  {\n    "b": "two"\n  }\n]\n````',
    );
    expect(files).toEqual(["/guides/1-a.md", "/sample.ts", "/example.yaml"]);
  });

  test("that cannot be used are all reported, with what to do", async () => {
    await file("broken.yaml", "a: [");
    await file("guides/errors.md", "# No number", "", "About.");
    await file("guides/1-a.md", "No title");
    await file("guides/2-b.md", "# No summary", "", "## Part");
    await file("guides/3-c.md", "# C", "", "About.", "", "```ts ../none.ts", "```");
    await file("guides/4-d.md", "# D", "", "About.", "```json ../broken.yaml#/a", "```");
    await file("broken2.yaml", "a: 1");
    await file("guides/5-e.md", "# E", "", "About.", "```json ../broken2.yaml#/b", "```");
    expect(await problems(read())).toEqual([
      "/guides/1-a.md:1  A guide begins with its title, and a paragraph that says what it is for.",
      "/guides/2-b.md:1  A guide begins with its title, and a paragraph that says what it is for.",
      "  Begin it with a line `# Title`, an empty line and that paragraph.",
      "/guides/3-c.md:5  There is no file ../none.ts.",
      expect.stringMatching(
        /^\/guides\/4-d\.md:4 {2}\.\.\/broken\.yaml cannot be read: .* at line 1, column 5\.$/,
      ),
      "/guides/5-e.md:4  ../broken2.yaml has nothing at /b.",
      "  Correct the path, which is relative to the guide.",
      "/guides/errors.md  This is not the name of a guide.",
      "  Name it by its place among the guides and its address, as in 20-errors.md.",
    ]);
  });
});

describe("the links of guides", () => {
  const contract = async () => ({ ...contractOf(fixture()), guides: await read() });

  test("lead to other guides, to operations and to the site's files, in each form of the site", async () => {
    await file(
      "guides/1-a.md",
      "# A",
      "",
      "[B](2-b.md#part), [op](../operations/watchPets.md#samples) `[code](x.md)`",
    );
    await file(
      "guides/2-b.md",
      "# B",
      "",
      "[A](1-a.md), [c](../openapi.yaml), [web](https://example.com), [up](#part)",
      "",
      "## Part",
    );
    const read = await contract();
    const pages = textPages(read, ["openapi.yaml"]);
    expect(pages.slice(0, 2).map(({ text }) => text)).toEqual([
      "# A\n\n[B](guides/b.md#part), [op](operations/watchPets.md#samples) `[code](x.md)`",
      "# B\n\n[A](guides/a.md), [c](openapi.yaml), [web](https://example.com), [up](#part)\n\n## Part",
    ]);
    const { tags } = docsView(read.document, pages);
    expect(tags!.slice(0, 2)).toMatchObject([
      {
        name: "page-guides-a",
        "x-displayName": "A",
        description: "[B](#/page-guides-b/part), [op](#/pets/watchpets) `[code](x.md)`",
      },
      {
        name: "page-guides-b",
        description:
          "[A](#/page-guides-a), [c](openapi.yaml), [web](https://example.com), [up](#part)\n\n## Part",
      },
    ]);
  });

  test("that lead nowhere are reported with their places", async () => {
    await file("sample.ts", "a", "b", "c");
    await file(
      "guides/1-a.md",
      "# A",
      "",
      "[x](2-x.md)",
      "",
      "```ts ../sample.ts",
      "```",
      "",
      "and `code` [y](../operations/y.md)",
    );
    const read = await contract();
    expect(await problems((async () => textPages(read, []))())).toEqual([
      "/guides/1-a.md:3  The site has no guides/x.md.",
      "/guides/1-a.md:8  The site has no operations/y.md.",
      expect.stringContaining("Link to another guide by its file"),
    ]);
  });
});

test("the changelog says when each version was made", async () => {
  await file(
    "CHANGELOG.md",
    "# Changelog",
    "",
    "## Unreleased",
    "",
    "## [1.1.0] - 2026-02-01",
    "",
    "## 1.0.0 - 2026-01-31",
  );
  const changelog = await readChangelog(join(folder, "guides"), () => {});
  expect([...changelog!.dates]).toEqual([
    ["1.1.0", "2026-02-01"],
    ["1.0.0", "2026-01-31"],
  ]);
  expect(await readChangelog(join(folder, "none/none"), () => {})).toBeUndefined();
});
