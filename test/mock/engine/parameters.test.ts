import { expect, it } from "vitest";
import type { Document } from "../../../scripts/document/model.ts";
import { operations } from "../../../scripts/document/operations.ts";
import { prism } from "../../../scripts/mock/engine/prism.ts";
import { compiler } from "../../../scripts/mock/engine/schemas.ts";
import { start } from "../support.ts";

/** Keys and parameters of other documents. */
const info = { title: "Keys", version: "1" };

it("a key in the query is masked in the journal, and no scenario answers a parameter that is wrong", async () => {
  const limit = { name: "limit", in: "query", schema: { type: "integer" } };
  const responses = { "200": { description: "Done.", content: { "application/json": { example: {} } } } };
  const document = {
    openapi: "3.1.1",
    info,
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: "apiKey", in: "query", name: "key" } } },
    paths: { "/a": { get: { operationId: "listAll", parameters: [limit], responses } } },
  } as unknown as Document;
  const scenarios = [{ name: "own", operation: "listAll", when: {}, value: { mine: true } }];
  await using mock = await start({ document, scenarios, apiKeys: ["sk-hidden"] });
  const status = async (query: string) => (await fetch(`${mock.url}/a?${query}`)).status;
  expect([await status("key=sk-hidden&limit=1"), await status("key=sk-hidden&limit=x")]).toEqual([200, 400]);
  expect(await status("key=other")).toBe(401);
  expect(mock.requests.map(({ url }) => url)).toEqual([
    "/a?key=***&limit=1",
    "/a?key=***&limit=x",
    "/a?key=***",
  ]);
});

it("an answer is made up once for its schema, whatever the parameters are", async () => {
  const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
  const schema = {
    type: "object",
    required: ["code"],
    properties: { code: { type: "string", pattern: "^rd_[a-z]{3}$" } },
  };
  const responses = { "200": { description: "Done.", content: { "application/json": { schema } } } };
  const document = {
    openapi: "3.1.1",
    info,
    paths: { "/a/{id}": { get: { parameters: [id], responses } } },
  } as unknown as Document;
  const ask = prism(document);
  const [entry] = operations(document);
  const answers = ["1", "2"].map((id) => {
    const request = { method: "GET", url: `/a/${id}`, path: { id }, query: {}, headers: {}, body: undefined };
    return ask(entry!, request, { status: 200, check: "all" });
  });
  const [first, second] = await Promise.all(answers);
  expect(first?.body).toEqual({ code: expect.stringMatching(/^rd_/) });
  expect(second?.body).toBe(first?.body);
});

it("a multiple is one by its decimal digits", () => {
  const check = compiler({ openapi: "3.1.1", info }).check({ multipleOf: 0.01 });
  expect([check(1.1), check(0.07), check(0.005)?.message]).toEqual([
    undefined,
    undefined,
    "must be multiple of 0.01",
  ]);
});
