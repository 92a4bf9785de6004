/** `npm run diff` and `routescope diff`, as their users run them. */
import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { diffCommand } from "../../../scripts/cli/diff.ts";
import { diff } from "../../../scripts/pipeline/diff/diff.ts";
import { brokenPrograms } from "../../../scripts/pipeline/diff/programs.ts";
import { diffSinceRelease, lastRelease } from "../../../scripts/pipeline/diff/release.ts";
import { report } from "../../../scripts/pipeline/diff/report.ts";
import { isAtLeast, nextVersion } from "../../../scripts/pipeline/diff/versions.ts";
import { readContract } from "../../../scripts/pipeline/read/contract.ts";
import { folder, HEAD, repository } from "../fixture.ts";

const OLD = `${HEAD}paths:
  /pets:
    get:
      parameters: [{name: limit, in: query, schema: {type: integer, maximum: 50}}]
      responses: {"200": {description: The pets.}}
`;
const NEW = `${HEAD}paths:
  /pets:
    $ref: pets.yaml
`;
const PETS = `get:
  description: All pets.
  parameters: [{name: limit, in: query, schema: {type: integer, maximum: 20}}, {name: "100%", in: query}]
  responses: {"200": {description: The pets.}}
`;

/** What the command prints, and its exit code. */
async function run(...args: string[]) {
  let stdout = "";
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    stdout += text;
    return true;
  });
  process.exitCode = 0;
  try {
    await diffCommand(args);
    return { stdout, code: process.exitCode };
  } finally {
    spy.mockRestore();
    process.exitCode = 0;
  }
}

describe("routescope diff", () => {
  let at: string;
  const files = () => [join(at, "old.yaml"), join(at, "new.yaml")] as const;
  const prepare = async () => {
    at = await folder({ "old.yaml": OLD, "new.yaml": NEW, "pets.yaml": PETS });
  };

  test("says on stderr what was left out of a document, and so is not compared", async () => {
    const odd = await folder({ "old.yaml": OLD, "new.yaml": `${HEAD}paths: {/pets: 5}\n` });
    let stderr = "";
    const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      stderr += text;
      return true;
    });
    const { stdout } = await run(join(odd, "old.yaml"), join(odd, "new.yaml")).finally(() =>
      spy.mockRestore(),
    );
    expect(stderr).toContain('new.yaml:3:9  Warning: "/pets" must be an object. It is left out.');
    expect(stdout).toContain("major  The operation is gone.");
  });

  test("prints no control characters that a document holds", () => {
    const message = "The value `\u001b[31m\u0007\u007f` is new.";
    const found = {
      level: "minor",
      operation: "GET /\u001b[2J",
      path: "",
      message,
      was: null,
      is: null,
    } as const;
    for (const format of ["text", "markdown", "github"] as const) {
      const printed = report({ level: "minor", changes: [found] }, format, "api.yaml");
      expect(printed).toContain("GET /\\u001b[2J");
      expect(printed).toContain("The value `\\u001b[31m\\u0007\\u007f` is new.");
      expect(printed).not.toMatch(/\p{Cc}(?<!\n)/u);
    }
    const json = report({ level: "minor", changes: [found] }, "json", "api.yaml");
    expect(json).not.toMatch(/\p{Cc}(?<!\n)/u);
    expect(JSON.parse(json).changes).toEqual([found]);
  });

  test("prints JSON with the level, and each change with what was and what is", async () => {
    await prepare();
    const { stdout, code } = await run(...files(), "--format", "json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      level: "major",
      changes: [
        {
          level: "major",
          operation: "GET /pets",
          path: "/parameters/query/limit/schema/maximum",
          message: "Query parameter `limit`: `maximum` is `20`; it was `50`.",
          was: 50,
          is: 20,
        },
        {
          level: "minor",
          operation: "GET /pets",
          path: "/parameters/query/100%",
          message: "Query parameter `100%`: The parameter is new.",
          was: null,
          is: { name: "100%", in: "query" },
        },
        {
          level: "patch",
          operation: "GET /pets",
          path: "/description",
          message: "`description` is written differently.",
          was: null,
          is: "All pets.",
        },
      ],
    });
  });

  test("prints text for people, the changes of an operation together, the severest first", async () => {
    await prepare();
    expect((await run(...files())).stdout).toBe(`GET /pets
  major  Query parameter \`limit\`: \`maximum\` is \`20\`; it was \`50\`.
  minor  Query parameter \`100%\`: The parameter is new.
  patch  \`description\` is written differently.

3 changes (1 major, 1 minor, 1 patch): major
`);
  });

  test("drafts the changelog in sentences", async () => {
    await prepare();
    expect((await run(...files(), "--format", "markdown")).stdout).toBe(`### Breaking changes

- \`GET /pets\`: Query parameter \`limit\`: \`maximum\` is \`20\`; it was \`50\`.

### Additions

- \`GET /pets\`: Query parameter \`100%\`: The parameter is new.

### Descriptions and examples

- \`GET /pets\`: \`description\` is written differently.
`);
  });

  test("annotates the new document on GitHub, its separators escaped", async () => {
    await prepare();
    const { stdout } = await run(...files(), "--format", "github");
    const lines = stdout.replaceAll(at, "DIR").split("\n");
    expect(lines[0]).toBe(
      "::error file=DIR/new.yaml,title=major%3A GET /pets::Query parameter `limit`: `maximum` is `20`; it was `50`.",
    );
    expect(lines[1]).toContain(
      "::warning file=DIR/new.yaml,title=minor%3A GET /pets::Query parameter `100%25`",
    );
    expect(lines[2]).toMatch(/^::notice /);
  });

  test("exits with 1 from the level of --fail-on on, and with 0 below it", async () => {
    await prepare();
    const [old, now] = files();
    expect((await run(old, now, "--fail-on", "major")).code).toBe(1);
    expect((await run(old, now, "--fail-on", "patch")).code).toBe(1);
    expect((await run(now, old, "--fail-on", "major")).code).toBe(1);
    expect((await run(old, old, "--fail-on", "patch")).code).toBe(0);
    expect((await run(old, old)).stdout).toContain("0 changes (0 major, 0 minor, 0 patch): none");
  });

  test("says which words an option takes, and which file is missing", async () => {
    await prepare();
    const [old, now] = files();
    await expect(run(old, now, "--format", "xml")).rejects.toThrow(
      /--format xml is not known.*\n.*text, json, markdown, github/,
    );
    await expect(run(old, now, "--fail-on", "none")).rejects.toThrow(/patch, minor, major/);
    await expect(run(old)).rejects.toThrow(/Name two documents/);
    await expect(run(old, join(at, "no.yaml"))).rejects.toThrow(/no\.yaml.*There is no such file/);
    await expect(run(old, join(at, "pets.yaml"))).rejects.toThrow(
      /pets\.yaml:1:1.*not an OpenAPI 3 document/,
    );
  });

  test("reads OpenAPI 3.0 and JSON", async () => {
    const of = (openapi: string, schema: object) =>
      JSON.stringify({
        openapi,
        info: { title: "Pets", version: "1.0.0" },
        paths: {
          "/pets": {
            get: { responses: { 200: { description: "", content: { "application/json": { schema } } } } },
          },
        },
      });
    const there = await folder({
      "old.json": of("3.0.3", { type: "string", nullable: true }),
      "new.json": of("3.1.1", { type: ["string", "null"] }),
    });
    expect((await diff(join(there, "old.json"), join(there, "new.json"))).level).toBe("none");
  });
});

