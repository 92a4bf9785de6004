import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SchemaObject } from "../../../scripts/document/model.ts";
import { readContract } from "../../../scripts/pipeline/read/contract.ts";
import { formatProblems } from "../../../scripts/shared/input-error.ts";
import { folder, HEAD } from "../fixture.ts";

async function read(files: Record<string, string>) {
  const at = await folder(files);
  const { document, warnings } = await readContract(join(at, "api.yaml"));
  const schemas = (document.components?.["schemas"] ?? {}) as Record<string, SchemaObject>;
  return { document, schemas, warnings: formatProblems(warnings).replaceAll(`${at}/`, "") };
}

const schemas = (text: string, paths = "{}") => ({
  "api.yaml": `${HEAD}paths: ${paths}\ncomponents:\n  schemas:\n${text}`,
});
const answer = (schema: string) =>
  `{responses: {"200": {description: D, content: {application/json: {schema: ${schema}}}}}}`;

describe("a reference", () => {
  it("to a part of an operation becomes one to a component that is named after the operation", async () => {
    const pointer = "#/paths/~1a/get/responses/200/content/application~1json/schema";
    const { schemas: found, document } = await read(
      schemas(
        "    A: {}\n",
        `{/a: {get: {operationId: list_all, ${answer("{title: L}").slice(1)}}, /b: {get: ${answer(`{$ref: "${pointer}"}`)}}}`,
      ),
    );
    expect(found["List_allResponse"] ?? found["ListAllResponse"]).toEqual({ title: "L" });
    expect(JSON.stringify(document.paths!["/b"])).toContain("#/components/schemas/ListAllResponse");
  });

  it("to definitions inside a schema becomes one to a component, from the root and from the schema itself", async () => {
    const { schemas: found } = await read(
      schemas(
        '    A: {properties: {own: {$ref: "#/components/schemas/A/$defs/Own"}, near: {$ref: "#/$defs/Near"}}, $defs: {Own: {title: O}, Near: {title: N}}}\n',
      ),
    );
    expect(found["A"]!.properties).toEqual({
      own: { $ref: "#/components/schemas/Own" },
      near: { $ref: "#/components/schemas/Near" },
    });
    expect([found["Own"], found["Near"]]).toEqual([{ title: "O" }, { title: "N" }]);
  });

  it("finds names with slashes, tildes, percent signs and letters of any language", async () => {
    const { schemas: found } = await read(
      schemas(
        '    a/b~c: {title: S}\n    Größe: {title: G}\n    All: {allOf: [{$ref: "#/components/schemas/a~1b~0c"}, {$ref: "#/components/schemas/Gr%C3%B6%C3%9Fe"}, {$ref: "#/components/schemas/Größe"}]}\n',
      ),
    );
    expect(found["a_b_c"]).toEqual({ title: "S" });
    expect(found["All"]!["allOf"]).toEqual([
      { $ref: "#/components/schemas/a_b_c" },
      { $ref: "#/components/schemas/Größe" },
      { $ref: "#/components/schemas/Größe" },
    ]);
  });

  it("to a map or list of another file is replaced by it", async () => {
    const { document, schemas: found } = await read({
      "api.yaml": `${HEAD}paths: {$ref: paths.yaml}\ncomponents: {schemas: {$ref: schemas.yaml}}\n`,
      "paths.yaml": "/a: {get: {parameters: {$ref: parameters.yaml}}}\n",
      "parameters.yaml": "- {name: q, in: query, schema: {type: string}}\n",
      "schemas.yaml": "A: {title: A}\n",
    });
    expect(document.paths!["/a"]!.get!.parameters).toEqual([
      { name: "q", in: "query", schema: { type: "string" } },
    ]);
    expect(found).toEqual({ A: { title: "A" } });
  });

  it("to a text of another file is replaced by it", async () => {
    const { document } = await read({
      "api.yaml": `openapi: 3.1.1\ninfo: {title: T, version: "1", description: {$ref: about.md}}\n`,
      "about.md": "# About\n",
    });
    expect(document.info.description).toBe("# About\n");
  });

  it("in data is data: of examples, defaults, extensions and properties called $ref", async () => {
    const data = "{$ref: https://scim.invalid/Users/1}";
    const { schemas: found, warnings } = await read(
      schemas(
        `    A: {default: ${data}, const: ${data}, enum: [${data}], example: ${data}, x-note: ${data}, properties: {$ref: {type: string}}}\n`,
      ),
    );
    const value = { $ref: "https://scim.invalid/Users/1" };
    expect(found["A"]).toEqual({
      ...{ default: value, const: value, enum: [value], examples: [value], "x-note": value },
      properties: { $ref: { type: "string" } },
    });
    expect(warnings).toBe("");
  });

  it("of a mapping that leads nowhere is left out, with its place", async () => {
    const { schemas: found, warnings } = await read(
      schemas('    A: {discriminator: {propertyName: kind, mapping: {b: "#/components/schemas/B", c: C}}}\n'),
    );
    expect(found["A"]!["discriminator"]).toEqual({ propertyName: "kind", mapping: { c: "C" } });
    expect(warnings).toContain("api.yaml:6:55  There is nothing at #/components/schemas/B.");
  });
});

