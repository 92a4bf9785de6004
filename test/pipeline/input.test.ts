import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { built, folder, HEAD, run } from "./fixture.ts";

/** A document and the message that its author gets: where, what, and what to do. */
interface Case {
  files: Record<string, string>;
  message: string;
  input?: string;
  stage?: string;
}

const OPENAPI = "\n  Write it as OpenAPI has it, https://spec.openapis.org/oas/latest.html.";
const SYNTAX = "\n  Correct the YAML or JSON there: check indentation, quotes, brackets and colons.";
const REFERENCE = "\n  Correct the reference, or add the file or component that it names.";
const VERSION = "\n  Its root must begin with the version, such as `openapi: 3.1.1`.";
const CIRCLE = "\n  Describe one of them, so that the references have something to stand for.";

const root = (text: string) => ({ "api.yaml": text });
const schemas = (text: string) => root(`${HEAD}paths: {}\ncomponents:\n  schemas:\n${text}`);

const CASES: Record<string, Case> = {
  "a missing file": {
    files: {},
    message: "api.yaml  There is no such file.\n  Name the root of an OpenAPI document with --input FILE.",
  },
  "a folder": {
    files: { "api.yaml/openapi.yaml": "" },
    message: "api.yaml  This is a folder, not a file.\n  Name a file in it.",
  },
  "an empty file": {
    files: root(" \n"),
    message: "api.yaml  The file is empty.\n  It must hold an OpenAPI 3.1 document.",
  },
  "a text that is not a document": {
    files: root("Hello\n"),
    message: `api.yaml:1:1  This is not an OpenAPI 3 document: it is the text "Hello".${VERSION}`,
  },
  "comments only": {
    files: root("# TODO\n"),
    message: `api.yaml:1:1  This is not an OpenAPI 3 document: it holds nothing but comments.${VERSION}`,
  },
  "Swagger 2.0": {
    files: root('{"swagger": "2.0", "paths": {}}'),
    message: `api.yaml:1:1  This is not an OpenAPI 3 document: it is Swagger 2.0; convert it first.${VERSION}`,
  },
  "a version that is a number": {
    files: root("openapi: 3.1\ninfo: {title: T, version: 1.0.0}\n"),
    message: `api.yaml:1:1  This is not an OpenAPI 3 document: it says \`openapi: 3.1\`.${VERSION}`,
  },
  "a version of the future": {
    files: root("openapi: 4.0.0\ninfo: {title: T, version: 1.0.0}\n"),
    message: `api.yaml:1:1  This is not an OpenAPI 3 document: it says \`openapi: "4.0.0"\`.${VERSION}`,
  },
  "a syntax error": {
    files: root(`${HEAD}paths:\n  /pets: {get\n  /cats: {}\n`),
    message: `api.yaml:5:3  deficient indentation.${SYNTAX}`,
  },
  "a tab": {
    files: root(`${HEAD}paths:\n\t/pets: {}\n`),
    message: `api.yaml:4:1  tab characters must not be used in indentation.${SYNTAX}`,
  },
  "a key given twice": {
    files: root(`${HEAD}paths: {}\npaths: {}\n`),
    message: `api.yaml:4:1  duplicated mapping key.${SYNTAX}`,
  },
  "broken JSON": {
    files: { "api.json": '{\n  "openapi": "3.1.1",\n  "info":' },
    input: "api.json",
    message: `api.json:3:10  unexpected end of the stream within a flow collection.${SYNTAX}`,
  },
  "a syntax error in a second file, referred to twice": {
    files: {
      ...root(`${HEAD}paths:\n  /a: {$ref: paths/a.yaml}\n  /b: {$ref: paths/a.yaml}\n`),
      "paths/a.yaml": "get: [\n",
    },
    message: `paths/a.yaml:2:1  deficient indentation.${SYNTAX}`,
  },
  "an alias inside the value that it names": {
    files: schemas("    Pet: &pet\n      properties:\n        friend: *pet\n"),
    message:
      "api.yaml:8:9  This alias stands inside the value that it names.\n  Use a $ref for a schema that contains itself.",
  },
  "a reference to no file": {
    files: root(`${HEAD}paths:\n  /pets:\n    $ref: paths/pets.yaml\n`),
    message: `api.yaml:5:5  There is no file paths/pets.yaml.${REFERENCE}`,
  },
  "references to nothing, in two files": {
    files: {
      ...root(
        `${HEAD}paths:\n  /pets: {$ref: pets.yaml}\ncomponents:\n  schemas:\n    A: {$ref: "#/components/schemas/B"}\n`,
      ),
      "pets.yaml":
        'get:\n  responses:\n    "200":\n      description: OK\n      content:\n        application/json:\n          schema: {$ref: "api.yaml#/components/schemas/C"}\n',
    },
    message: `pets.yaml:7:20  There is nothing at api.yaml#/components/schemas/C.\napi.yaml:7:9  There is nothing at #/components/schemas/B.${REFERENCE}`,
  },
  "a reference below a name that looks encoded": {
    files: root(`${HEAD}paths:\n  /100%:\n    $ref: pets.yaml\n`),
    message: `api.yaml:5:5  There is no file pets.yaml.${REFERENCE}`,
  },
  "a reference to a folder": {
    files: { ...root(`${HEAD}paths:\n  /pets: {$ref: paths}\n`), "paths/pets.yaml": "" },
    message: `api.yaml:4:11  paths is a folder, not a file.\n  Name a file in it.`,
  },
  "a missing sample": {
    files: root(
      `${HEAD}paths:\n  /pets:\n    get:\n      x-codeSamples:\n        - lang: Shell\n          source:\n            $ref: pets.sh\n      responses: {}\n`,
    ),
    message: `api.yaml:9:13  There is no file pets.sh.${REFERENCE}`,
  },
  "a missing example": {
    files: root(
      `${HEAD}paths:\n  /pets:\n    get:\n      responses:\n        "200":\n          description: OK\n          content:\n            application/json:\n              examples:\n                one: {$ref: one.yaml}\n`,
    ),
    message: `api.yaml:12:23  There is no file one.yaml.${REFERENCE}`,
  },
  "a schema that refers to itself": {
    files: schemas('    Pet:\n      $ref: "#/components/schemas/Pet"\n'),
    message: `api.yaml:7:7  This reference leads back to itself: #/components/schemas/Pet.${CIRCLE}`,
  },
  "references in a circle, over two files": {
    files: {
      ...schemas("    Pet: {$ref: Cat.yaml}\n"),
      "Cat.yaml": "$ref: api.yaml#/components/schemas/Pet\n",
    },
    message: `api.yaml:6:11  This reference leads back to itself: Cat.yaml -> api.yaml#/components/schemas/Pet.${CIRCLE}`,
  },
  "no title": {
    files: root("openapi: 3.1.1\ninfo:\n  version: 1.0.0\n"),
    message: `api.yaml:2:1  "info" has no "title".${OPENAPI}`,
  },
};

