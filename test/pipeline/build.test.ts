import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { built, contents, FILES, FOREIGN, folder } from "./fixture.ts";

const GENERATED = ["api.md", "client.ts", "openapi.json", "openapi.yaml", "schema.ts"];

describe("the whole pipeline", () => {
  it("builds any other document with lint findings, unless --strict is given", async () => {
    const at = await folder({ ...FILES, "rules/README.md": "Other rules.\n" });
    const lax = await built(at);
    expect(lax.code).toBe(0);
    expect(
      lax.stderr,
    ).toBe(`  1 x error  oas3-schema, first at api.yaml:5:5  "get" property must not have unevaluated properties.
  2 x warning  operation-description, first at api.yaml:5:5  Operation "description" must be present and non-empty string.
  2 x warning  operation-tags, first at api.yaml:5:5  Operation must have non-empty "tags" array.
  1 x warning  oas3-api-servers, first at api.yaml:1:1  OpenAPI "servers" must be present and non-empty array.
  1 x warning  info-contact, first at api.yaml:2:1  Info object must have "contact" object.
  1 x warning  info-description, first at api.yaml:2:1  Info "description" must be present and non-empty string.
  1 x warning  operation-operationId-valid-in-url, first at api.yaml:6:7  operationId must not contain characters that are invalid when used in URL.
  1 x warning  operation-operationId, first at api.yaml:9:5  Operation must have "operationId".
  None of them stops the build; --strict would.
`);
    expect(Object.keys(await contents(join(at, "out")))).toEqual(expect.arrayContaining(GENERATED));

    const strict = await built(at, { stage: "lint", strict: true });
    expect(strict.code).toBe(1);
    expect(strict.stderr).toContain(
      'api.yaml:5:5  warning  operation-tags  Operation must have non-empty "tags" array.\n',
    );
    expect(strict.stderr).toMatch(/\nLint stops the build: 10 findings\.\n$/);
    expect(strict.stdout).toMatch(/^✓ contract .*\n✓ lint .*\n$/);
  });

  it("lints a copy of our contract by the house rules", async () => {
    const at = await folder({ "api.yaml": FOREIGN, "Pet.yaml": "{}", "rules/index.mjs": "" });
    const { code, stderr } = await built(at, { stage: "lint" });
    expect(code).toBe(1);
    expect(stderr).toContain("api.yaml:5:5  error  operation-text  The operation has no summary.");
  });
});

describe("one stage", () => {
  it.each([
    ["bundle", ["openapi.json", "openapi.yaml"]],
    ["types", ["schema.ts"]],
    ["client", ["api.md", "client.ts"]],
  ])("%s writes its own files", async (stage, files) => {
    const at = await folder(FILES);
    const { code, stdout } = await built(at, { stage });
    expect(code).toBe(0);
    expect(stdout.match(/^✓ \w+/gm)?.slice(0, 2)).toEqual(["✓ contract", `✓ ${stage}`]);
    expect(await contents(at)).toEqual({
      ...FILES,
      ...Object.fromEntries(files.map((name) => [`out/${name}`, expect.stringContaining("Pets")])),
    });
  });
});

describe("what is written", () => {
  it("writes only the files that changed", async () => {
    const at = await folder(FILES);
    await built(at, { stage: "bundle" });
    const { mtimeMs } = await stat(join(at, "out/openapi.yaml"));
    await writeFile(join(at, "out/openapi.json"), "");
    const { stdout } = await built(at, { stage: "bundle" });
    expect(stdout).toMatch(/✓ out: 1 file changed\n$/);
    expect((await stat(join(at, "out/openapi.yaml"))).mtimeMs).toBe(mtimeMs);
    expect(await readFile(join(at, "out/openapi.json"), "utf8")).toContain('"Pets API"');
  });

  it("names the document in the first line of a file", async () => {
    const at = await folder(FILES);
    await built(at, { stage: "bundle" });
    expect((await readFile(join(at, "out/openapi.yaml"), "utf8")).split("\n")[0]).toBe(
      '# Written by `npm run build` from the OpenAPI document of "Pets API". Do not edit it.',
    );
  });

  it("refuses to overwrite the document", async () => {
    const at = await folder({ "openapi.yaml": FOREIGN, "Pet.yaml": "{}" });
    const { code, stderr } = await built(at, { stage: "bundle", input: join(at, "openapi.yaml"), out: at });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        "openapi.yaml  is part of the document, and would be overwritten.\nChoose another folder with --out DIR.\n",
    });
    expect(await contents(at)).toEqual({ "openapi.yaml": FOREIGN, "Pet.yaml": "{}" });
  });

  it("reports a folder that cannot be made", async () => {
    const at = await folder({ ...FILES, out: "a file" });
    const { code, stderr } = await built(at, { stage: "types" });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        "out/schema.ts  cannot be written: EEXIST: file already exists.\n  Make room for it, or choose another folder with --out DIR.\n",
    });
  });
});
