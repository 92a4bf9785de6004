/** Each keyword, in a request and in an answer: what its change means to a consumer. */
import { describe, expect, test } from "vitest";
import type { Document } from "../../../scripts/document/model.ts";
import { highest, type Level } from "../../../scripts/pipeline/diff/change.ts";
import { compareDocuments } from "../../../scripts/pipeline/diff/documents.ts";

const components = {
  schemas: {
    Cat: {
      type: "object",
      required: ["kind"],
      properties: { kind: { const: "cat" }, lives: { type: "integer" } },
    },
    Dog: {
      type: "object",
      required: ["kind"],
      properties: { kind: { const: "dog" }, name: { type: "string" } },
    },
    Tree: {
      type: "object",
      properties: { children: { type: "array", items: { $ref: "#/components/schemas/Tree" } } },
    },
  },
};
const Cat = { $ref: "#/components/schemas/Cat" };
const Dog = { $ref: "#/components/schemas/Dog" };

function document(paths: object, more: object = {}): Document {
  return {
    openapi: "3.1.1",
    info: { title: "Pets", version: "1.0.0" },
    paths,
    components,
    ...more,
  } as Document;
}

const content = (schema: unknown) => ({ "application/json": { schema } });
const request = (schema: unknown) =>
  document({ "/pets": { post: { requestBody: { content: content(schema) }, responses: {} } } });
const answer = (schema: unknown) =>
  document({ "/pets": { get: { responses: { 200: { description: "", content: content(schema) } } } } });
const query = (schema: unknown, more: object = {}) =>
  document({
    "/pets": { get: { parameters: [{ name: "q", in: "query", schema, ...more }], responses: {} } },
  });

const levelOf = (old: Document, now: Document): Level => highest(compareDocuments(old, now));

