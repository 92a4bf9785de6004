import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Response } from "../../../scripts/document/model.ts";
import { deref } from "../../../scripts/document/operations.ts";
import { readContract } from "../../../scripts/pipeline/read/contract.ts";
import { formatProblems } from "../../../scripts/shared/input-error.ts";
import { folder, HEAD } from "../fixture.ts";

async function read(text: string, version = "3.0.3") {
  const at = await folder({ "api.yaml": `${HEAD.replace("3.1.1", version)}${text}` });
  const { document, warnings } = await readContract(join(at, "api.yaml"));
  return { document, warnings: formatProblems(warnings).replaceAll(`${at}/`, "") };
}

async function schema(text: string) {
  const { document, warnings } = await read(
    `paths: {}\ncomponents: {schemas: {S: ${text}, T: {type: object}}}\n`,
  );
  return { schema: document.components!["schemas"]!["S"], warnings };
}

const T = { $ref: "#/components/schemas/T" };

it("keeps the document as it was written only where something in it is corrected", async () => {
  const written = async (schema: string) => {
    const text = `${HEAD}jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema\npaths: {}\ncomponents: {schemas: {S: ${schema}}}\n`;
    const at = await folder({ "api.yaml": text });
    return (await readContract(join(at, "api.yaml"))).asWritten?.components?.["schemas"];
  };
  expect(await written("{type: string, nullable: true}")).toEqual({ S: { type: "string", nullable: true } });
  expect(await written("{type: [string, 'null']}")).toBeUndefined();
});

describe("OpenAPI 3.0 is read as 3.1", () => {
  it.each([
    ["nullable beside a type", "{type: string, nullable: true}", { type: ["string", "null"] }],
    [
      "nullable beside a union of which a branch is nullable",
      "{nullable: true, oneOf: [{type: string, nullable: true}, {type: integer}]}",
      { oneOf: [{ type: ["string", "null"] }, { type: "integer" }] },
    ],
    [
      "nullable beside an enum",
      "{type: string, enum: [a], nullable: true}",
      { type: ["string", "null"], enum: ["a", null] },
    ],
    [
      "nullable beside properties",
      "{nullable: true, properties: {}}",
      { type: ["object", "null"], properties: {} },
    ],
    ["nullable beside nothing", "{nullable: true}", {}],
    [
      "nullable beside a reference",
      "{$ref: '#/components/schemas/T', nullable: true}",
      { anyOf: [T, { type: "null" }] },
    ],
    [
      "nullable beside allOf, with a description",
      "{allOf: [{$ref: '#/components/schemas/T'}], nullable: true, description: D}",
      { anyOf: [T, { type: "null" }], description: "D" },
    ],
    [
      "nullable inside allOf that is nullable",
      "{allOf: [{type: string, nullable: true}, {minLength: 1}], nullable: true}",
      { anyOf: [{ allOf: [{ type: ["string", "null"] }, { minLength: 1 }] }, { type: "null" }] },
    ],
    [
      "nullable beside anyOf",
      "{anyOf: [{type: string}], nullable: true}",
      { anyOf: [{ type: "string" }, { type: "null" }] },
    ],
    ["nullable that is false", "{type: string, nullable: false}", { type: "string" }],
    [
      "an exclusive limit",
      "{minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false}",
      { exclusiveMinimum: 0, maximum: 9 },
    ],
    ["an exclusive limit without a limit", "{exclusiveMaximum: true}", {}],
    ["an example", "{example: {$id: one, $ref: two}}", { examples: [{ $id: "one", $ref: "two" }] }],
    ["examples by name", "{examples: {one: {value: 1}, two: 2}}", { examples: [1, 2] }],
    [
      "values given twice",
      "{type: [string, string], required: [a, a]}",
      { type: ["string"], required: ["a"] },
    ],
    [
      "a property called nullable",
      "{properties: {nullable: {type: boolean}}}",
      { properties: { nullable: { type: "boolean" } } },
    ],
  ])("%s", async (_, text, wanted) => {
    expect(await schema(text)).toEqual({ schema: wanted, warnings: "" });
  });

  it("leaves out an enum without values, with its place", async () => {
    const { schema: found, warnings } = await schema("{type: string, enum: []}");
    expect(found).toEqual({ type: "string" });
    expect(warnings).toMatch(/^api\.yaml:4:42 {2}"enum" has no values/);
  });

  it("names the version and the dialect", async () => {
    const { document } = await read("paths: {}\n");
    expect(document.openapi).toBe("3.1.1");
    expect(document.jsonSchemaDialect).toBe("https://json-schema.org/draft/2020-12/schema");
  });

  it("reads numbers as text where text belongs, and an absent version as 0.0.0", async () => {
    const at = await folder({
      "api.yaml": "openapi: 3.0.0\ninfo: {title: 7}\npaths: {/a: {get: {operationId: 404}}}\n",
    });
    const { document, warnings } = await readContract(join(at, "api.yaml"));
    expect(document.info).toEqual({ title: "7", version: "0.0.0" });
    expect(document.paths!["/a"]!.get!.operationId).toBe("404");
    expect(warnings).toEqual([]);
  });
});