/** Documents with an odd part, and what is said of it when the rest is built. */
const ODD: Record<string, Case> = {
  "a schema that consists of itself": {
    files: schemas(
      '    Pet: {allOf: [{$ref: "#/components/schemas/Cat"}]}\n    Cat:\n      allOf: [{$ref: "#/components/schemas/Pet"}, {properties: {lives: {type: integer}}}]\n',
    ),
    stage: "types",
    message:
      "api.yaml:6:5  Warning: Pet consists of itself: Pet -> Cat -> Pet. Its type is `unknown`.\n  Put a property or a list between: validation would never end, and no type can express it.",
  },
  "a schema of an unknown type": {
    files: schemas("    Pet:\n      properties:\n        name: {type: strng}\n"),
    message: `api.yaml:8:16  Warning: "type" must be one of array, boolean, integer, null, number, object, string. It is left out.${OPENAPI}`,
  },
  "an unknown type in another file": {
    files: {
      ...root(
        `${HEAD}paths:\n  /pets:\n    get:\n      responses:\n        "200":\n          description: OK\n          content:\n            application/json:\n              schema: {$ref: schemas/Pet.yaml}\n`,
      ),
      "schemas/Pet.yaml":
        "type: object\nproperties:\n  tags:\n    type: array\n    items:\n      type: [string, nil]\n",
    },
    message: `schemas/Pet.yaml:6:22  Warning: Item 1 of "type" must be one of array, boolean, integer, null, number, object, string. It is left out.${OPENAPI}`,
  },
  "a pattern that is not a regular expression": {
    files: schemas('    Pet:\n      type: string\n      pattern: "["\n'),
    message: `api.yaml:8:7  Warning: "pattern" must be a regular expression that JavaScript can read. It is left out.${OPENAPI}`,
  },
  "properties in a list": {
    files: schemas("    Pet:\n      properties: [name]\n"),
    message: `api.yaml:7:7  Warning: "properties" must be an object. It is left out.${OPENAPI}`,
  },
  "an operationId given twice": {
    files: {
      ...root(
        `${HEAD}paths:\n  /pets:\n    get: {operationId: list, responses: {}}\n  /cats: {$ref: cats.yaml}\n`,
      ),
      "cats.yaml": "get:\n  operationId: list\n  responses: {}\n",
    },
    message:
      "cats.yaml:2:3  Warning: The operationId list is taken by GET /pets. GET /cats is named after its path instead.\n  Give each operation another operationId: types, client and mock are named after it.",
  },
  "a member that only OpenAPI 3.0's forerunner had": {
    files: schemas(
      "    Pet:\n      discriminator: kind\n      properties:\n        name: {type: string, required: true}\n",
    ),
    message: `api.yaml:7:7  Warning: "discriminator" must be an object. It is left out.\napi.yaml:9:30  Warning: "required" must be an array. It is left out.${OPENAPI}`,
  },
  "a header that is empty, whose name begins like an extension's": {
    files: schemas("    Pet: {}\n  headers:\n    x-request-id:\n"),
    message: `api.yaml:8:5  Warning: "x-request-id" must be an object. It is left out.${OPENAPI}`,
  },
  "a discriminator that is empty": {
    files: schemas("    Pet:\n      discriminator:\n"),
    message: `api.yaml:7:7  Warning: "discriminator" must be an object. It is left out.${OPENAPI}`,
  },
  "what openapi-typescript cannot take": {
    files: schemas("    Pet: {oneOf: [true], discriminator: {propertyName: kind}}\n"),
    stage: "types",
    message:
      "api.yaml:6:5  Warning: No type can be made for Pet: Cannot use 'in' operator to search for '$ref' in true. Its type is `unknown`.\n  Look for a schema of an unusual form there.",
  },
  "empty members": {
    files: root(
      `${HEAD}paths:\n  /pets:\n  /cats:\n    get:\n  /dogs:\n    get:\n      responses:\n        "200":\n`,
    ),
    message: `api.yaml:4:3  Warning: "/pets" must be an object. It is left out.\napi.yaml:6:5  Warning: "get" must be an object. It is left out.\napi.yaml:10:9  Warning: "200" must be an object. It is left out.${OPENAPI}`,
  },
};