/** A schema that accepts less, from a looser one to a stricter one: forth it narrows, back it widens. */
const STRICTER: [name: string, loose: unknown, strict: unknown][] = [
  ["a type of several", { type: ["string", "null"] }, { type: "string" }],
  ["a type where any was allowed", {}, { type: "string" }],
  ["integers among the numbers", { type: "number" }, { type: "integer" }],
  ["nullable of OpenAPI 3.0", { type: "string", nullable: true }, { type: "string" }],
  ["a variant beside null", { oneOf: [Cat, { type: "null" }] }, Cat],
  ["null as a variant of a text", { anyOf: [{ type: "string" }, { type: "null" }] }, { type: "string" }],
  ["enum where any value was allowed", { type: "string" }, { type: "string", enum: ["a"] }],
  ["a value of an enum", { enum: ["a", "b"] }, { enum: ["a"] }],
  ["const in place of an enum", { enum: ["a", "b"] }, { const: "a" }],
  ["const where any value was allowed", { type: "string" }, { type: "string", const: "a" }],
  ["maximum", { type: "number", maximum: 3 }, { type: "number", maximum: 2 }],
  ["a new maximum", { type: "number" }, { type: "number", maximum: 2 }],
  ["exclusiveMaximum", { type: "number", maximum: 2 }, { type: "number", exclusiveMaximum: 2 }],
  [
    "exclusiveMaximum of OpenAPI 3.0",
    { type: "number", maximum: 2 },
    { type: "number", maximum: 2, exclusiveMaximum: true },
  ],
  ["minimum", { type: "number", minimum: 1 }, { type: "number", minimum: 2 }],
  ["exclusiveMinimum", { type: "number", exclusiveMinimum: 1 }, { type: "number", exclusiveMinimum: 2 }],
  ["multipleOf", { type: "integer", multipleOf: 2 }, { type: "integer", multipleOf: 4 }],
  ["minLength", { type: "string" }, { type: "string", minLength: 1 }],
  ["maxLength", { type: "string", maxLength: 9 }, { type: "string", maxLength: 8 }],
  ["pattern", { type: "string" }, { type: "string", pattern: "^a" }],
  [
    "a pattern in place of one that matches all",
    { type: "string", pattern: ".*" },
    { type: "string", pattern: "^a" },
  ],
  ["format", { type: "string" }, { type: "string", format: "uuid" }],
  ["a smaller format", { type: "integer", format: "int64" }, { type: "integer", format: "int32" }],
  ["minItems", { type: "array", minItems: 1 }, { type: "array", minItems: 2 }],
  ["maxItems", { type: "array", maxItems: 2 }, { type: "array", maxItems: 1 }],
  ["uniqueItems", { type: "array" }, { type: "array", uniqueItems: true }],
  ["items", { type: "array", items: { type: "number" } }, { type: "array", items: { type: "integer" } }],
  ["items that must not be", { type: "array", items: { type: "string" } }, { type: "array", items: false }],
  [
    "prefixItems",
    { type: "array", prefixItems: [{ type: "number" }] },
    { type: "array", prefixItems: [{ type: "integer" }] },
  ],
  ["contains", { type: "array" }, { type: "array", contains: { const: 1 } }],
  [
    "minContains",
    { type: "array", contains: { const: 1 } },
    { type: "array", contains: { const: 1 }, minContains: 2 },
  ],
  [
    "maxContains",
    { type: "array", contains: { const: 1 } },
    { type: "array", contains: { const: 1 }, maxContains: 2 },
  ],
  ["minProperties", { type: "object" }, { type: "object", minProperties: 1 }],
  ["maxProperties", { type: "object", maxProperties: 3 }, { type: "object", maxProperties: 2 }],
  [
    "required",
    { type: "object", properties: { a: {} } },
    { type: "object", properties: { a: {} }, required: ["a"] },
  ],
  ["additionalProperties", { type: "object" }, { type: "object", additionalProperties: false }],
  [
    "the type of additionalProperties",
    { type: "object", additionalProperties: { type: "number" } },
    { type: "object", additionalProperties: { type: "integer" } },
  ],
  [
    "patternProperties",
    { type: "object" },
    { type: "object", patternProperties: { "^x-": { type: "string" } } },
  ],
  ["propertyNames", { type: "object" }, { type: "object", propertyNames: { pattern: "^[a-z]+$" } }],
  ["dependentRequired", { type: "object" }, { type: "object", dependentRequired: { a: ["b"] } }],
  [
    "a name in dependentRequired",
    { type: "object", dependentRequired: { a: ["b"] } },
    { type: "object", dependentRequired: { a: ["b", "c"] } },
  ],
  ["dependentSchemas", { type: "object" }, { type: "object", dependentSchemas: { a: { required: ["b"] } } }],
  ["unevaluatedProperties", { type: "object" }, { type: "object", unevaluatedProperties: false }],
  ["unevaluatedItems", { type: "array" }, { type: "array", unevaluatedItems: false }],
  ["if, then", { type: "number" }, { type: "number", if: { minimum: 5 }, then: { multipleOf: 5 } }],
  [
    "then",
    { type: "number", if: { minimum: 5 }, then: { multipleOf: 5 } },
    { type: "number", if: { minimum: 5 }, then: { multipleOf: 10 } },
  ],
  [
    "else",
    { type: "number", if: { minimum: 5 }, then: { multipleOf: 5 } },
    { type: "number", if: { minimum: 5 }, then: { multipleOf: 5 }, else: { minimum: 1 } },
  ],
  ["not", { type: "string" }, { type: "string", not: { const: "a" } }],
  ["a wider not", { type: "number", not: { minimum: 5 } }, { type: "number", not: { minimum: 4 } }],
  ["a part of allOf", { allOf: [Cat] }, { allOf: [Cat, { required: ["lives"] }] }],
  ["a pattern beside another in allOf", { pattern: "a" }, { allOf: [{ pattern: "a" }, { pattern: "b" }] }],
  ["a variant of anyOf", { anyOf: [Cat, Dog] }, { anyOf: [Cat] }],
  ["a variant of oneOf", { oneOf: [Cat, Dog] }, { oneOf: [Dog] }],
  ["one of two variants", { oneOf: [Cat, Dog] }, Dog],
  [
    "a bound within a variant",
    { oneOf: [Cat, { type: "string", maxLength: 9 }] },
    { oneOf: [Cat, { type: "string", maxLength: 8 }] },
  ],
  ["anything at all", true, false],
  ["contentMediaType", { type: "string" }, { type: "string", contentMediaType: "application/json" }],
  [
    "contentSchema",
    { type: "string", contentMediaType: "application/json", contentSchema: { type: "number" } },
    { type: "string", contentMediaType: "application/json", contentSchema: { type: "integer" } },
  ],
  [
    "a bound deep inside",
    {
      type: "object",
      properties: { a: { type: "array", items: { type: "object", properties: { b: { type: "string" } } } } },
    },
    {
      type: "object",
      properties: {
        a: { type: "array", items: { type: "object", properties: { b: { type: "string", maxLength: 1 } } } },
      },
    },
  ],
];

