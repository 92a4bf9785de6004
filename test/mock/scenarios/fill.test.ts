/** `x-fill`: each kind of source, through the mock. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Document } from "../../../scripts/document/model.ts";
import { type RunningMock, startMock } from "../../../scripts/mock/index.ts";
import type { Json } from "../../../scripts/shared/json.ts";

/** Examples by the name of their path: a value, and its `x-fill`. */
const EXAMPLES: Record<string, { value: Json; fill: Record<string, Json> }> = {
  expression: {
    value: { name: "none", last: "none", method: "", header: "", kept: "own" },
    fill: {
      "/name": "$request.body#/name",
      "/last": "$request.body#/list/-1",
      "/method": "$method",
      "/header": "$request.header.x-tenant",
      "/kept": "$request.body#/missing",
    },
  },
  typed: {
    value: { page: 1, exact: true, text: "7", word: 3 },
    fill: {
      "/page": "$request.query.page",
      "/exact": "$request.query.exact",
      "/text": "$request.query.page",
      "/word": "$request.query.word",
    },
  },
  template: {
    value: { said: "own", unsaid: "own" },
    fill: { "/said": "<{$request.body#/name}>", "/unsaid": "{$request.body#/name} {$request.body#/missing}" },
  },
  alternatives: {
    value: { name: "own" },
    fill: { "/name": ["$request.body#/missing", "$request.body#/name", "$request.body#/list/0"] },
  },
  each: {
    value: { data: [{ index: 9, text: "own", kind: "item" }], plain: [{ kind: "item" }] },
    fill: {
      "/data/*/index": { each: "$request.body#/list", as: "index" },
      "/data/*/text": { each: "$request.body#/list" },
      "/plain/*": { each: "$request.body#/list", as: "none" },
    },
  },
  sample: {
    value: { made: null, json: "" },
    fill: {
      "/made": { sample: "$request.body#/schema" },
      "/json": { sample: "$request.body#/schema", as: "json" },
    },
  },
  where: {
    value: { made: null },
    fill: {
      "/made": {
        sample: "$request.body#/tools/*/schema",
        where: { "/name": "$request.body#/name" },
      },
    },
  },
  tokens: {
    value: { input: 0, sum: 0 },
    fill: {
      "/input": { tokens: "$request.body#/list" },
      "/sum": { tokens: ["$request.body#/list", "$request.body#/name"] },
    },
  },
  fresh: {
    value: { id: "item_abc", same: "item_abc", seconds: 1772668800, date: "2026-01-01T00:00:00Z" },
    fill: {
      "/id": { fresh: "id" },
      "/same": { fresh: "id" },
      "/seconds": { fresh: "time" },
      "/date": { fresh: "time" },
    },
  },
  response: {
    value: { name: "own", again: "own" },
    fill: { "/name": "$request.body#/name", "/again": "$response.body#/name" },
  },
};

const document: Document = {
  openapi: "3.1.1",
  info: { title: "Fill", version: "1.0.0" },
  paths: Object.fromEntries(
    Object.entries(EXAMPLES).map(([name, { value, fill }]) => [
      `/${name}`,
      {
        post: {
          requestBody: { content: { "application/json": { schema: { type: "object" } } } },
          responses: {
            200: {
              description: "OK.",
              content: { "application/json": { examples: { one: { value, "x-fill": fill } } } },
            },
          },
        },
      },
    ]),
  ),
};

let mock: RunningMock;
beforeAll(async () => {
  mock = await startMock({ document });
});
afterAll(() => mock.close());

async function filled(target: string, body: Json): Promise<Record<string, Json>> {
  const response = await fetch(`${mock.url}/${target}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-tenant": "acme" },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, Json>;
}

const schema = { type: "object", required: ["n"], properties: { n: { const: 7 } } };

it.each<[does: string, target: string, body: Json, answer: Json]>([
  [
    "takes what an expression finds, and keeps the example's own value where it finds nothing",
    "expression",
    { name: "Ada", list: [1, 2] },
    { name: "Ada", last: 2, method: "POST", header: "acme", kept: "own" },
  ],
  [
    "gives a number or a boolean of the query the type that the example has in its place",
    "typed?page=12&exact=false&word=many",
    {},
    { page: 12, exact: false, text: "12", word: "many" },
  ],
  [
    "fills a template, unless a part of it finds nothing",
    "template",
    { name: "Ada" },
    { said: "<Ada>", unsaid: "own" },
  ],
  [
    "takes the first alternative that finds something",
    "alternatives",
    { name: "Ada", list: ["b"] },
    { name: "Ada" },
  ],
  [
    "repeats an item for each value of a list",
    "each",
    { list: ["a", "b"] },
    {
      data: [
        { index: 0, text: "a", kind: "item" },
        { index: 1, text: "b", kind: "item" },
      ],
      plain: [{ kind: "item" }, { kind: "item" }],
    },
  ],
  [
    "repeats an item once for a value that is not a list",
    "each",
    { list: "a" },
    { data: [{ index: 0, text: "a", kind: "item" }], plain: [{ kind: "item" }] },
  ],
  ["repeats an item for no value of an empty list", "each", { list: [] }, { data: [], plain: [] }],
  [
    "samples a schema of the request, as a value and as JSON text",
    "sample",
    { schema },
    { made: { n: 7 }, json: '{"n":7}' },
  ],
  [
    "samples the schema of the item that the request names",
    "where",
    {
      name: "b",
      tools: [
        { name: "a", schema: { const: 1 } },
        { name: "b", schema: { const: 2 } },
      ],
    },
    { made: 2 },
  ],
  [
    "counts the tokens of texts, also of several",
    "tokens",
    { list: ["one two", "three"], name: "four" },
    { input: 3, sum: 4 },
  ],
  [
    "takes a part of the answer as it is filled so far",
    "response",
    { name: "Ada" },
    { name: "Ada", again: "Ada" },
  ],
])("%s", async (_, target, body, answer) => {
  expect(await filled(target, body)).toEqual(answer);
});

it("refuses a request that names an item which its list does not have", async () => {
  const answer = await filled("where", { name: "z", tools: [{ name: "a", schema: { const: 1 } }] });
  expect(answer).toMatchObject({ status: 400, detail: expect.stringContaining('"z" names none of tools') });
});

it("makes another ID and the time for each answer, the same ID where the example has the same", async () => {
  const [one, two] = [await filled("fresh", {}), await filled("fresh", {})];
  expect(one["id"]).toMatch(/^item_\w{3}$/);
  expect(one["same"]).toBe(one["id"]);
  expect(two["id"]).not.toBe(one["id"]);
  expect(one["seconds"]).toBeGreaterThan(1_780_000_000);
  expect(Date.parse(String(one["date"]))).toBeGreaterThan(1_780_000_000_000);
});