describe("an example whose value is in another file", () => {
  const one = (value: string) => ({
    "api.yaml": `${HEAD}paths:\n  /a:\n    get:\n      responses:\n        "200":\n          description: D\n          content:\n            text/plain:\n              examples:\n                one: {externalValue: ${value}}\n`,
  });
  const exampleOf = ({ document }: Awaited<ReturnType<typeof read>>) =>
    (document.paths!["/a"]!.get!.responses!["200"] as { content: Record<string, { examples: object }> })
      .content["text/plain"]!.examples;

  it("is read as JSON or text", async () => {
    expect(exampleOf(await read({ ...one("a.json"), "a.json": '{"a":1}' }))).toEqual({
      one: { value: { a: 1 } },
    });
    expect(exampleOf(await read({ ...one("a.csv"), "a.csv": "a,b\n" }))).toEqual({ one: { value: "a,b\n" } });
  });

  it("is kept as bytes where it is not text", async () => {
    const at = await folder(one("a.png"));
    await writeFile(join(at, "a.png"), new Uint8Array([0xff, 0xfe, 0x00]));
    const { document } = await readContract(join(at, "api.yaml"));
    expect(JSON.stringify(document)).toContain('"externalValue":"data:application/octet-stream;base64,//4A"');
  });

  it("is left out, with its place, where there is no such file or it is not the JSON that it is called", async () => {
    const missing = await read(one("none.json"));
    expect(exampleOf(missing)).toEqual({});
    expect(missing.warnings).toContain(
      "api.yaml:12:23  There is no file none.json. The example is left out.",
    );
    expect((await read({ ...one("a.json"), "a.json": "{" })).warnings).toContain("a.json is not JSON.");
  });

  it("is not fetched from the web", async () => {
    expect(exampleOf(await read(one("https://example.invalid/a.json")))).toEqual({
      one: { externalValue: "https://example.invalid/a.json" },
    });
  });
});

describe("a union with a discriminator", () => {
  const KIND = "type: object, required: [kind], properties: {kind: {type: string}}";

  it("tells its members apart by the value that names them", async () => {
    const { schemas: found } = await read(
      schemas(
        `    A: {oneOf: [{$ref: "#/components/schemas/B"}, {$ref: "#/components/schemas/C"}], discriminator: {propertyName: kind, mapping: {b1: "#/components/schemas/B", b2: B}}}\n    B: {${KIND}}\n    C: {${KIND}}\n`,
      ),
    );
    expect(found["B"]!.properties).toEqual({ kind: { type: "string", enum: ["b1", "b2"] } });
    expect(found["C"]!.properties).toEqual({ kind: { type: "string", const: "C" } });
  });

  it("keeps the values that a member declares, and a member that others extend", async () => {
    const { schemas: found } = await read(
      schemas(
        `    A: {oneOf: [{$ref: "#/components/schemas/B"}, {$ref: "#/components/schemas/C"}], discriminator: {propertyName: kind}}\n    B: {properties: {kind: {const: bee}}}\n    C: {${KIND}}\n    D: {allOf: [{$ref: "#/components/schemas/C"}]}\n`,
      ),
    );
    expect(found["B"]!.properties).toEqual({ kind: { const: "bee" } });
    expect(found["C"]!.properties).toEqual({ kind: { type: "string" } });
  });

  it("that its members extend does not contain itself", async () => {
    const { schemas: found } = await read(
      schemas(
        `    A: {${KIND}, description: D, discriminator: {propertyName: kind}, oneOf: [{$ref: "#/components/schemas/B"}]}\n    B: {allOf: [{$ref: "#/components/schemas/A"}, {properties: {b: {type: integer}}}]}\n`,
      ),
    );
    expect(Object.keys(found["A"]!).sort()).toEqual(["description", "discriminator", "oneOf"]);
    expect(found["ABase"]).toMatchObject({ required: ["kind"], properties: { kind: { type: "string" } } });
    expect(found["B"]!["allOf"]).toEqual([
      { $ref: "#/components/schemas/ABase" },
      { properties: { b: { type: "integer" } } },
    ]);
    expect(found["B"]!.properties).toEqual({ kind: { type: "string", const: "B" } });
  });
});

describe("a path", () => {
  it("that names a parameter in a framework's way names it as OpenAPI does", async () => {
    const parameter = "parameters: [{name: path, in: path, required: true, schema: {type: string}}]";
    const { document, warnings } = await read({
      "api.yaml": `${HEAD}paths: {"/files/{path*}": {get: {${parameter}}}}\n`,
    });
    expect(Object.keys(document.paths!)).toEqual(["/files/{path}"]);
    expect(warnings).toBe("");
  });

  it("with a parameter that no operation declares gets one, with a warning", async () => {
    const { document, warnings } = await read({ "api.yaml": `${HEAD}paths: {"/a/{id}": {get: {}}}\n` });
    expect(document.paths!["/a/{id}"]!.get!.parameters).toEqual([
      { name: "id", in: "path", required: true, schema: { type: "string" } },
    ]);
    expect(warnings).toMatch(/^api\.yaml:3:21 {2}The path has \{id\}, but GET declares no path parameter/);
  });
});

describe("YAML aliases that multiply one another", () => {
  it("are refused before they fill the memory", async () => {
    const levels = Array.from(
      { length: 9 },
      (_, index) => `  l${index + 1}: &l${index + 1} [${Array(9).fill(`*l${index}`).join(", ")}]\n`,
    );
    const text = `${HEAD}x-bomb:\n  l0: &l0 {a: 1}\n${levels.join("")}`;
    await expect(read({ "api.yaml": text })).rejects.toThrow(
      "There are more than 1,000,000 objects, lists and lines of text here.",
    );
  });
});

describe("nesting without end", () => {
  it("is refused in words", async () => {
    const depth = 20_000;
    const head = '"openapi":"3.1.1","info":{"title":"T","version":"1"}';
    const text = `{${head},"x":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    await expect(read({ "api.yaml": text })).rejects.toThrow(
      /nested more than 100 deep\.\n {2}Give the inner ones names/,
    );
  });
});