describe("a schema that accepts less", () => {
  test.each(STRICTER)("breaks requests, and adds to answers: %s", (_, loose, strict) => {
    expect(levelOf(request(loose), request(strict))).toBe("major");
    expect(levelOf(answer(loose), answer(strict))).toBe("minor");
  });
});

describe("a schema that accepts more", () => {
  test.each(STRICTER)("adds to requests, and breaks answers: %s", (_, loose, strict) => {
    expect(levelOf(request(strict), request(loose))).toBe("minor");
    expect(levelOf(answer(strict), answer(loose))).toBe("major");
  });
});

describe("a schema that accepts something else", () => {
  test.each<[string, unknown, unknown]>([
    ["the type", { type: "string" }, { type: "integer" }],
    ["const", { const: "a" }, { const: "b" }],
    ["a pattern", { type: "string", pattern: "^a" }, { type: "string", pattern: "^b" }],
    ["a format", { type: "string", format: "date" }, { type: "string", format: "email" }],
    ["multipleOf", { type: "integer", multipleOf: 2 }, { type: "integer", multipleOf: 3 }],
    ["values of an enum", { enum: ["a", "b"] }, { enum: ["a", "c"] }],
    [
      "a property that is gone",
      { type: "object", properties: { a: {}, b: {} } },
      { type: "object", properties: { a: {} } },
    ],
    ["a variant for another", { oneOf: [Cat, Dog] }, { oneOf: [Cat, { type: "string" }] }],
    [
      "prefixItems in another order",
      { type: "array", prefixItems: [{ type: "string" }, { type: "number" }] },
      { type: "array", prefixItems: [{ type: "number" }, { type: "string" }] },
    ],
    ["if", { if: { minimum: 1 }, then: { maximum: 9 } }, { if: { minimum: 2 }, then: { maximum: 9 } }],
    [
      "a discriminator's property",
      { oneOf: [Cat, Dog], discriminator: { propertyName: "kind" } },
      { oneOf: [Cat, Dog], discriminator: { propertyName: "type" } },
    ],
    [
      "what a discriminator's value leads to",
      { oneOf: [Cat, Dog], discriminator: { propertyName: "kind", mapping: { pet: "Cat" } } },
      { oneOf: [Cat, Dog], discriminator: { propertyName: "kind", mapping: { pet: "Dog" } } },
    ],
  ])("breaks requests and answers: %s", (_, old, now) => {
    expect(levelOf(request(old), request(now))).toBe("major");
    expect(levelOf(answer(old), answer(now))).toBe("major");
  });

  test("breaks requests where it became one of several variants that overlap", () => {
    const pet = { type: "object", properties: { name: { type: "string" } } };
    expect(levelOf(request(pet), request({ oneOf: [pet, { type: "object", properties: { id: {} } }] }))).toBe(
      "major",
    );
    expect(levelOf(request(Cat), request({ oneOf: [Cat, Dog] }))).toBe("minor");
  });
});

