import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { expandFills } from "../../../scripts/document/each.ts";
import type { Example } from "../../../scripts/document/model.ts";
import { operations } from "../../../scripts/document/operations.ts";
import { type Contract, readContract } from "../../../scripts/pipeline/read/contract.ts";
import { formatPlace } from "../../../scripts/shared/input-error.ts";
import { at } from "../../../scripts/shared/pointer.ts";
import { folder, HEAD, repository, run } from "../fixture.ts";

const read = async (files: Record<string, string>) => readContract(join(await folder(files), "api.yaml"));

/** A small contract with all that is special about ours. */
const FILES = {
  "api.yaml": `${HEAD}paths:
  /pets:
    $ref: paths/pets.yaml
  /pets/{name}:
    get:
      operationId: getPet
      parameters:
        - {name: name, in: path, required: true, schema: {type: string}, examples: {tom: {$ref: examples/get/tom.yaml}}}
      responses:
        "200": {$ref: components/responses/Pet.yaml}
  /alias:
    $ref: "#/components/pathItems/Alias"
components:
  pathItems:
    Alias: {get: {summary: An alias}}
  examples:
    Unused: {summary: Not used, value: 1}
    Own: {summary: The author's own, value: {}}
`,
  "paths/pets.yaml": `summary: The pets
get:
  operationId: listPets
  x-codeSamples:
    - lang: Shell
      source:
        $ref: ../samples/list.sh
  responses:
    "200":
      description: The pets.
      content:
        application/json:
          schema: {type: object}
          examples:
            all: {$ref: ../examples/list/pet.yaml}
            own: {$ref: ../api.yaml#/components/examples/Own}
post:
  operationId: chat
  responses:
    "200":
      description: An answer.
      content:
        application/json:
          schema: {properties: {choices: {type: array, items: {properties: {message: {type: object}}}}}}
          examples:
            hello: {$ref: ../examples/chat/hello.yaml}
            silent: {summary: Without a value}
        text/event-stream:
          schema: {type: string}
`,
  "components/responses/Pet.yaml": `description: A pet.
content:
  application/json:
    schema:
      $ref: ../schemas/Pet.yaml
    examples:
      one:
        $ref: ../../examples/get/pet.yaml
`,
  "components/schemas/Pet.yaml": `type: object
properties:
  name:
    $ref: defs.yaml#/Name
  owner:
    $ref: other/Pet.yaml
`,
  "components/schemas/defs.yaml": `Unrelated: 1
Name:
  type: string
  enum: [tom, rex, "42"]
`,
  "components/schemas/other/Pet.yaml": `type: object
title: Another pet
`,
  "examples/list/pet.yaml": `summary: All of them
value:
  data:
    - {name: tom, kind: cat}
x-fill:
  /data/*/name: {each: "#/components/schemas/Name/enum"}
`,
  "examples/get/pet.yaml": "summary: One of them\nvalue: {name: tom}\n",
  "examples/get/tom.yaml": "summary: Tom\nvalue: tom\n",
  "examples/chat/hello.yaml": `summary: Hello
description: A greeting.
value:
  id: "1"
  object: chat.completion
  created: 1
  model: m
  choices: [{index: 0, message: {role: assistant, content: Hi}, finish_reason: stop}]
x-when: {}
x-fill: {/model: $request.body#/model}
`,
  "samples/list.sh": "curl https://pets.example/pets\n",
};

const content = "/responses/200/content";
const pointer = {
  list: `#/paths/~1pets/get${content}/application~1json`,
  chat: `#/paths/~1pets/post${content}`,
};

