/** What the build removes from its output folder: pages that an earlier build left there, and nothing else. */
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { write } from "../../scripts/pipeline/write.ts";
import { folder } from "./fixture.ts";

const BANNER = "<!-- Written by a build. -->\n";
const SITE = new Map([["docs/index.html", `${BANNER}<h1>Pets</h1>`]]);

it("removes the pages of an earlier build, as HTML and as Markdown, and leaves files of another origin", async () => {
  const out = await folder({
    "docs/index.html": `${BANNER}<h1>Cats</h1>`,
    "docs/operations/gone.html": `${BANNER}<h1>Gone</h1>`,
    "docs/operations/gone.md": `${BANNER}# Gone`,
    "docs/by-hand.html": "<h1>By hand</h1>",
    "docs/by-hand.md": `# By hand\n\n${BANNER}`,
    "docs/notes.txt": BANNER,
    "gone.html": `${BANNER}<h1>Not of the site</h1>`,
  });
  // A folder may have the name of a page.
  await mkdir(join(out, "docs/folder.html"));
  expect(await write(out, SITE, [])).toBe(3);
  const left = await readdir(join(out, "docs"), { recursive: true });
  expect(left.sort()).toEqual([
    "by-hand.html",
    "by-hand.md",
    "folder.html",
    "index.html",
    "notes.txt",
    "operations",
  ]);
  expect(await readdir(out)).toContain("gone.html");
});

it("leaves all pages where no site was made", async () => {
  const out = await folder({ "docs/old.html": `${BANNER}<h1>Old</h1>` });
  expect(await write(out, new Map([["schema.ts", ""]]), [])).toBe(1);
  expect(await readdir(join(out, "docs"))).toEqual(["old.html"]);
});