describe("what changes no value", () => {
  test.each<[string, unknown, unknown, Level]>([
    ["a description", { type: "string" }, { type: "string", description: "A name." }, "patch"],
    ["an extension", { enum: ["a"] }, { enum: ["a"], "x-enumDescriptions": { a: "A." } }, "patch"],
    ["an example", { type: "string" }, { type: "string", examples: ["a"] }, "patch"],
    [
      "an optional property",
      { type: "object" },
      { type: "object", properties: { a: { type: "string" } } },
      "minor",
    ],
    ["deprecation", { type: "string" }, { type: "string", deprecated: true }, "minor"],
    ["the order of an enum", { enum: ["a", "b"] }, { enum: ["b", "a"] }, "none"],
    ["the order of variants", { oneOf: [Cat, Dog] }, { oneOf: [Dog, Cat] }, "none"],
    ["a reference in place of what it means", Cat, components.schemas.Cat, "none"],
    ["allOf of one schema", Cat, { allOf: [Cat] }, "none"],
    [
      "nullable written as 3.1 does",
      { type: "string", nullable: true },
      { type: ["string", "null"] },
      "none",
    ],
    [
      "null written as a variant",
      { type: ["string", "null"] },
      { anyOf: [{ type: "string" }, { type: "null" }] },
      "none",
    ],
    ["a bound that is always kept", { type: "string" }, { type: "string", minLength: 0 }, "none"],
    ["a keyword about other types", { type: "string" }, { type: "string", minimum: 3 }, "none"],
  ])("has the level it deserves: %s", (_, old, now, level) => {
    expect(levelOf(request(old), request(now))).toBe(level);
    expect(levelOf(answer(old), answer(now))).toBe(level);
  });
});

describe("members of one direction", () => {
  const pet = (name: object, required: string[] = []) => ({ type: "object", properties: { name }, required });

  test("a read-only property is not part of a request", () => {
    const [loose, strict] = [
      { type: "string", readOnly: true },
      { type: "string", readOnly: true, maxLength: 3 },
    ];
    expect(levelOf(request(pet(loose)), request(pet(strict)))).toBe("patch");
    expect(levelOf(answer(pet(strict)), answer(pet(loose)))).toBe("major");
    expect(levelOf(request({ type: "object" }), request(pet(loose, ["name"])))).toBe("minor");
  });

  test("a write-only property is not part of an answer", () => {
    const [loose, strict] = [
      { type: "string", writeOnly: true },
      { type: "string", writeOnly: true, maxLength: 3 },
    ];
    expect(levelOf(answer(pet(strict)), answer(pet(loose)))).toBe("patch");
    expect(levelOf(request(pet(loose)), request(pet(strict)))).toBe("major");
    expect(levelOf(answer(pet(loose)), answer({ type: "object" }))).toBe("patch");
  });

  test("a property that becomes write-only no longer comes in answers", () => {
    const [open, closed] = [{ type: "string" }, { type: "string", writeOnly: true }];
    expect(levelOf(answer(pet(open)), answer(pet(closed)))).toBe("major");
    expect(levelOf(request(pet(open)), request(pet(closed)))).toBe("none");
  });

  test("a property that becomes read-only may still be sent", () => {
    const [open, closed] = [{ type: "string" }, { type: "string", readOnly: true }];
    expect(levelOf(request(pet(open)), request(pet(closed)))).toBe("minor");
  });

  test("a required property that is no longer read-only must be sent", () => {
    const [open, closed] = [{ type: "string" }, { type: "string", readOnly: true }];
    expect(levelOf(request(pet(closed, ["name"])), request(pet(open, ["name"])))).toBe("major");
  });
});

