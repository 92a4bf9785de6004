/** Documents that a stranger may hand over: each gets a clear error soon, and nothing beyond its folder is read. */

import { symlink, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { diff } from "../../scripts/pipeline/diff/diff.ts";
import { readContract } from "../../scripts/pipeline/read/contract.ts";
import type { Access } from "../../scripts/pipeline/read/files.ts";
import { formatProblems, InputError } from "../../scripts/shared/input-error.ts";
import { folder, HEAD } from "./fixture.ts";

const schemas = (text: string) => `${HEAD}paths: {}\ncomponents:\n  schemas:\n${text}`;
const repeat = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join("");

type Content = string | Uint8Array;

async function write(files: Record<string, Content>): Promise<string> {
  const at = await folder({});
  for (const [name, content] of Object.entries(files)) await writeFile(join(at, name), content);
  return at;
}

/** What is said of a document, its folder left out. */
async function refusal(at: string, access?: Access): Promise<string> {
  const error: unknown = await readContract(join(at, "api.yaml"), undefined, access).catch(
    (thrown) => thrown,
  );
  if (!(error instanceof InputError)) throw error;
  return error.message.replaceAll(`${at}/`, "");
}

const OUTSIDE = "is outside the folder of the root document";
const MOVE = "\n  Move the file into that folder, or allow files outside it with --allow-outside.";

const CASES: Record<string, [files: Record<string, Content>, message: string]> = {
  "UTF-16": [
    { "api.yaml": Buffer.from(`\ufeff${schemas("    A: {}\n")}`, "utf16le") },
    "api.yaml  This is UTF-16, not UTF-8.\n  Save the file as UTF-8.",
  ],
  "UTF-16 without a byte order mark": [
    { "api.yaml": Buffer.from(schemas("    A: {}\n"), "utf16le").swap16() },
    "api.yaml  This is UTF-16, not UTF-8.\n  Save the file as UTF-8.",
  ],
  gzip: [
    { "api.yaml": gzipSync(schemas("    A: {}\n")) },
    "api.yaml  This is compressed by gzip.\n  Unpack the file.",
  ],
  "a page of a web server": [
    { "api.yaml": "<!DOCTYPE html><title>404 Not Found</title>" },
    'api.yaml:1:1  This is not an OpenAPI 3 document: it is the text "<!DOCTYPE html><title>404 Not Found</title>".',
  ],
  AsyncAPI: [
    { "api.yaml": "asyncapi: 3.0.0\n" },
    "api.yaml:1:1  This is not an OpenAPI 3 document: it is AsyncAPI 3.0.0.",
  ],
  "a reference to what is not an object": [
    { "api.yaml": `${HEAD}paths: {/a: {get: {parameters: [{$ref: "#/info/title"}]}}}\n` },
    "What is at #/info/title cannot stand here: it is not an object.",
  ],
  "a reference that holds control characters, which are not printed": [
    { "api.yaml": schemas('    A: {$ref: "a\\0.yaml"}\n    B: {$ref: "#/\\e[31m"}\n') },
    "api.yaml:6:9  a\\u0000.yaml is not the name of a file.",
  ],
  "Latin-1, with the line of its first letter that is not UTF-8": [
    { "api.yaml": Buffer.from(schemas("    A: {title: Größe}\n"), "latin1") },
    "api.yaml  This is not UTF-8: see line 6.\n  Save the file as UTF-8.",
  ],
  "Latin-1 in a second file": [
    { "api.yaml": schemas("    A: {$ref: b.yaml}\n"), "b.yaml": Buffer.from("title: Größe\n", "latin1") },
    "api.yaml:6:9  b.yaml is not UTF-8: see line 1.\n  Save the file as UTF-8.",
  ],
  "101 levels": [
    { "api.yaml": schemas(`    A: ${"{not: ".repeat(101)}{}${"}".repeat(101)}\n`) },
    "api.yaml:6:585  Objects or lists are nested more than 100 deep.\n  Give the inner ones names among the components.",
  ],
  "aliases that multiply a text": [
    {
      "api.yaml": schemas(
        `    A: {x-text: &text "${"a".repeat(100_000)}"}\n    B: {x-texts: [${repeat(2000, () => "*text, ")}]}\n`,
      ),
    },
    "api.yaml:7:9  There are more than 1,000,000 objects, lists and lines of text here.\n  Look for YAML aliases that multiply one another, or split the document.",
  ],
  "a chain of 200 references": [
    {
      "api.yaml": schemas(
        `${repeat(200, (index) => `    A${index}: {$ref: "#/components/schemas/A${index + 1}"}\n`)}    A200: {}\n`,
      ),
    },
    "api.yaml:6:10  This reference leads through more than 100 others before it reaches anything.\n  Refer to what is meant.",
  ],
  "a large file that many paths repeat": [
    {
      "api.yaml": `${HEAD}paths:\n${repeat(110, (index) => `  /a${index}: {$ref: big.yaml}\n`)}`,
      "big.yaml": `x-big:\n${"- {}\n".repeat(10_000)}`,
    },
    "The document has more than 1,000,000 objects and lists once its files are put together.\n  Look for a large file that many references repeat.",
  ],
  "an address on the web": [
    { "api.yaml": schemas('    A: {$ref: "https://example.invalid/Pet.yaml"}\n') },
    "api.yaml:6:9  https://example.invalid/Pet.yaml is an address on the web.\n  Download the file and refer to the copy, or allow addresses with --allow-remote.",
  ],
  "an address of a file": [
    { "api.yaml": schemas('    A: {$ref: "file:///etc/hostname"}\n') },
    "api.yaml:6:9  file:///etc/hostname is not an address of the web.\n  Write a path, or an address with http: or https:.",
  ],
  "paths that leave the folder, relative and absolute": [
    { "api.yaml": schemas("    A: {$ref: ../secret.yaml}\n    B: {$ref: /etc/hostname}\n") },
    `api.yaml:6:9  ../secret.yaml ${OUTSIDE}.\napi.yaml:7:9  /etc/hostname ${OUTSIDE}.${MOVE}`,
  ],
};

describe("a hostile document is refused", () => {
  it.each(Object.entries(CASES))("for %s", async (_, [files, message]) => {
    expect(await refusal(await write(files))).toContain(message);
  });

  it("for a file of more than 64 MB, which is not read", async () => {
    const at = await write({ "api.yaml": HEAD });
    await truncate(join(at, "api.yaml"), 65 * 1024 * 1024);
    expect(await refusal(at)).toBe(
      "api.yaml  This is larger than 64 MB.\n  Split the document into smaller files.",
    );
  });

  it("for a link that leaves the folder, and for a device even where that is allowed", async () => {
    const at = await write({ "api.yaml": schemas("    A: {$ref: zero.yaml}\n") });
    await symlink("/dev/zero", join(at, "zero.yaml"));
    expect(await refusal(at)).toBe(`api.yaml:6:9  zero.yaml ${OUTSIDE}.${MOVE}`);
    expect(await refusal(at, { allowOutside: true })).toBe(
      "api.yaml:6:9  zero.yaml is not a regular file.\n  Refer to a file, not to a device or a pipe.",
    );
  });

  it("by diff, whichever of its two documents it is", async () => {
    const at = await write({
      "old.yaml": schemas("    A: {}\n"),
      "new.yaml": schemas("    A: {$ref: /etc/hostname}\n"),
    });
    const [old, now] = [join(at, "old.yaml"), join(at, "new.yaml")];
    await expect(diff(old, now)).rejects.toThrow(OUTSIDE);
    await expect(diff(now, old)).rejects.toThrow(OUTSIDE);
  });
});

describe("schemas that combine others in great number", () => {
  const named = (count: number, schema: (index: number, next: string) => string) =>
    repeat(
      count,
      (index) => `    A${index}: ${schema(index, `{$ref: "#/components/schemas/A${index + 1}"}`)}\n`,
    );
  const uses = `${HEAD}paths: {/a: {post: {requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/A0"}}}}}}}\ncomponents:\n  schemas:\n`;
  /** Compares a document with the same one whose last schema accepts less. */
  const compared = async (schemas: string, last: [old: string, now: string]) => {
    const at = await write({ "old.yaml": uses + schemas + last[0], "new.yaml": uses + schemas + last[1] });
    return diff(join(at, "old.yaml"), join(at, "new.yaml"));
  };

  it.each([
    ["allOf", (_: number, next: string) => `{allOf: [${next}, {type: object}]}`, "more than 200"],
    ["anyOf", (_: number, next: string) => `{anyOf: [${next}, {type: integer}]}`, "more than 300 deep"],
    ["properties", (_: number, next: string) => `{properties: {a: ${next}}}`, "more than 300 deep"],
  ])("are refused in a chain of 1,000, by %s", async (_, schema, message) => {
    await expect(
      compared(named(1000, schema), ["    A1000: {}\n", "    A1000: {maxLength: 3}\n"]),
    ).rejects.toThrow(message);
  });

  it("are compared where each is twice in the one before, thirty times over", async () => {
    const twice = named(30, (_, next) => `{allOf: [${next}, ${next}]}`);
    const { level } = await compared(twice, ["    A30: {}\n", "    A30: {maxLength: 3}\n"]);
    expect(level).toBe("major");
  });

  it("are compared where each of 1,000 variants has changed, told apart by a tag or not at all", async () => {
    const union = (tag: (index: number) => string, length: number) =>
      `    A0: {oneOf: [${repeat(1000, (index) => `{type: object, required: [kind], properties: {kind: ${tag(index)}, p${index}: {maxLength: ${length}}}}, `)}]}\n`;
    for (const tag of [(index: number) => `{const: k${index}}`, () => "{type: string}"]) {
      const { level } = await compared("", [union(tag, 9), union(tag, 8)]);
      expect(level).toBe("major");
    }
  });

  it("are compared where allOf has 2,000 parts, and an enum 20,000 values", async () => {
    const parts = `    A0: {allOf: [${repeat(2000, (index) => `{properties: {p${index}: {}}}, `)}], properties: {many: {$ref: "#/components/schemas/Many"}}}\n`;
    const values = (end: string) => `    Many: {enum: [${repeat(20_000, (index) => `v${index}, `)}${end}]}\n`;
    const { level } = await compared(parts, [values("last"), values("other")]);
    expect(level).toBe("major");
  });
});

describe("examples and schemas that would hold up a comparison", () => {
  const compared = async (text: string) => {
    const at = await write({ "api.yaml": text });
    return (await diff(join(at, "api.yaml"), join(at, "api.yaml"))).level;
  };
  const body = (schema: string, example: string) =>
    `${HEAD}paths: {/a: {post: {requestBody: {content: {application/json: {schema: ${schema}, examples: {one: {value: ${example}}}}}}}}}\n`;

  it("do not, by a pattern that backtracks without end", async () => {
    expect(await compared(body('{pattern: "^(a+)+$"}', `"${"a".repeat(60)}!"`))).toBe("none");
    expect(await compared(body('{pattern: "^(?=(a+)+$)"}', `"${"a".repeat(60)}!"`))).toBe("none");
  });

  it("do not, by two schemas of one $id", async () => {
    const twice =
      "components: {schemas: {A: {$id: 'https://a.example/a'}, B: {$id: 'https://a.example/a'}}}\n";
    expect(await compared(body("{type: string}", "a") + twice)).toBe("none");
  });

  it("do not, by schemas that consist of each other", async () => {
    const schema = "{$ref: '#/components/schemas/A'}";
    const circle = `components: {schemas: {A: {allOf: [{$ref: '#/components/schemas/B'}]}, B: {allOf: [${schema}]}}}\n`;
    expect(await compared(body(schema, "a") + circle)).toBe("none");
  });
});

describe("an unusual document is read", () => {
  it("without members that are called __proto__, and with those that every object inherits", async () => {
    const at = await write({
      "api.yaml": schemas(
        "    A: {properties: {__proto__: {type: string}, constructor: {type: string}}}\n    toString: {}\n",
      ),
    });
    const { document, warnings } = await readContract(join(at, "api.yaml"));
    const found = document.components?.["schemas"] as Record<string, { properties?: object }>;
    expect(Object.keys(found)).toEqual(["A", "toString"]);
    expect(Object.keys(found["A"]?.properties ?? {})).toEqual(["constructor"]);
    expect(formatProblems(warnings)).toContain(
      "api.yaml:6:22  The name __proto__ has another meaning in JavaScript. It is left out.",
    );
  });

  it("without a description of more than 100,000 characters, and with bodies that have no content", async () => {
    const long = "a".repeat(100_001);
    const at = await write({
      "api.yaml": `${HEAD}paths: {/a: {post: {description: ${long}, requestBody: {content: 5}}, put: {requestBody: {}}}}\n`,
    });
    const { document, warnings } = await readContract(join(at, "api.yaml"));
    expect(document.paths?.["/a"]).toMatchObject({
      post: { requestBody: { content: {} } },
      put: { requestBody: { content: {} } },
    });
    expect(JSON.stringify(document)).not.toContain(long);
    expect(formatProblems(warnings)).toContain(
      '"description" must not be longer than 100,000 characters. It is left out.',
    );
  });

  it("with a byte order mark in each file", async () => {
    const at = await write({
      "api.yaml": `\ufeff${schemas("    A: {$ref: b.json}\n")}`,
      "b.json": '\ufeff{"title": "B"}',
    });
    const { document } = await readContract(join(at, "api.yaml"));
    expect(document.components?.["schemas"]).toEqual({ A: { title: "B" } });
  });

  it("with an enum of 100,000 values, and files that refer to each other in a circle", async () => {
    const at = await write({
      "api.yaml": schemas(
        `    A: {$ref: b.yaml}\n    Many: {enum: [${repeat(100_000, (index) => `v${index}, `)}]}\n`,
      ),
      "b.yaml": "properties: {c: {$ref: c.yaml}}\n",
      "c.yaml": "properties: {b: {$ref: b.yaml}}\n",
    });
    const { document } = await readContract(join(at, "api.yaml"));
    const found = document.components?.["schemas"] as Record<string, { enum?: string[] }>;
    expect(Object.keys(found)).toEqual(["A", "Many", "c"]);
    expect(found["Many"]?.enum).toHaveLength(100_000);
  });

  it("from outside its folder, and its examples too, where that is allowed", async () => {
    const there = await write({ "Pet.yaml": "title: Pet\n", "one.txt": "One." });
    const example = `paths: {/a: {get: {responses: {"200": {description: D, content: {text/plain: {examples: {one: {externalValue: ${there}/one.txt}}}}}}}}}\n`;
    const at = await write({
      "api.yaml": `${HEAD}${example}components: {schemas: {Pet: {$ref: ${there}/Pet.yaml}}}\n`,
    });
    expect(await refusal(at)).toContain(OUTSIDE);
    const { document } = await readContract(join(at, "api.yaml"), undefined, { allowOutside: true });
    expect(JSON.stringify(document)).toContain('"one":{"value":"One."}');
    expect(document.components?.["schemas"]).toEqual({ Pet: { title: "Pet" } });
  });

  it("without the example whose file is outside its folder", async () => {
    const there = await write({ "one.txt": "A secret." });
    const at = await write({
      "api.yaml": `${HEAD}paths: {/a: {get: {responses: {"200": {description: D, content: {text/plain: {examples: {one: {externalValue: ${there}/one.txt}}}}}}}}}\n`,
    });
    const { document, warnings } = await readContract(join(at, "api.yaml"));
    expect(JSON.stringify(document)).not.toContain("A secret.");
    expect(formatProblems(warnings)).toContain(`${OUTSIDE}. The example is left out.`);
  });

  it("without a guide that quotes a file outside the folder of the document", async () => {
    const there = await write({ "secret.txt": "A secret." });
    const at = await folder({
      "api.yaml": `${HEAD}paths: {}\n`,
      "guides/10-a.md": `# A\n\nWhat it is for.\n\n\`\`\`text ../../${there.split("/").at(-1)}/secret.txt\n\`\`\`\n`,
    });
    const { guides, warnings } = await readContract(join(at, "api.yaml"));
    expect(JSON.stringify(guides)).not.toContain("A secret.");
    expect(formatProblems(warnings)).toContain(OUTSIDE);
  });

  it("from the web only where that is allowed, and never beyond 64 MB", async () => {
    const megabyte = Buffer.alloc(1024 * 1024, "#");
    const server = createServer(async (_, response) => {
      for (let sent = 0; sent < 70 && !response.destroyed; sent++)
        if (!response.write(megabyte))
          await new Promise((done) => response.once("drain", done).once("close", done));
      response.end();
    });
    onTestFinished(() => void server.closeAllConnections());
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/Pet.yaml`;
    const at = await write({ "api.yaml": schemas(`    A: {$ref: "${url}"}\n`) });
    expect(await refusal(at, { allowRemote: true })).toContain("is larger than 64 MB");
    server.close();
  });
});
