import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { RequestProblem } from "../../../scripts/mock/engine/request-problem.ts";
import { sample } from "../../../scripts/mock/scenarios/sample.ts";
import { sampled } from "../../../scripts/mock/scenarios/sampler.ts";
import type { Json } from "../../../scripts/shared/json.ts";

const valid = (schema: Json, value: Json) => {
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false });
  addFormats.default(ajv);
  const { $schema: _, ...rest } = schema as Record<string, Json>;
  return ajv.validate(rest, value);
};

const object = (properties: Record<string, Json>, more: Record<string, Json> = {}): Json => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});
const $defs = (defs: Record<string, Json>) => ({ $defs: defs });

/** What tools and structured outputs ask for in practice. */
const schemas: Record<string, Json> = {
  "no keyword at all": {},
  "an object without properties": { type: "object", properties: {} },
  "nested objects": object({
    a: object({ b: { type: "array", minItems: 1, items: object({ c: { type: "boolean" } }) } }),
  }),
  "bounds as zod writes them": object(
    { n: { type: "integer", minimum: -9007199254740991, maximum: 9007199254740991 } },
    { $schema: "http://json-schema.org/draft-07/schema#" },
  ),
  "open intervals": { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 0.5 },
  multiples: { type: "integer", minimum: 100, maximum: 110, multipleOf: 7 },
  lengths: { type: "string", minLength: 200, maxLength: 210 },
  patterns: { type: "string", pattern: "^[A-Z]{3}-\\d{4}$" },
  "enums and consts": object({ a: { enum: ["x", 1, null] }, b: { const: { c: 1 } } }),
  formats: object(
    Object.fromEntries(
      ["date", "time", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uuid"].map(
        (format) => [format, { type: "string", format }],
      ),
    ),
  ),
  "nullable members": object({
    a: { type: ["string", "null"] },
    b: { anyOf: [{ type: "integer" }, { type: "null" }] },
  }),
  "unions with a tag": {
    oneOf: [object({ kind: { const: "a" } }), object({ kind: { const: "b" }, v: { type: "integer" } })],
  },
  intersections: {
    allOf: [
      { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
      { type: "object", properties: { b: { type: "integer" } }, required: ["b"] },
    ],
  },
  "closed intersections": {
    type: "object",
    allOf: [{ properties: { a: { type: "string" } }, required: ["a"] }],
    properties: { b: { type: "boolean" } },
    required: ["b"],
    unevaluatedProperties: false,
  },
  $defs: object({ p: { $ref: "#/$defs/P" } }, $defs({ P: object({ x: { type: "number" } }) })),
  definitions: object({ p: { $ref: "#/definitions/P" } }, { definitions: { P: { type: "integer" } } }),
  trees: {
    $ref: "#/$defs/Node",
    ...$defs({
      Node: object({
        value: { type: "string" },
        children: { type: "array", items: { $ref: "#/$defs/Node" } },
      }),
    }),
  },
  "linked lists": object({ v: { type: "number" }, next: { anyOf: [{ $ref: "#" }, { type: "null" }] } }),
  "objects that refer to each other": {
    $ref: "#/$defs/A",
    ...$defs({
      A: { type: "object", properties: { b: { $ref: "#/$defs/B" } } },
      B: { type: "object", properties: { a: { $ref: "#/$defs/A" } } },
    }),
  },
  tuples: { type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false, minItems: 2 },
  "long lists": { type: "array", items: { type: "integer" }, minItems: 20 },
  sets: { type: "array", items: { enum: [1, 2, 3] }, uniqueItems: true, minItems: 3 },
  maps: { type: "object", additionalProperties: { type: "string" }, minProperties: 2 },
  conditions: {
    type: "object",
    properties: { k: { enum: ["a", "b"] } },
    required: ["k"],
    if: { properties: { k: { const: "a" } } },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
    then: { properties: { v: { type: "integer" } }, required: ["v"] },
    else: { properties: { w: { type: "string" } }, required: ["w"] },
  },
  "defaults that are wrong": object({
    a: { type: "integer", default: "none" },
    b: { type: "string", default: null },
  }),
  "an identity": object({ a: { type: "string" } }, { $id: "https://example.com/person" }),
};

describe("a sample is valid against", () => {
  it.each(Object.entries(schemas))("%s", (_, schema) => {
    for (let seed = 0; seed < 25; seed++) {
      const value = sample(schema, seed, "f");
      expect(valid(schema, value), JSON.stringify(value)).toBe(true);
    }
  });
});

describe("a sample", () => {
  it("is the same for the same seed, and another for another", () => {
    const schema = object({ a: { type: "string", minLength: 5 }, b: { type: "integer" } });
    expect(sample(schema, 1, "f")).toEqual(sample(schema, 1, "f"));
    const seen = Array.from({ length: 10 }, (_, seed) => JSON.stringify(sample(schema, seed, "f")));
    expect(new Set(seen).size).toBeGreaterThan(8);
  });

  it("leaves its schema as it was", () => {
    const schema = schemas["trees"]!;
    const before = structuredClone(schema);
    sample(schema, 1, "f");
    expect(schema).toEqual(before);
  });

  it("is small though its schema allows for much, and as large as the schema demands", () => {
    const text = { type: "string", maxLength: 1_000_000 };
    const list = (more: Record<string, Json>) => ({ type: "array", maxItems: 100_000, items: text, ...more });
    for (const seed of [1, 2, 3]) {
      expect(JSON.stringify(sample(list({}), seed, "f")).length).toBeLessThan(2000);
      expect(sample(list({ allOf: [{ minItems: 20 }] }), seed, "f")).toHaveLength(20);
    }
  });

  it("of a schema that can be met in many ways has text in it", () => {
    const texts = Array.from(
      { length: 10 },
      (_, seed) => (sample(object({ city: { type: "string" } }), seed, "f") as { city: string }).city,
    );
    expect(texts.filter((text) => text.length > 0).length).toBeGreaterThan(5);
  });
});

describe("there is no sample, and the request is told so, for", () => {
  it.each<[string, Json, RegExp]>([
    ["what nothing satisfies", { type: "string", minLength: 5, maxLength: 2 }, /no value/],
    ["false", false, /no value/],
    ["a misspelt type", { type: "strin" }, /strin/],
    ["a broken pattern", { type: "string", pattern: "(" }, /regular expression|pattern/i],
    ["a reference into nothing", { $ref: "#/$defs/none" }, /#\/\$defs\/none/],
    ["a reference to another host", { $ref: "https://example.com/s.json" }, /example\.com/],
    ["what is not a schema", "text", /object/],
    ["null", null, /object/],
    ["a list", [], /object/],
  ])("%s", (_, schema, message) => {
    const act = () => sample(schema, 1, "tools[0].function.parameters");
    expect(act).toThrow(RequestProblem);
    expect(act).toThrow(message);
    try {
      act();
    } catch (error) {
      expect((error as RequestProblem).details).toMatchObject({
        status: 400,
        field: "tools[0].function.parameters",
      });
    }
  });
});

it("a schema that says of no type is one of an object, as arguments and answers are", () => {
  for (const schema of [{}, { description: "Anything." }, { foo: "bar" }, { properties: { a: {} } }])
    for (const seed of [1, 2, 3]) expect(sample(schema, seed, "")).toBeTypeOf("object");
});

it("what is beyond the sampler is named", () => {
  const schema = {
    type: "object",
    properties: { p: { type: "string", pattern: "^(?=a)b$" } },
    required: ["p"],
  };
  expect(() => sample(schema, 1, "f")).toThrow(
    /`pattern` at #\/properties\/p\/pattern is beyond it\. Simplify it/,
  );
});

it("refuses a sample when a hundred wait already, and makes each of the others for its request alone", async () => {
  const schema = (count: number) => object({ code: { type: "string", pattern: `^[a-z]{${count + 1}}$` } });
  const asked = await Promise.allSettled(
    Array.from({ length: 101 }, (_, count) => sampled(schema(count), 1, "f")),
  );
  const refused = asked.flatMap((one) => (one.status === "rejected" ? [one.reason.details] : []));
  expect(refused).toMatchObject([{ status: 503, code: "sampler_busy" }]);
  const [first] = asked as { value: Record<string, Json> }[];
  Object.assign(first!.value, { code: 5 });
  expect(await sampled(schema(0), 1, "f")).toEqual({ code: expect.stringMatching(/^[a-z]$/) });
  expect(await sampled(schema(100), 1, "f")).toEqual({ code: expect.stringMatching(/^[a-z]{101}$/) });
});