describe("variants that are objects", () => {
  const named = (name: string) => ({ title: name, type: "object", properties: { name: { type: "string" } } });
  const [two, three] = [
    ["Cat", "Dog"],
    ["Cat", "Dog", "Rabbit"],
  ].map((names) => names.map(named));

  test.each(["oneOf", "anyOf"])("come and go, though others look alike: %s", (keyword) => {
    const [fewer, more] = [{ [keyword]: two }, { [keyword]: three }];
    expect(levelOf(request(more), request(fewer))).toBe("major");
    expect(levelOf(request(fewer), request(more))).toBe("minor");
    expect(levelOf(answer(fewer), answer(more))).toBe("major");
    expect(levelOf(answer(more), answer(fewer))).toBe("minor");
  });

  test("may be put together in one that accepts them all", () => {
    const pet = { type: "object", required: ["kind"], properties: { kind: { enum: ["cat", "dog"] } } };
    const both = {
      ...pet,
      properties: { ...pet.properties, lives: { type: "integer" }, name: { type: "string" } },
    };
    expect(levelOf(request({ oneOf: [Cat, Dog] }), request(both))).toBe("minor");
    expect(levelOf(answer(pet), answer({ oneOf: [Cat, Dog] }))).toBe("minor");
  });
});

describe("discriminators", () => {
  const union = (discriminator?: object) => ({ oneOf: [Cat, Dog], ...(discriminator && { discriminator }) });

  test("a new description of a variant does not lead its value to another schema", () => {
    const mapped = union({ propertyName: "kind", mapping: { cat: "#/components/schemas/Cat" } });
    const described = structuredClone(request(mapped));
    Object.assign(described.components?.["schemas"]?.["Cat"] as object, { description: "A cat." });
    expect(levelOf(request(mapped), described)).toBe("patch");
  });
  const mapped = { propertyName: "kind", mapping: { cat: "Cat", dog: "Dog" } };

  test("readers of answers depend on one that goes; senders of requests do not", () => {
    expect(levelOf(answer(union(mapped)), answer(union()))).toBe("major");
    expect(levelOf(request(union(mapped)), request(union()))).toBe("minor");
    expect(levelOf(answer(union()), answer(union(mapped)))).toBe("minor");
  });

  test("a value that is gone breaks requests; a new one breaks answers", () => {
    const fewer = { propertyName: "kind", mapping: { cat: "Cat" } };
    expect(levelOf(request(union(mapped)), request(union(fewer)))).toBe("major");
    expect(levelOf(answer(union(mapped)), answer(union(fewer)))).toBe("minor");
    expect(levelOf(answer(union(fewer)), answer(union(mapped)))).toBe("major");
  });
});

describe("defaults", () => {
  test("another default breaks requests that leave the value out", () => {
    const [one, other] = [
      { type: "integer", default: 1 },
      { type: "integer", default: 2 },
    ];
    const inBody = (schema: object) => request({ type: "object", properties: { a: schema } });
    expect(levelOf(inBody(one), inBody(other))).toBe("major");
    expect(levelOf(query(one), query(other))).toBe("major");
    expect(levelOf(query({ type: "integer" }), query(one))).toBe("major");
    expect(levelOf(query(one), query({ type: "integer" }))).toBe("major");
    expect(levelOf(answer(one), answer(other))).toBe("minor");
  });

  test("a default does not make a required property one that requests may leave out", () => {
    const size = { type: "string", default: "m" };
    const [without, optional, required] = [
      { type: "object" },
      { type: "object", properties: { size } },
      { type: "object", properties: { size }, required: ["size"] },
    ];
    expect(levelOf(request(without), request(required))).toBe("major");
    expect(levelOf(request(optional), request(required))).toBe("major");
    expect(levelOf(answer(required), answer(optional))).toBe("major");
  });

  test("the default of a required parameter is never used", () => {
    const [one, other] = [
      { type: "integer", default: 1 },
      { type: "integer", default: 2 },
    ];
    expect(levelOf(query(one, { required: true }), query(other, { required: true }))).toBe("patch");
  });
});

