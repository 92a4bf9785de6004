/** What is changed of a document and of texts before a reader sees them. */
import { describe, expect, test } from "vitest";
import type { Document, SchemaObject } from "../../../../scripts/document/model.ts";
import { unwrapped } from "../../../../scripts/pipeline/stages/docs/links.ts";
import { llmsFull } from "../../../../scripts/pipeline/stages/docs/llms.ts";
import type { TextPage } from "../../../../scripts/pipeline/stages/docs/pages.ts";
import { adjusted } from "../../../../scripts/pipeline/stages/docs/redoc-script.ts";
import { shortStream } from "../../../../scripts/pipeline/stages/docs/stream-example.ts";
import { shapeVariants } from "../../../../scripts/pipeline/stages/docs/variants.ts";
import { fixture } from "./fixture.ts";

/** The property `field` of a document's only schema, as Redoc is given it. */
function shaped(field: SchemaObject, others: Record<string, SchemaObject> = {}): SchemaObject {
  const schemas = { Body: { type: "object", properties: { field } } as SchemaObject, ...others };
  const document: Document = { ...fixture(), paths: {}, components: { schemas } };
  shapeVariants(document);
  return schemas.Body.properties!["field"] as SchemaObject;
}

describe("a schema in the view of Redoc", () => {
  const Options: SchemaObject = { description: "Some options.", type: "object" };
  const reference = { $ref: "#/components/schemas/Options" };

  test("that may also be null is shown as that schema, with both descriptions", () => {
    const field = { description: "How to do it.", anyOf: [reference, { type: "null" }] };
    expect(shaped(field, { Options })).toEqual({
      ...reference,
      description: "How to do it.\n\nSome options.",
    });
  });

  test("that may also be null goes on with what null means there", () => {
    const none = { type: "null", description: "Never." };
    const field = { description: "When.", anyOf: [{ type: "string" }, none] };
    expect(shaped(structuredClone(field))).toEqual({
      type: "string",
      description: "When.\n\n`null`: Never.",
    });
    const several = { description: "When.", oneOf: [{ type: "string" }, { type: "integer" }, none] };
    expect((shaped(several)["oneOf"] as SchemaObject[]).map(({ description }) => description)).toEqual([
      "When.\n\n`null`: Never.",
      "When.\n\n`null`: Never.",
    ]);
  });

  test("that is an open enumeration is shown as its known values", () => {
    const known = { title: "Known", type: "string", enum: ["a"], "x-enumDescriptions": { a: "A." } };
    const { title: _, ...values } = known;
    const field = { description: "A letter.", anyOf: [known, { type: "string" }, { type: "null" }] };
    expect(shaped(field)).toEqual({ ...values, description: "A letter." });
  });

  test("that has variants puts its description before that of each, and says a type that they share", () => {
    const field = { description: "One or the other.", oneOf: [reference, { type: "object" }] };
    expect(shaped(field, { Options })).toEqual({
      ...field,
      type: "object",
      oneOf: [
        { ...reference, description: "One or the other.\n\nSome options." },
        { type: "object", description: "One or the other." },
      ],
    });
  });

  test("that is a list goes on with the description of its items", () => {
    const field = { description: "All of them.", type: "array", items: reference };
    expect(shaped(field, { Options }).description).toBe("All of them.\n\nSome options.");
  });

  test("may have members with the names of keywords", () => {
    const keywords = ["items", "description", "oneOf", "type", "properties", "$ref"];
    const members = keywords.map((name) => [name, { ...Options, title: name }]);
    const field = { type: "object", properties: Object.fromEntries(members) };
    expect(shaped(structuredClone(field))).toEqual(field);
  });

  test("that is a list of variants says once what they have in common", () => {
    const Either = { description: "Either.", anyOf: [reference, { type: "object" }] };
    const field = {
      description: "All of them.",
      type: "array",
      items: { $ref: "#/components/schemas/Either" },
    };
    expect(shaped(field, { Either, Options }).description).toBe("All of them.");
    expect(Either.anyOf).toEqual([
      { ...reference, description: "Either.\n\nSome options." },
      { type: "object", description: "Either." },
    ]);
  });

  test("that a field tells apart from others has its description in that field", () => {
    const Cat: SchemaObject = {
      description: "A cat.",
      type: "object",
      properties: { kind: { description: "Always `cat`.", const: "cat" } },
    };
    const field = {
      oneOf: [{ $ref: "#/components/schemas/Cat" }],
      discriminator: { propertyName: "kind", mapping: { cat: "#/components/schemas/Cat" } },
    };
    const two = { ...field, oneOf: [...field.oneOf, { $ref: "#/components/schemas/Options" }] };
    shaped(two, { Cat, Options });
    expect((Cat.properties!["kind"] as SchemaObject).description).toBe("Always `cat`.\n\nA cat.");
  });
});

describe("the example of a stream", () => {
  const chunk = (content: object) =>
    `data: ${JSON.stringify({ id: "1", model: "m", choices: [content] })}\n\n`;

  test("keeps the first chunk, and of the others what changes", () => {
    const stream = `${chunk({ a: 1 })}${chunk({ a: 2 })}data: [DONE]\n\n`;
    expect(shortStream(stream)).toBe(`${chunk({ a: 1 })}data: {…,"choices":[{"a":2}]}\n\ndata: [DONE]\n\n`);
  });

  test("leaves out the middle of many chunks", () => {
    const stream = Array.from({ length: 40 }, (_, index) => chunk({ index })).join("");
    const events = shortStream(`${stream}data: [DONE]\n\n`).trim().split("\n\n");
    expect(events).toHaveLength(10);
    expect(events[5]).toBe("…");
    expect(events.at(-1)).toBe("data: [DONE]");
  });

  test("stays as it is where its data is not JSON", () => {
    for (const stream of ["data: a\n\ndata: b\n\n", "", 'data: {"a":\n\n', "data: [1]\n\n"])
      expect(shortStream(stream)).toBe(stream);
  });
});

test("paragraphs and items are put on one line each, and all else stays", () => {
  const text = [
    "# A title",
    "one",
    "`two` three",
    "",
    "- an item",
    "  goes on",
    "- another",
    "",
    "| a |",
    "| - |",
    "",
    "```sh",
    "one",
    "two",
    "```",
    "1. first",
    "   goes on",
  ].join("\n");
  expect(unwrapped(text).split("\n")).toEqual([
    "# A title",
    "one `two` three",
    "",
    "- an item goes on",
    "- another",
    "",
    "| a |",
    "| - |",
    "",
    "```sh",
    "one",
    "two",
    "```",
    "1. first goes on",
  ]);
});

test("a longer block of code stands once in the text for language models", () => {
  const code = `\`\`\`js\n${"call();\n".repeat(20)}\`\`\``;
  const page = (path: string): TextPage => ({
    kind: "guide",
    path,
    title: path,
    summary: "",
    text: `# ${path}\n\n${code}\n\nAfter it.`,
  });
  const text = llmsFull([page("guides/a"), page("guides/b")]);
  expect(text.split(code)).toHaveLength(2);
  expect(text.match(/After it\./g)).toHaveLength(2);
});

test("a script of Redoc's that is not as expected stops the build, and says what to look at", () => {
  expect(() => adjusted("<script>another version</script>")).toThrow(
    `Redoc's script has changed. Look whether this still holds: "The sidebar ends in`,
  );
});