describe("readContract", () => {
  it("bundles: every reference is internal, components are named after their files", async () => {
    const { document } = await read(FILES);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(
      ([, reference]) => reference,
    );
    for (const reference of references) expect(at(document, reference!)).toBeDefined();
    expect(Object.keys(document.components!["schemas"]!)).toEqual(
      expect.arrayContaining(["Name", "Pet", "Pet-2"]),
    );
    expect(Object.keys(document.components!["responses"]!)).toEqual(["Pet"]);
  });

  it("puts samples in as text, and examples inline under the names that they have where they are used", async () => {
    const { document } = await read(FILES);
    expect(at(document, "#/paths/~1pets/get/x-codeSamples/0/source")).toBe(FILES["samples/list.sh"]);
    expect(at(document, `${pointer.list}/examples/all/summary`)).toBe("All of them");
    expect(at(document, "#/components/responses/Pet/content/application~1json/examples/one")).toEqual({
      summary: "One of them",
      value: { name: "tom" },
    });
    expect(at(document, "#/paths/~1pets~1{name}/get/parameters/0/examples/tom/value")).toBe("tom");
    // The examples that the author put among the components stay there.
    expect(Object.keys(document.components!["examples"]!)).toEqual(["Unused", "Own"]);
  });

  it("applies x-fill's each, and a second time changes nothing", async () => {
    const { document } = await read(FILES);
    const all = ["tom", "rex", "42"].map((name) => ({ name, kind: "cat" }));
    expect(at(document, `${pointer.list}/examples/all/value/data`)).toEqual(all);
    expect(expandFills(structuredClone(document))).toEqual(document);
  });

  it("derives the stream of each example that has a value, under its name, without the extensions", async () => {
    const { document } = await read(FILES);
    const examples = at(document, `${pointer.chat}/text~1event-stream/examples`) as Record<string, Example>;
    expect(Object.keys(examples)).toEqual(["hello"]);
    expect(examples["hello"]).toEqual({
      summary: "Hello",
      description: "A greeting.",
      value: expect.stringMatching(/^data: \{"id":"1".*"content":"Hi".*\n\ndata: \[DONE\]\n\n$/s),
    });
  });

  it("keeps stream examples that are written by hand", async () => {
    const own = FILES["paths/pets.yaml"].replace(
      "          schema: {type: string}\n",
      '          schema: {type: string}\n          examples: {mine: {value: "data: 1"}}\n',
    );
    const { document } = await read({ ...FILES, "paths/pets.yaml": own });
    expect(at(document, `${pointer.chat}/text~1event-stream/examples`)).toEqual({
      mine: { value: "data: 1" },
    });
  });

  it("knows the operations behind a path's reference within the document", async () => {
    const { document } = await read(FILES);
    expect([...operations(document)].map(({ method, path }) => `${method} ${path}`)).toEqual([
      "get /pets",
      "post /pets",
      "get /pets/{name}",
      "get /alias",
    ]);
  });

  it("names every file that was read, once", async () => {
    const at = await folder(FILES);
    const told: string[] = [];
    const { files } = await readContract(join(at, "api.yaml"), (file) => told.push(file));
    expect(files.map((file) => file.slice(at.length + 1)).sort()).toEqual(Object.keys(FILES).sort());
    // The folder of guides too, which may be yet to come.
    expect(new Set(told)).toEqual(new Set([...files, join(at, "guides")]));
  });

  it("reads files from other servers where that is allowed", async () => {
    const server = createServer((_, response) => response.end("type: object\ntitle: A pet\n"));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/Pet.yaml`;
    const at = await folder({ "api.yaml": `${HEAD}components:\n  schemas:\n    Animal: {$ref: "${url}"}\n` });
    const contract = await readContract(join(at, "api.yaml"), undefined, { allowRemote: true });
    server.close();
    expect(contract.files).toEqual([join(at, "api.yaml")]);
    expect(contract.document.components!["schemas"]!["Animal"]).toEqual({ type: "object", title: "A pet" });
    expect(formatPlace(contract.locate(["components", "schemas", "Animal", "title"]))).toBe(`${url}:2:1`);
  });

  it("does not depend on the working directory", async () => {
    const at = await folder({ ...FILES, "redocly.yaml": "decorators:\n  info-override: {title: Another}\n" });
    await run(at, "bundle", "--input", "api.yaml", "--out", "out");
    expect(await readFile(join(at, "out/openapi.json"), "utf8")).toContain('"title": "Pets API"');
  });

  it.each([
    ["JSON", { "api.yaml": JSON.stringify({ openapi: "3.1.0", info: { title: "T", version: "1" } }) }],
    ["OpenAPI 3.0", { "api.yaml": HEAD.replace("3.1.1", "3.0.3").concat("paths: {}\n") }],
    ["OpenAPI 3.2", { "api.yaml": HEAD.replace("3.1.1", "3.2.0").concat("paths: {}\n") }],
    ["a document without paths", { "api.yaml": HEAD }],
    [
      "schemas that contain themselves behind a property or a list",
      {
        "api.yaml": `${HEAD}components:
  schemas:
    Tree: {properties: {children: {type: array, items: {$ref: "#/components/schemas/Tree"}}}}
    Json: {anyOf: [{type: string}, {type: array, items: {$ref: "#/components/schemas/Json"}}]}
`,
      },
    ],
    [
      "leftovers of 3.0 in 3.1, which are lint's business",
      {
        "api.yaml": `${HEAD}components: {schemas: {A: {type: integer, nullable: true, exclusiveMinimum: true}}}\n`,
      },
    ],
    [
      "a pattern that escapes more than it must",
      { "api.yaml": `${HEAD}components: {schemas: {A: {pattern: '^[a\\@]+$'}}}\n` },
    ],
    ["an operation without responses", { "api.yaml": `${HEAD}paths: {/a: {get: {}}}\n` }],
    ["an alias used twice", { "api.yaml": `${HEAD}components: {schemas: {A: &a {type: string}, B: *a}}\n` }],
  ])("takes %s", async (_, files) => {
    expect((await read(files)).document.info.title).toMatch(/^(T|Pets API)$/);
  });
});

describe("locate", () => {
  const name = ({ root }: Contract) => root.slice(0, -"api.yaml".length);

  it.each([
    [["info", "title"], "api.yaml:2:8"],
    [[], "api.yaml:1:1"],
    [["components"], "api.yaml:15:1"],
    [["components", "examples", "Unused", "value"], "api.yaml:19:33"],
    [["paths", "/pets/{name}", "get", "parameters", 0, "in"], "api.yaml:10:24"],
    // A scalar at the top of a file that stands in place of its reference.
    [["paths", "/pets", "summary"], "paths/pets.yaml:1:1"],
    [["paths", "/pets", "get", "operationId"], "paths/pets.yaml:3:3"],
    // A sample's text is not of YAML; its reference is.
    [["paths", "/pets", "get", "x-codeSamples", 0, "source"], "paths/pets.yaml:6:7"],
    // Lifted into the components: by name, by fragment, and renamed since the name was taken.
    [["components", "responses", "Pet", "description"], "components/responses/Pet.yaml:1:1"],
    [["components", "schemas", "Name", "enum", 1], "components/schemas/defs.yaml:4:15"],
    [["components", "schemas", "Pet-2", "title"], "components/schemas/other/Pet.yaml:2:1"],
    [["components", "schemas", "Pet", "properties", "name"], "components/schemas/Pet.yaml:3:3"],
    // Through a reference.
    [
      ["paths", "/pets/{name}", "get", "responses", "200", "description"],
      "components/responses/Pet.yaml:1:1",
    ],
    [["paths", "/alias", "get", "summary"], "api.yaml:17:19"],
    // Put inline.
    [
      [
        "paths",
        "/pets",
        "get",
        "responses",
        "200",
        "content",
        "application/json",
        "examples",
        "all",
        "summary",
      ],
      "examples/list/pet.yaml:1:1",
    ],
    // Derived: where it was derived from, as near as can be told.
    [
      [
        "paths",
        "/pets",
        "get",
        "responses",
        "200",
        "content",
        "application/json",
        "examples",
        "all",
        "value",
        "data",
        2,
        "name",
      ],
      "examples/list/pet.yaml:3:3",
    ],
    [
      ["paths", "/pets", "post", "responses", "200", "content", "text/event-stream", "examples", "hello"],
      "paths/pets.yaml:28:9",
    ],
    [["paths", "/nothing", "get"], "api.yaml:3:1"],
  ] as const)("%j is at %s", async (path, place) => {
    const contract = await read(FILES);
    expect(formatPlace(contract.locate(path)).replace(name(contract), "")).toBe(place);
  });

  it("finds every line of our own contract", async () => {
    const { document, locate } = await readContract(join(repository, "openapi/openapi.yaml"));
    for (const name of Object.keys(document.components!["schemas"]!))
      expect(formatPlace(locate(["components", "schemas", name]))).toBe(
        `openapi/components/schemas/${name}.yaml:1:1`,
      );
    for (const { path, method } of operations(document))
      expect(formatPlace(locate(["paths", path, method, "operationId"]))).toMatch(
        /^openapi\/paths\/.*:[2-9]\d*:3$/,
      );
  });
});