describe("requests that the old contract shows", () => {
  const of = (pattern: string, value: string) =>
    JSON.stringify({
      openapi: "3.1.1",
      info: { title: "Pets", version: "1.0.0" },
      paths: {
        "/pets": {
          post: {
            requestBody: {
              content: {
                "application/json": { schema: { type: "string", pattern }, examples: { one: { value } } },
              },
            },
          },
        },
      },
    });

  test("are named where the new contract refuses them", async () => {
    const there = await folder({ "old.json": of("^a", "ab"), "new.json": of("^b", "bc") });
    const { changes } = await diff(join(there, "old.json"), join(there, "new.json"));
    expect(changes.map(({ message }) => message)).toContain(
      'The old contract\'s example `one` is now refused: it must match pattern "^b".',
    );
  });

  test("are left out where the old contract refused them already", async () => {
    const there = await folder({ "old.json": of("^a", "x"), "new.json": of("^b", "bc") });
    const { changes } = await diff(join(there, "old.json"), join(there, "new.json"));
    expect(changes.map(({ message }) => message).join()).not.toContain("refused");
  });
});

describe("programs of a consumer", () => {
  const of = async (schemas: string, schema: string) => {
    const at = await folder({
      "api.yaml": `${HEAD}paths:
  /pets:
    post:
      requestBody: {content: {application/json: {schema: ${schema}}}}
      responses: {"200": {description: The pet., content: {application/json: {schema: ${schema}}}}}
components: {schemas: ${schemas}}
`,
    });
    return readContract(join(at, "api.yaml"));
  };
  const text = "{type: string}";
  const pet = '{$ref: "#/components/schemas/Pet"}';
  const animal = '{$ref: "#/components/schemas/Animal"}';
  const sample = {
    name: "openapi/samples/a.ts",
    text: 'import { Routescope } from "@routescope/api";\nnew Routescope({}).pets.list();\n',
  };
  const broken = async (...parameters: Parameters<typeof brokenPrograms>) =>
    (await brokenPrograms(...parameters)).map(({ level, message }) => `${level} ${message}`);

  test("break where a type has another name, and where a sample calls what is gone", async () => {
    const [old, now] = [await of(`{Pet: ${text}}`, pet), await of(`{Animal: ${text}}`, animal)];
    expect(await broken(repository, old, now, [sample])).toEqual([
      "major Type check: openapi/samples/a.ts no longer compiles: Property 'pets' does not exist on type 'Routescope'.",
      expect.stringMatching(
        /^major Type check: a consumer's program no longer compiles: Property 'Pet' does not exist/,
      ),
    ]);
  });

  test("break where a request's type narrows, and compile where nothing changed", async () => {
    const [old, now] = [await of(`{Pet: ${text}}`, pet), await of("{Pet: {type: string, enum: [cat]}}", pet)];
    expect(await broken(repository, old, now, [])).toEqual([
      expect.stringMatching(
        /^major Type check: a consumer's program no longer compiles: Type 'string' is not assignable/,
      ),
    ]);
    expect(await broken(repository, old, old, [])).toEqual([]);
  });
});