describe("a document that cannot be used", () => {
  it.each(Object.entries(CASES))(
    "%s",
    async (_, { files, message, input = "api.yaml", stage = "bundle" }) => {
      const at = await folder({ ...files, "out/schema.ts": "before" });
      const { code, stderr } = await built(at, { stage, input: join(at, input) });
      expect({ code, stderr }).toEqual({ code: 1, stderr: `${message}\n` });
      expect(await readdir(join(at, "out"))).toEqual(["schema.ts"]);
      expect(await readFile(join(at, "out/schema.ts"), "utf8")).toBe("before");
    },
  );

  it("a reference to a server that does not answer", async () => {
    const server = createServer((_, response) => response.writeHead(404).end());
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/Pet.yaml`;
    const at = await folder(schemas(`    Pet: {$ref: "${url}"}\n`));
    const { stderr } = await built(at, { stage: "bundle", access: { allowRemote: true } });
    server.close();
    expect(stderr).toBe(
      `api.yaml:6:11  ${url} cannot be read: Failed to load ${url}: 404 Not Found.${REFERENCE}\n`,
    );
  });
});

describe("an odd part of a document", () => {
  it.each(Object.entries(ODD))(
    "is left out and reported, and the rest is built: %s",
    async (_, { files, message, stage = "bundle" }) => {
      const { code, stderr } = await built(await folder(files), { stage });
      expect({ code, stderr }).toEqual({ code: 0, stderr: `${message}\n` });
    },
  );

  it.each(Object.entries(ODD))(
    "stops the build with --strict, before anything is written: %s",
    async (_, { files, message, stage = "bundle" }) => {
      const at = await folder(files);
      const { code, stderr } = await built(at, { stage, strict: true });
      expect({ code, stderr }).toEqual({ code: 1, stderr: `${message.replaceAll("Warning: ", "")}\n` });
      expect(await readdir(at)).not.toContain("out");
    },
  );

  it("is printed up to 100 times", async () => {
    const many = Array.from({ length: 120 }, (_, index) => `    S${index}: {type: strng}\n`).join("");
    const { stderr } = await built(await folder(schemas(many)), { stage: "bundle" });
    expect(stderr.match(/Warning:/g)).toHaveLength(100);
    expect(stderr).toMatch(/\n20 more warnings\. Correct these first\.\n$/);
  });
});

describe("the command, on such a document", () => {
  it("prints paths below the working directory on stderr, and exits with 1", async () => {
    const at = await folder({
      ...ODD["a pattern that is not a regular expression"]!.files,
      "out/schema.ts": "before",
    });
    const { code, stdout, stderr } = await run(at, "--input", "api.yaml", "--out", "out", "--strict");
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: "✗ contract\n",
      stderr: `${ODD["a pattern that is not a regular expression"]!.message.replace("Warning: ", "")}\n`,
    });
    expect(await readFile(join(at, "out/schema.ts"), "utf8")).toBe("before");
  });

  it("writes nothing at all if a later stage fails", async () => {
    const at = await folder(ODD["a schema that consists of itself"]!.files);
    const { code, stdout } = await built(at, { strict: true, lint: false });
    expect(code).toBe(1);
    expect(stdout).toMatch(/✓ bundle .*\n✗ types\n$/);
    expect(await readdir(at)).toEqual(["api.yaml"]);
  });
});
