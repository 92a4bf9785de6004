import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { readContract } from "../../../scripts/pipeline/read/contract.ts";
import { types } from "../../../scripts/pipeline/stages/types/stage.ts";
import { formatProblems, type Problem } from "../../../scripts/shared/input-error.ts";
import { folder, HEAD } from "../fixture.ts";

/** The `schema.ts` of a document with these schemas, in a folder. */
async function generate(schemas: string, rest = "", warnings: string[] = []) {
  const indented = schemas.replaceAll(/^(?=.)/gm, "    ");
  const at = await folder({ "api.yaml": `${HEAD}${rest}components:\n  schemas:\n${indented}` });
  const contract = await readContract(join(at, "api.yaml"));
  const warn = (...problems: Problem[]) =>
    warnings.push(...problems.map((problem) => formatProblems([problem]).replace(`${at}/`, "")));
  const source = (await types(contract, warn)).get("schema.ts") as string;
  return { at, source };
}

const library = new Map<string, ts.SourceFile | undefined>();

/** What the compiler says of code that uses the types as `Schemas`. */
async function compile({ at, source }: { at: string; source: string }, code: string): Promise<string[]> {
  await writeFile(join(at, "schema.ts"), source);
  await writeFile(
    join(at, "use.ts"),
    `import type { components } from "./schema.ts";\ntype Schemas = components["schemas"];\n${code}`,
  );
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipDefaultLibCheck: true,
    target: ts.ScriptTarget.ES2024,
    lib: ["lib.es2022.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile;
  // The files of the language are the same each time, and most of the work.
  host.getSourceFile = (file, ...rest) => {
    if (!file.includes("/typescript/lib/")) return read(file, ...rest);
    if (!library.has(file)) library.set(file, read(file, ...rest));
    return library.get(file);
  };
  const program = ts.createProgram([join(at, "use.ts")], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = (file?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0) - 1;
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, " ").split(".")[0]}`;
  });
}

describe("the types", () => {
  it("name the document in the first line", async () => {
    const { source } = await generate("A: {type: string}\n");
    expect(source.split("\n")[0]).toBe(
      '// Written by `npm run build` from the OpenAPI document of "Pets API". Do not edit it.',
    );
  });

  it("keep the known values of an open string, and its description", async () => {
    const { source } = await generate(`Name:
  description: What it is called.
  anyOf: [{type: string, enum: [tom, rex]}, {type: string}]
OrNull:
  anyOf: [{enum: [tom]}, {type: string}, {type: "null"}]
AlsoNull: {anyOf: [{type: [string, "null"], enum: [tom, null]}, {type: string, minLength: 1}]}
Closed: {anyOf: [{type: string, enum: [tom]}, {type: string, enum: [rex]}]}
Mixed: {anyOf: [{enum: [tom]}, {type: string}, {type: integer}]}
`);
    expect(source).toContain(
      '/** @description What it is called. */\n        Name: "tom" | "rex" | (string & {});',
    );
    expect(source).toContain('OrNull: "tom" | (string & {}) | null;');
    expect(source).toContain('AlsoNull: "tom" | (string & {}) | null;');
    expect(source).toMatch(/Closed: "tom" \| "rex";/);
    expect(source).toMatch(/Mixed: "tom" \| string \| number;/);
  });

  it("tell optional members and additional members apart from required ones", async () => {
    const generated = await generate(`Pet:
  type: object
  required: [name]
  properties:
    name: {type: string}
    size: {type: string, default: m}
    anything: {type: object}
Tagged:
  type: object
  properties: {name: {type: string}}
  additionalProperties: true
`);
    expect(
      await compile(
        generated,
        `const pet: Schemas["Pet"] = { name: "Tom", anything: { toys: 3 } };
const size: string | undefined = pet.size;
const tagged: Schemas["Tagged"] = { name: "Tom", colour: 7 };
const name: string | undefined = tagged.name;
export const nameless: Schemas["Pet"] = {};
export const numbered: Schemas["Tagged"] = { name: 7 };
export default [size, name];
`,
      ),
    ).toEqual([
      "5: Property 'name' is missing in type '{}' but required in type '{ name: string; size?: string | undefined; anything?: Record<string, unknown> | undefined; }'",
      "6: Type 'number' is not assignable to type 'string'",
    ]);
  });

  it("tell the members of a union apart by their discriminator, without remarks by openapi-typescript", async () => {
    const generated = await generate(`Pet:
  oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
  discriminator:
    propertyName: kind
    mapping: {cat: "#/components/schemas/Cat", dog: Dog, bird: Nothing}
Cat:
  type: object
  required: [kind, lives]
  properties: {kind: {type: string, const: cat, description: A cat.}, lives: {type: integer}}
Dog:
  type: object
  required: [kind]
  properties: {kind: {type: string, const: dog}}
`);
    expect(generated.source).toContain("@description A cat.\n");
    expect(generated.source).not.toContain("openapi-typescript");
    expect(
      await compile(
        generated,
        'export const lives = (pet: Schemas["Pet"]): number => (pet.kind === "cat" ? pet.lives : pet.lives);\n',
      ),
    ).toEqual(["1: Property 'lives' does not exist on type '{ kind: \"dog\"; }'"]);
  });

  it("compile for schemas that contain themselves, over lists and other schemas too", async () => {
    const generated = await generate(`Json:
  description: Any JSON.
  anyOf:
    - {type: [string, number, boolean, "null"]}
    - {type: array, items: {$ref: "#/components/schemas/Json"}}
    - {type: object, additionalProperties: {$ref: "#/components/schemas/Json"}}
components: {type: array, items: {$ref: "#/components/schemas/1 odd"}}
1 odd: {oneOf: [{$ref: "#/components/schemas/components"}, {type: string}]}
Tree: {type: object, properties: {children: {type: array, items: {$ref: "#/components/schemas/Tree"}}}}
Pair: {type: array, prefixItems: [{$ref: "#/components/schemas/Pair"}, {type: string}]}
`);
    expect(generated.source).toContain("/** @description Any JSON. */\n        Json: Json;");
    expect(
      await compile(
        generated,
        `export const json: Schemas["Json"] = [1, { a: ["b", null] }];
export const odd: Schemas["components"] = ["a", ["b", ["c"]]];
export const tree: Schemas["Tree"] = { children: [{ children: [] }] };
export const wrong: Schemas["Json"] = { a: [undefined] };
export const deep: Schemas["1 odd"] = [["a"], [7]];
`,
      ),
    ).toEqual([
      "4: Type '{ a: undefined[]; }' is not assignable to type 'Json'",
      "5: Type 'number' is not assignable to type '_1_odd'",
    ]);
  });

  it("have names that every object inherits", async () => {
    const made = await generate(
      "hasOwnProperty: {type: object, properties: {toString: {type: string}, valueOf: {$ref: '#/components/schemas/constructor'}}}\nconstructor: {type: integer}\n",
    );
    expect(made.source).not.toContain("inherited");
    const code = `const value: Schemas["hasOwnProperty"] = { toString: "a", valueOf: "b" };`;
    expect(await compile(made, code)).toEqual(["1: Type 'string' is not assignable to type 'number'"]);
  });

  it("do not look into the data of examples", async () => {
    const { source } = await generate(
      "A: {type: string}\n",
      `paths:
  /pets:
    post:
      operationId: post
      requestBody:
        content:
          application/json:
            examples: {tool: {value: {parameters: {$ref: "#/$defs/Location"}}}}
      responses:
        "200":
          description: OK
          content: {application/json: {schema: {type: object}}}
`,
    );
    expect(source).toContain("post: operations");
  });

  it("include an operation without responses", async () => {
    const { source } = await generate(
      "A: {type: string}\n",
      "servers: [{url: https://pets.example/}]\npaths: {/pets: {get: {operationId: list}}}\n",
    );
    expect(source).toContain("list: {");
  });

  it("are unknown for the schemas and operations that openapi-typescript cannot take, and for those alone", async () => {
    const warnings: string[] = [];
    const odd = "{oneOf: [true], discriminator: {propertyName: kind}}";
    const answer = (schema: string) =>
      `{"200": {description: D, content: {application/json: {schema: ${schema}}}}}`;
    const { source } = await generate(
      `Good: {type: string}\nOdd: ${odd}\nAlso: {type: integer}\nOdder: ${odd}\n`,
      `paths: {/a: {get: {operationId: bad, responses: ${answer(odd)}}}, /b: {get: {operationId: good, responses: ${answer("{type: string}")}}}}\n`,
      warnings,
    );
    expect(source).toContain(
      "        Good: string;\n        Odd: unknown;\n        Also: number;\n        Odder: unknown;\n",
    );
    expect(source).toContain('"application/json": string;');
    expect(source).toContain('"application/json": unknown;');
    expect(warnings.map((warning) => warning.split(": ")[0])).toEqual([
      "api.yaml:7:5  No type can be made for Odd",
      "api.yaml:9:5  No type can be made for Odder",
      "api.yaml:3:14  No type can be made for GET /a",
    ]);
  });

  it("are unknown for schemas that consist of themselves, circle by circle", async () => {
    const warnings: string[] = [];
    const generated = await generate(
      `A: {allOf: [{$ref: "#/components/schemas/B"}]}
B: {allOf: [{$ref: "#/components/schemas/A"}, {type: object, properties: {b: {type: string}}}]}
C: {anyOf: [{$ref: "#/components/schemas/C"}, {type: string}]}
`,
      "",
      warnings,
    );
    expect(warnings).toEqual([
      "api.yaml:5:5  A consists of itself: A -> B -> A. Its type is `unknown`.\n  Put a property or a list between: validation would never end, and no type can express it.",
      "api.yaml:7:5  C consists of itself: C -> C. Its type is `unknown`.\n  Put a property or a list between: validation would never end, and no type can express it.",
    ]);
    expect(await compile(generated, 'export const b: Schemas["B"] = { b: "x" };\n')).toEqual([]);
  });

  it("are Blob for bytes, in the ways of 3.0 and 3.1, and string for text that holds another media type", async () => {
    const { source } = await generate(`A: {type: string, format: binary}
B: {type: string, contentMediaType: image/png}
C: {type: string, contentMediaType: image/png, contentEncoding: base64}
D: {type: string, contentMediaType: application/json, contentSchema: {type: object}}
E: {type: string, format: binary, nullable: true}
`);
    for (const line of ["A: Blob;", "B: Blob;", "C: string;", "D: string;", "E: Blob | null;"])
      expect(source).toContain(line);
  });

  it("keep the properties beside a union of conditions, and have no members for definitions", async () => {
    const { source } = await generate(
      "A: {type: object, properties: {name: {type: string}}, anyOf: [{required: [name]}, {required: [code]}], $defs: {D: {type: string}}}\n",
    );
    expect(source).toMatch(/A: \{\s+name\?: string;\s+\};/);
  });

  it("leave read-only members out of requests, and write-only members out of answers", async () => {
    const body = '{content: {application/json: {schema: {$ref: "#/components/schemas/Ship"}}}}';
    const { source } = await generate(
      "Ship: {type: object, required: [id, name], properties: {id: {type: string, readOnly: true}, name: {type: string}, key: {type: string, writeOnly: true}}}\n",
      `paths: {/ships: {post: {requestBody: ${body}, responses: {"200": {description: D, ${body.slice(1)}}}}}\n`,
    );
    expect(source).toMatch(/Ship: \{\s+readonly id: string;\s+name: string;\s+\};/);
    expect(source).toMatch(/ShipWritable: \{\s+name: string;\s+key\?: string;\s+\};/);
  });

  it("require the names that a part of allOf requires of the others, and keep a union in allOf apart", async () => {
    const generated = await generate(
      [
        "Base: {type: object, properties: {id: {type: integer}, name: {type: string}}}",
        "Ship: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, required: [id]}]}",
        "Part: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}}",
        "A: {type: object, required: [kind, a], properties: {kind: {type: string}, a: {type: string}}}",
        "B: {type: object, required: [kind, b], properties: {kind: {type: string}, b: {type: integer}}}",
        "Used: {allOf: [{$ref: '#/components/schemas/Part'}, {type: object, properties: {since: {type: string}}}]}",
      ].join("\n"),
    );
    const code = `export const id = (ship: Schemas["Ship"]): number => ship.id;
export const name = (ship: Schemas["Ship"]): string => ship.name;
export const used = (part: Schemas["Used"]): string | number => (part.kind === "a" ? part.a : part.b);`;
    expect(await compile(generated, code)).toEqual([
      "2: Type 'string | undefined' is not assignable to type 'string'",
    ]);
  });
});