describe("OpenAPI 3.2 is read as 3.1", () => {
  const response = (media: string) =>
    `paths: {/s: {get: {responses: {"200": {description: D, content: {text/event-stream: ${media}}}}}}}\n`;
  /** The media type of the stream, the schema of its events in place of the reference to it. */
  const stream = async (media: string) => {
    const { document } = await read(response(media), "3.2.0");
    const { content } = document.paths!["/s"]!.get!.responses!["200"] as Response;
    const { schema, ...rest } = content!["text/event-stream"]!;
    if (typeof schema !== "object") return rest;
    return { ...rest, schema: { ...schema, contentSchema: deref(document, schema.contentSchema as object) } };
  };
  const text = (contentSchema: unknown) => ({
    schema: { type: "string", contentMediaType: "application/json", contentSchema },
  });

  it("makes itemSchema the schema of the stream's content", async () => {
    expect(await stream("{itemSchema: {type: object}}")).toEqual(text({ type: "object" }));
  });

  it("gives the schema of the events a name, after the operation, that no other has", async () => {
    const { document } = await read(
      `${response("{itemSchema: {type: object}}")}components: {schemas: {GetSEvent: {type: string}}}\n`,
      "3.2.0",
    );
    expect(document.components?.["schemas"]).toEqual({
      GetSEvent: { type: "string" },
      GetSEvent2: { type: "object" },
    });
    expect(JSON.stringify(document.paths)).toContain('"$ref":"#/components/schemas/GetSEvent2"');
  });

  it("takes the schema of the data where an item is the whole event", async () => {
    const event = (kind: string) =>
      `{properties: {event: {const: ${kind}}, data: {type: string, contentSchema: {title: ${kind}}}}}`;
    expect(await stream(`{itemSchema: ${event("a")}}`)).toEqual(text({ title: "a" }));
    expect(await stream(`{itemSchema: {oneOf: [${event("a")}, ${event("b")}]}}`)).toEqual(
      text({ oneOf: [{ title: "a" }, { title: "b" }] }),
    );
  });

  it("keeps a member called data that is not a text of an event", async () => {
    const item = { properties: { data: { type: "array" } } };
    expect(await stream("{itemSchema: {properties: {data: {type: array}}}}")).toEqual(text(item));
  });

  it("takes the value of an example from dataValue and serializedValue", async () => {
    expect(await stream("{examples: {a: {dataValue: 1}, b: {serializedValue: x}}}")).toEqual({
      examples: { a: { value: 1 }, b: { value: "x" } },
    });
  });

  it("puts a media type of the components where it is used", async () => {
    const components = "components: {mediaTypes: {M: {schema: {type: string}}}}\n";
    const { document } = await read(
      `${response("{$ref: '#/components/mediaTypes/M'}")}${components}`,
      "3.2.0",
    );
    expect(document).not.toHaveProperty("components.mediaTypes");
    expect(JSON.stringify(document.paths)).toContain('"text/event-stream":{"schema":{"type":"string"}}');
  });

  it("leaves out methods that 3.1 does not have, each with its place", async () => {
    const { document, warnings } = await read(
      "paths:\n  /s:\n    query: {operationId: search}\n    additionalOperations:\n      COPY: {operationId: copy}\n    get: {operationId: list}\n",
      "3.2.0",
    );
    expect(Object.keys(document.paths!["/s"]!)).toEqual(["get"]);
    expect(warnings).toContain("api.yaml:5:5  QUERY /s is left out.\n");
    expect(warnings).toContain("api.yaml:7:7  COPY /s, of additionalOperations, is left out.\n");
  });
});