describe("the last release", () => {
  const git = (cwd: string, ...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      cwd,
      stdio: "pipe",
    });
  const contract = (version: string, title: string) =>
    `${JSON.stringify({ openapi: "3.1.1", info: { title, version } }, null, 2)}\n`;

  async function history(commits: [version: string, title: string, tag?: string][]) {
    const at = await folder({ "generated/openapi.json": "" });
    git(at, "init", "-q");
    for (const [version, title, tag] of commits) {
      await writeFile(join(at, "generated/openapi.json"), contract(version, title));
      git(at, "add", ".");
      git(at, "commit", "-qm", title);
      if (tag) git(at, "tag", tag);
    }
    return at;
  }
  const titleOf = ({ text }: { text: string }) => JSON.parse(text).info.title;

  test("is the contract of the last tag", async () => {
    const at = await history([
      ["1.0.0", "one", "v1.0.0"],
      ["1.0.0", "two"],
      ["1.1.0", "three"],
    ]);
    expect(titleOf(await lastRelease(at))).toBe("one");
  });

  test("is that of the last commit that changed the version, where there is no tag", async () => {
    const at = await history([
      ["1.0.0", "one"],
      ["1.1.0", "two"],
      ["1.1.0", "three"],
    ]);
    expect(titleOf(await lastRelease(at))).toBe("two");
  });

  test("is not the oldest commit of a shallow clone, which changed nothing", async () => {
    const at = await history([
      ["1.0.0", "one"],
      ["1.1.0", "two"],
      ["1.1.0", "three"],
    ]);
    const clone = join(await folder({}), "clone");
    git(at, "clone", "-q", "--depth", "1", `file://${at}`, clone);
    await expect(lastRelease(clone)).rejects.toThrow(/no released contract.*\n.*git fetch --unshallow/);
    git(clone, "fetch", "-q", "--unshallow");
    expect(titleOf(await lastRelease(clone))).toBe("two");
  });

  test("is missed with advice where there is no history", async () => {
    const at = await folder({ "a.txt": "" });
    await expect(lastRelease(at)).rejects.toThrow(/no released contract.*\n.*fetch the whole history/);
  });
});

describe("versions", () => {
  test.each([
    ["1.4.2", "major", "2.0.0"],
    ["1.4.2", "minor", "1.5.0"],
    ["1.4.2", "patch", "1.4.3"],
    ["1.4.2", "none", "1.4.2"],
    ["0.4.2", "major", "0.5.0"],
    ["0.4.2", "minor", "0.4.3"],
    ["0.4.2", "patch", "0.4.3"],
    ["draft", "patch", undefined],
  ] as const)("after %s a %s change demands %s", (version, level, expected) => {
    expect(nextVersion(version, level)).toBe(expected);
  });

  test("are compared by their numbers", () => {
    expect(isAtLeast("1.10.0", "1.9.0")).toBe(true);
    expect(isAtLeast("1.9.0", "1.10.0")).toBe(false);
    expect(isAtLeast("2.0.0-rc.1", "2.0.0")).toBe(true);
    expect(isAtLeast("two", "2.0.0")).toBe(false);
  });

  // A shallow clone does not hold the release; `.github/workflows/check.yml` fetches the whole history.
  const isShallow =
    execFileSync("git", ["rev-parse", "--is-shallow-repository"], { cwd: repository }).toString() ===
    "true\n";
  test.skipIf(isShallow)(
    "the version of the contract has moved as its changes since the last release demand",
    async () => {
      const { level, versions } = await diffSinceRelease(
        repository,
        join(repository, "openapi/openapi.yaml"),
      );
      const lowest = nextVersion(versions.old, level) ?? "";
      expect(
        isAtLeast(versions.now, lowest),
        `info.version is ${versions.now}. The contract has ${level} changes since ${versions.old}, so that it must be at least ${lowest}. See \`npm run diff\`.`,
      ).toBe(true);
    },
  );
});