describe("x-extensible-enum", () => {
  test("announces further values in answers, and allows requests those that it lists", () => {
    const of = (...values: string[]) => ({ type: "string", "x-extensible-enum": values });
    expect(levelOf(request(of("a", "b")), request(of("a")))).toBe("major");
    expect(levelOf(request(of("a")), request(of("a", "b")))).toBe("minor");
    expect(levelOf(answer(of("a")), answer(of("a", "b")))).toBe("minor");
    expect(levelOf(answer(of("a", "b")), answer(of("a")))).toBe("minor");
    expect(levelOf(request(of("a", "b")), request(of("b", "a")))).toBe("none");
    expect(levelOf(request({ type: "string" }), request(of("a")))).toBe("patch");
  });
});

describe("the same values in another form", () => {
  test.each<[string, unknown, unknown]>([
    [
      "an enum, and constants with a title each",
      { enum: ["a", "b"] },
      { oneOf: [{ const: "a", title: "A" }, { const: "b" }] },
    ],
    [
      "above 0 and from 1 on, of integers",
      { type: "integer", exclusiveMinimum: 0 },
      { type: "integer", minimum: 1 },
    ],
    [
      "below 9.5 and up to 9, of integers",
      { type: "integer", exclusiveMaximum: 9.5 },
      { type: "integer", maximum: 9 },
    ],
  ])("are not a change: %s", (_, one, other) => {
    for (const sent of [request, answer]) {
      expect(levelOf(sent(one), sent(other))).toBe("none");
      expect(levelOf(sent(other), sent(one))).toBe("none");
    }
  });

  test("are told from others: above 0 and from 1 on, of numbers", () => {
    const [above, from] = [
      { type: "number", exclusiveMinimum: 0 },
      { type: "number", minimum: 1 },
    ];
    expect(levelOf(request(above), request(from))).toBe("major");
    expect(levelOf(request({ enum: ["a", "b"] }), request({ oneOf: [{ const: "a" }, { const: "c" }] }))).toBe(
      "major",
    );
  });
});

describe("values that travel as text", () => {
  test("a parameter that was a number may become a text, and not the other way round", () => {
    expect(levelOf(query({ type: "integer" }), query({ type: "string" }))).toBe("minor");
    expect(levelOf(query({ type: "string" }), query({ type: "integer" }))).toBe("major");
    expect(levelOf(query({ type: "array" }), query({ type: "string" }))).toBe("major");
  });
});

describe("schemas that contain themselves", () => {
  test("are compared to their ends", () => {
    const tree = (name: object) => {
      const made = request({ $ref: "#/components/schemas/Tree" });
      const Tree = {
        ...components.schemas.Tree,
        properties: { ...components.schemas.Tree.properties, name },
      };
      return { ...made, components: { schemas: { Tree } } };
    };
    expect(levelOf(tree({ type: "string" }), tree({ type: "string", maxLength: 3 }))).toBe("major");
    expect(levelOf(tree({ type: "string" }), tree({ type: "string" }))).toBe("none");
  });

  test("are compared within bounds, however often they refer to each other", () => {
    const layers = (maximum: number) =>
      Object.fromEntries(
        Array.from({ length: 60 }, (_, index) => [
          `L${index}`,
          {
            type: "object",
            properties: Object.fromEntries(
              ["a", "b", "c"].map((name) => [
                name,
                index === 59 ? { type: "number", maximum } : { $ref: `#/components/schemas/L${index + 1}` },
              ]),
            ),
          },
        ]),
      );
    const of = (maximum: number) =>
      ({
        ...request({ $ref: "#/components/schemas/L0" }),
        components: { schemas: layers(maximum) },
      }) as Document;
    const changes = compareDocuments(of(2), of(1));
    expect(highest(changes)).toBe("major");
    expect(changes.length).toBeLessThan(2000);
  });
});