describe("an example of JSON that is written as text", () => {
  const media = (type: string, content: string) =>
    `paths: {/s: {get: {responses: {"200": {description: Done., content: {${type}: ${content}}}}}}}\n`;
  async function readMedia(type: string, content: string) {
    const { document, warnings } = await read(media(type, content));
    const response = deref<Response>(document, document.paths!["/s"]!.get!.responses!["200"]!);
    return { media: response.content![type], warnings };
  }
  const list = "{type: array, items: {type: integer}}";

  it("is read as JSON where its schema describes no text", async () => {
    const { media } = await readMedia(
      "application/json",
      `{schema: ${list}, examples: {a: {value: "[1, 2]"}}}`,
    );
    expect(media).toMatchObject({ examples: { a: { value: [1, 2] } } });
    const { media: only } = await readMedia("application/vnd.a+json", `{example: ' {"a": 1}'}`);
    expect(JSON.stringify(only)).toContain('{"a":1}');
  });

  it("is read where it is a component, too, which stays as it is for others", async () => {
    const content = (type: string) => `${type}: {examples: {a: {$ref: "#/components/examples/A"}}}`;
    const { document } = await read(
      `components: {examples: {A: {value: "[1]"}}}\npaths: {/s: {get: {responses: {"200": {description: Done., content: {${content("text/plain")}, ${content("application/json")}}}}}}}\n`,
    );
    const text = JSON.stringify(document.paths);
    expect(text).toContain('"application/json":{"examples":{"a":{"value":[1]}}}');
    expect(text).toContain('"text/plain":{"examples":{"a":{"$ref":"#/components/examples/A"}}}');
    expect(document.components!["examples"]).toEqual({ A: { value: "[1]" } });
  });

  it("stays a text where its schema or its media type says so, or it is not an object and no list", async () => {
    for (const [type, content] of [
      [
        "application/json",
        `{schema: {anyOf: [{type: object}, {type: string}]}, examples: {a: {value: "{}"}}}`,
      ],
      ["text/plain", `{examples: {a: {value: "{}"}}}`],
      ["application/json", `{examples: {a: {value: "12"}}}`],
    ] as const)
      expect((await readMedia(type, content)).media).toMatchObject({
        examples: { a: { value: expect.any(String) } },
      });
  });

  it("is left out, with its place, where it cannot be read", async () => {
    const { media, warnings } = await readMedia(
      "application/json",
      `{schema: ${list}, examples: {a: {value: "[1, // one\\n]"}, b: {value: [1]}}}`,
    );
    expect(media).toMatchObject({ examples: { b: { value: [1] } } });
    expect(media?.examples).not.toHaveProperty("a");
    expect(warnings).toMatch(/^api\.yaml:\d+:\d+ {2}The example is text that is not JSON/);
  });
});

it("reads a schema of objects under text/event-stream as that of the data of each event", async () => {
  const { document } = await read(
    `paths: {/run: {post: {operationId: run, responses: {"200": {description: Done., content: {text/event-stream: {schema: {$ref: "#/components/schemas/T"}}}}}}}}\ncomponents: {schemas: {T: {type: object}}}\n`,
  );
  const { content } = deref<Response>(document, document.paths!["/run"]!.post!.responses!["200"]!);
  expect(content?.["text/event-stream"]?.schema).toEqual({
    type: "string",
    contentMediaType: "application/json",
    contentSchema: T,
  });
});

describe("a closed object", () => {
  it("is read without the properties that it requires and does not list, which is said", async () => {
    const { schema: read, warnings } = await schema(
      "{type: object, additionalProperties: false, required: [thread, text], properties: {text: {type: string}}}",
    );
    expect(read).toMatchObject({ required: ["text"], additionalProperties: false });
    expect(warnings).toBe(
      "api.yaml:4:24  No object fits this schema: it requires `thread`, but allows only the properties that it lists. Its `required` is read without them.\n  List them among the properties, or take them out of required.",
    );
  });

  it("keeps what it requires where it is read as open", async () => {
    const { schema: read, warnings } = await schema(
      "{type: object, additionalProperties: false, required: [id], allOf: [{properties: {id: {type: string}}}]}",
    );
    expect(read).toMatchObject({ required: ["id"] });
    expect(read).not.toHaveProperty("additionalProperties");
    expect(warnings).not.toContain("No object fits");
  });

  it("is read as open in an allOf with others, which is said once", async () => {
    const part = (name: string) =>
      `{type: object, additionalProperties: false, properties: {${name}: {type: string}}}`;
    const { document, warnings } = await read(
      `paths: {}\ncomponents:\n  schemas:\n    Base: ${part("id")}\n    S: {allOf: [{$ref: "#/components/schemas/Base"}, ${part("name")}]}\n    Same: {allOf: [${part("id")}, ${part("id")}]}\n`,
    );
    expect(
      JSON.stringify([document.components!["schemas"]!["Base"], document.components!["schemas"]!["S"]]),
    ).not.toContain("additionalProperties");
    expect(JSON.stringify(document.components!["schemas"]!["Same"])).toContain("additionalProperties");
    expect(warnings).toMatch(/^api\.yaml:7:\d+ {2}A part of this allOf, .* It is read as open\.\n.*$/);
  });
});
